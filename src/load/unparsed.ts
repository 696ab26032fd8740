import type { Diagnostic } from '../model/diagnostic.js'
import { grouped } from '../model/grouped.js'
import { remark } from './diagnose.js'
import type { ReadDocument } from './document.js'

type FileDocument = ReadDocument & { readonly file: string }

/** Whether a policy was read in a document. */
export function hasPolicy({ objects }: ReadDocument): boolean {
  return objects.some(({ kind }) => kind === 'NetworkPolicy')
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

/** What could not be parsed and is certainly of no kind that decides anything, counted, and what stands behind it (NP136). */
export function aboutUnparsed(documents: readonly FileDocument[]): readonly Diagnostic[] {
  const left = documents.filter(({ unparsed, fate }) => unparsed !== null && fate === 'irrelevant')
  const [first] = left
  const counted =
    first === undefined
      ? []
      : [
          warn(
            first,
            left.length === 1
              ? 'the document could not be parsed and was left out: it holds no kind that is evaluated'
              : `${left.length} documents could not be parsed and were left out, this one first: they hold no kind that is evaluated`,
            'correct it, or leave the file out with --exclude',
          ),
        ]
  const stopped = policiesBehindFaults(documents).filter(({ fate }) => fate !== 'error')
  return [
    ...counted,
    ...stopped.map((fault) =>
      warn(
        fault,
        'kubectl reads the file no further than this document, which is not valid YAML: policies below it are evaluated here, and would not be applied',
        'correct the document, or move it to a file of its own',
      ),
    ),
  ]
}

function warn({ file, unparsed }: FileDocument, message: string, help: string): Diagnostic {
  return remark({ code: 'NP136', severity: 'warning', message, help }, file, unparsed)
}
