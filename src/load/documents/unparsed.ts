import type { FileDocument, ReadDocument } from './document-result.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { grouped } from '../../model/grouped.js'
import { isPolicyKind } from '../kinds/kinds.js'
import { remark } from '../decode/diagnose.js'

/** Whether a policy was read in a document. */
export function hasPolicy({ objects }: ReadDocument): boolean {
  return objects.some(({ kind }) => isPolicyKind(kind))
}

/** The first document of each file that could not be parsed, where a policy stands behind it: kubectl stops there. */
export function policiesBehindFaults(documents: readonly FileDocument[]): readonly FileDocument[] {
  if (!documents.some(({ unparsed }) => unparsed !== null)) return []
  return [...grouped(documents, ({ file }) => file).values()].flatMap((inFile) => {
    const first = inFile.findIndex(({ unparsed }) => unparsed !== null)
    const fault = inFile[first]
    return fault !== undefined && inFile.slice(first).some(hasPolicy) ? [fault] : []
  })
}

/**
 * What could not be parsed and is certainly of no kind that decides anything, counted (NP136). Where a policy stands behind
 * it in its file that is an error: kubectl reads no further than to what is not YAML.
 */
export function aboutUnparsed(documents: readonly FileDocument[]): readonly Diagnostic[] {
  const isLeftOut = ({ unparsed, fate }: FileDocument): boolean => unparsed !== null && fate === 'irrelevant'
  const stopping = policiesBehindFaults(documents).filter((fault) => isLeftOut(fault) || fault.leftOut.length > 0)
  const left = documents.filter((document) => isLeftOut(document) && !stopping.includes(document))
  const [first] = left
  const errors = stopping.map(({ file, unparsed }) =>
    remark(
      {
        code: 'NP003',
        message: 'the document could not be parsed, and a policy stands below it: kubectl stops reading the file here',
        help: 'correct the document, or move it to a file of its own',
      },
      file,
      unparsed,
    ),
  )
  if (first === undefined) return errors
  const { reason } = first.unparsed ?? {}
  const why = reason === undefined ? '' : ` (${reason})`
  const message =
    left.length === 1
      ? `the document could not be parsed${why} and was left out: it holds no kind that is evaluated`
      : `${left.length} documents could not be parsed and were left out, this one first${why}: they hold no kind that is evaluated`
  const help = 'correct it, or leave the file out with --exclude'
  return [...errors, remark({ code: 'NP136', message, help }, first.file, first.unparsed)]
}
