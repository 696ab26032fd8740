/**
 * Where files are read from: the disk, or something that looks like one, such as a commit. Paths are absolute or relative to
 * the current folder; what fails throws an error with the code that the operating system has for it.
 */
export interface FileSystem {
  /** What a path leads to. */
  readonly stat: (path: Buffer | string) => Stats
  /** What tells a file, folder or link apart from all others. */
  readonly identity: (path: Buffer) => string
  readonly list: (folder: Buffer) => readonly Entry[]
  /** Where a path really is, as bytes, since a name need not be UTF-8. */
  readonly realPath: (path: Buffer | string) => Buffer
  /** What the real path is unless there is a link in it, as bytes in Latin-1. */
  readonly withoutLinks: (path: string) => string
  /** Opens a file by its real path. */
  readonly open: (realPath: Buffer) => OpenFile
}

/** What something is. */
export interface Stats {
  readonly isFIFO: () => boolean
  readonly isSocket: () => boolean
  readonly isDirectory: () => boolean
  readonly isFile: () => boolean
}

/** What stands in a folder; a link is neither a file nor a folder. */
export interface Entry {
  readonly name: Buffer
  readonly isDirectory: () => boolean
  readonly isFile: () => boolean
  readonly isSymbolicLink: () => boolean
}

/** A file that is being read. */
export interface OpenFile {
  readonly size: () => number
  /** All of it, or so much that it is more than `most` bytes. */
  readonly whole: (most: number) => Uint8Array
  /** The bytes between two offsets, also when it has been closed. */
  readonly part: () => (from: number, to: number) => Uint8Array
  readonly close: () => void
}

/** Whether a path leads to something, on the disk or in a commit. */
export function existsIn(files: FileSystem): (path: string) => boolean {
  return (path) => {
    try {
      files.stat(path)
      return true
    } catch {
      return false
    }
  }
}
