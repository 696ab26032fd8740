import type { FileDocument } from './document-result.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { grouped } from '../../model/grouped.js'
import type { TryChoice } from '../../model/choice.js'
import { readDocument, readImpostor, tooLarge, verified } from './read-document.js'
import { splitDocuments, type TextDocument } from './split.js'
import { readLarge } from './large-documents.js'
import type { LargeFile } from '../files/large-file.js'
import { limitsOf } from './limits.js'
import type { LoadOptions } from '../decode/load-options.js'
import { isOwnFile, readOwnFile } from './config-files.js'
import { recognise } from '../kinds/placeholders.js'
import { hasPolicy } from './unparsed.js'

/** A manifest as text, under the name that messages call it by. */
export interface ManifestText {
  readonly file: string
  readonly text: string
}

/** A file; of one that is too large for a text, that is empty and the bytes are read in pieces. */
export interface ManifestFile extends ManifestText {
  readonly large?: LargeFile
  readonly isLinked?: boolean
}

/** How a cluster is built. */
export interface BuildOptions extends LoadOptions {
  readonly fromPaths?: boolean
  /** How parts of the input are tried, where all of it gives no answer; or that this is such a part. */
  readonly trying?: TryChoice | 'trial' | undefined
}

/** All that a cluster is built from: whoever keeps it can change objects and build the cluster again without reading files. */
export interface Input {
  readonly files: readonly ManifestFile[]
  /** What was read of each document, in the order of the files. */
  readonly documents: readonly FileDocument[]
  /** What there was to say about files. */
  readonly problems: readonly Diagnostic[]
  readonly options: BuildOptions
  /** What an exclude left out. */
  readonly excluded: readonly string[]
  /** The paths that were named. */
  readonly roots: readonly string[]
}

/**
 * Reads the documents of files. What `known` holds of a file of the same name and text is taken from there, so that two
 * inputs share what they have in common; it must have been read with the same options.
 */
export function readFiles(
  files: readonly ManifestFile[],
  options: BuildOptions,
  known: Pick<Input, 'files' | 'documents'> = { files: [], documents: [] },
): readonly FileDocument[] {
  const texts = new Map(known.files.map(({ file, text, large }) => [file, large === undefined ? text : null]))
  const documents = grouped(known.documents, ({ file }) => file)
  let room = limitsOf(options).documents
  return files.flatMap(({ file, text, large }): readonly FileDocument[] => {
    if (large !== undefined) return readLarge(large, file, options).map((document) => ({ file, ...document }))
    if (isOwnFile(file)) return [{ file, ...readOwnFile(text, file, options) }]
    const impostor = recognise(text)
    if (impostor !== null) return [{ file, ...readImpostor(impostor, file) }]
    if (room < 0) return []
    const same = texts.get(file) === text ? documents.get(file) : undefined
    if (same !== undefined && same.length <= room) {
      room -= same.length
      return same
    }
    const split = splitDocuments(text)
    const tooMany = split[room]
    room -= split.length
    if (tooMany !== undefined) return [{ file, ...tooLarge('there are too many documents', tooMany, file) }]
    return readFile(split, file, options)
  })
}

/** Reads the documents of a file; of those before a policy it must be known whether kubectl would get beyond them. */
function readFile(split: readonly TextDocument[], file: string, options: LoadOptions): readonly FileDocument[] {
  const read = split.map((document) => ({ document, result: readDocument(document, file, options) }))
  const last = read.findLastIndex(({ result }) => hasPolicy(result))
  return read.map(({ document, result }, index) => ({
    file,
    ...(index < last ? verified(result, document, file, options) : result),
  }))
}
