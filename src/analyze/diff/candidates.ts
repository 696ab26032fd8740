import { governingIndex } from '../../policy/governing-index.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import type { EndpointPair } from './endpoint-pairs.js'

/** Finds the policies that may govern endpoints as they are on either side: all others certainly govern none of them. */
export type Candidates = (pairs: readonly EndpointPair[]) => readonly MixedPolicy[]

/** Gives them in the order of the list. */
export function candidatesAmong(policies: readonly MixedPolicy[]): Candidates {
  const index = governingIndex(policies, ({ base, head }) => [base, head].filter((form) => form !== null))
  return (pairs) => index(pairs.flatMap((pair) => [pair.base, pair.head].flatMap((end) => end?.party.pods ?? [])))
}
