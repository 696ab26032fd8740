import type { FileSystem } from './file-system.js'
import type { Code } from '../../codes/entries.js'
import type { LargeFile } from './large-file.js'

/** A file as text, under the path that messages call it by: as the user gave it, with what the walk found. */
export interface ReadFile {
  readonly file: string
  readonly text: string
  /** Set where the file is too large for one text, which is empty then. */
  readonly large?: LargeFile
  /** A link leads to it: whoever made the link might want to see what it holds, so messages never show its content. */
  readonly isLinked?: boolean
}

/** Why something was not read. */
export interface ReadProblem {
  readonly code: Code
  readonly message: string
  readonly help: string | null
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** What was read, in an order that does not depend on the disk, and what could not be. */
export interface ReadResult {
  readonly files: readonly ReadFile[]
  readonly problems: readonly ReadProblem[]
  /** What was skipped in a folder although manifests may be in it. */
  readonly warnings: readonly ReadProblem[]
  /** Informational only: no answer depends on it. */
  readonly remarks: readonly ReadProblem[]
  /** The folders, with a slash at their end, and manifests that an exclude left out. */
  readonly excluded: readonly string[]
}

/** How files are found and read. */
export interface ReadOptions {
  /** Reads standard input, or so much of it that it is more than `most` bytes. */
  readonly readStdin?: ((most: number) => Uint8Array) | undefined
  /** Where the running package lies, with a slash at its end: its own examples are no manifests of a dependency. */
  readonly ownPackage?: string | undefined
  /** Globs of what is left out of folders; what is named itself is read all the same. */
  readonly exclude?: readonly string[] | undefined
  /** Links to files may lead out of what is named. */
  readonly followLinks?: boolean | undefined
  /** The most bytes in all. */
  readonly maxBytes?: number | undefined
  /** As many files and entries of folders, where that is more than may be anyhow. */
  readonly maxFiles?: number | undefined
  /** The disk if left out. */
  readonly fileSystem?: FileSystem | undefined
}
