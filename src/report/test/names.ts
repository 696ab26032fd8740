import { cidrsText } from '../cidrs-text.js'
import { shortIds } from '../short-ids.js'
import type { FailureResult } from './test-result.js'

/** What the ends of failures are called: ids without the kind where that is enough, addresses outside by their CIDRs. */
export function namesIn(failures: readonly FailureResult[]): (failure: FailureResult, end: 'from' | 'to') => string {
  const shortOf = shortIds(failures.flatMap(({ from, to }) => [partsOf(from), partsOf(to)]))
  return (failure, end) => {
    const id = failure[end]
    if (id !== 'external' || failure.cidrs === undefined) return shortOf(partsOf(id))
    return failure.cidrs.length === 0 ? id : cidrsText(failure.cidrs)
  }
}

/** The parts of an id; what is not `namespace/Kind/name` is called as it is. */
function partsOf(id: string): { readonly id: string; readonly kind: string; readonly namespace: string | null } {
  const [, namespace, kind] = /^([^/]+)\/([^/]+)\/./.exec(id) ?? []
  return namespace === undefined || kind === undefined ? { id, kind: '', namespace: null } : { id, kind, namespace }
}
