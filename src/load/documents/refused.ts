import type { ReadDocument } from './document-result.js'
import type { ObjectSource } from '../decode/object-source.js'
import type { ObjectName, RefusedObject } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { objectName } from '../decode/decode.js'
import { diagnose } from '../decode/diagnose.js'
import { NOTHING } from './document-result.js'
import { isIndispensable, isUsedKind } from '../kinds/kinds.js'
import type { LoadOptions } from '../decode/load-options.js'
import type { Problem } from '../decode/problem.js'

/** The code of what is wrong with the ports of a Service. */
const BAD_PORTS = 'NP034'

/** What comes of an object that the API server would refuse: no answer, if it is indispensable; else it is left out. */
export function refuse(
  problems: readonly Problem[],
  kind: string,
  { label, name, source }: { readonly label: string; readonly name: ObjectName | null; readonly source: ObjectSource },
  options: LoadOptions,
): ReadDocument {
  const diagnostics = problems.map((problem) => diagnose(problem, label, source, options))
  return isUsedKind(kind) ? refusedAs(kind, name, diagnostics) : { ...NOTHING, fate: 'error', diagnostics }
}

/** The same for diagnostics that have their place already. */
export function refusedAs(kind: string, name: ObjectName | null, diagnostics: readonly Diagnostic[]): ReadDocument {
  return isIndispensable(kind) ? { ...NOTHING, fate: 'error', diagnostics } : leftOutAs(kind, name, diagnostics)
}

/** What comes of something that answers can do without, and that makes them incomplete; `what` is the kind, or else what it is called. */
export function leftOutAs(what: string, name: ObjectName | null, diagnostics: readonly Diagnostic[]): ReadDocument {
  return { ...NOTHING, fate: 'error', incomplete: true, leftOut: [{ name, what, diagnostics }] }
}

/**
 * Gives documents what is to say of the objects left out of them: as warnings, where an answer without them is worth having.
 * Without any other workload it would be about nothing, so the errors stay; `strict` forgives no warning.
 */
export function sayLeftOut<Document extends ReadDocument>(
  documents: readonly Document[],
  hasWorkloads: boolean,
  { strict }: LoadOptions,
): readonly Document[] {
  const forgives = hasWorkloads && strict !== true
  return documents.map((document) => {
    if (document.leftOut.length === 0) return document
    const said = document.leftOut.flatMap(({ what, diagnostics }) =>
      forgives ? diagnostics.map((diagnostic, index) => forgiven(diagnostic, index === 0 ? what : null)) : diagnostics,
    )
    return { ...document, diagnostics: [...document.diagnostics, ...said] }
  })
}

function forgiven(diagnostic: Diagnostic, what: string | null): Diagnostic {
  if (diagnostic.severity !== 'error') return diagnostic
  const message = what === null ? diagnostic.message : `${diagnostic.message}; the ${what} was left out`
  return { ...diagnostic, severity: 'warning', message }
}

/**
 * What a question about an object that the API server would refuse is answered with: the first of what is wrong with it. A
 * Service with bad ports is not left out: no other question rests on them (B-41).
 */
export function refusedObjects(documents: readonly ReadDocument[]): readonly RefusedObject[] {
  return documents.flatMap(({ leftOut, objects, diagnostics: said }) => [
    ...leftOut.flatMap(({ name, diagnostics }) => {
      const problem = diagnostics.find(({ severity }) => severity === 'error')
      return name === null || problem === undefined ? [] : [{ ...name, problem }]
    }),
    ...objects.flatMap(({ kind, decoded, name }) => {
      const problem =
        decoded.is === 'service' ? said.find((one) => one.code === BAD_PORTS && one.object === name) : undefined
      return problem === undefined ? [] : [{ ...objectName(kind, decoded), problem }]
    }),
  ])
}
