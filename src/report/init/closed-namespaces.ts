import { evaluateTest, type EvaluatedFile } from '../../analyze/assertions/evaluate.js'
import type { ClosedAssertion } from '../../model/assertion.js'
import { DIRECTIONS } from '../../model/direction.js'

/** What `closed` can say and keep, of the namespaces for which it holds. */
export type ClosedDraft = Pick<ClosedAssertion, 'directions' | 'external'> & { readonly namespaces: readonly string[] }

/** The strongest first. */
const FORMS: readonly Pick<ClosedDraft, 'directions' | 'external'>[] = [
  { directions: DIRECTIONS, external: true },
  { directions: ['ingress'], external: true },
  { directions: ['egress'], external: true },
  { directions: DIRECTIONS, external: false },
  { directions: ['ingress'], external: false },
  { directions: ['egress'], external: false },
]

/**
 * Where everything that is open is permitted by the tests of a file, nothing else may be opened. Of the ways to say that, the
 * one that holds for most, a stronger one before others; null where none holds for any namespace.
 */
export function closedNamespaces(file: EvaluatedFile, namespaces: readonly string[]): ClosedDraft | null {
  const drafts = FORMS.map((form): ClosedDraft => ({
    ...form,
    namespaces: namespaces.filter((namespace) => holds(file, { ...form, namespaces: [namespace] })),
  }))
  const weight = ({ directions, external, namespaces: held }: ClosedDraft) =>
    held.length * (directions.length + Number(external))
  const [best] = drafts.toSorted((a, b) => weight(b) - weight(a))
  return best === undefined || best.namespaces.length === 0 ? null : best
}

function holds({ scene, allowed }: EvaluatedFile, { directions, external, namespaces }: ClosedDraft): boolean {
  const place = { line: 1, column: 1 }
  const words = namespaces.map((text) => ({ text, place }))
  const head = { kind: 'closed', name: 'closed', place, why: null, certainty: null } as const
  const test: ClosedAssertion = { ...head, namespaces: words, directions, external }
  return evaluateTest({ ...scene, permit: () => undefined }, test, allowed).status === 'passed'
}
