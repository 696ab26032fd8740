import type { Direction } from '../../model/direction.js'
import { meets } from '../../model/labels.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import type { EndpointPair } from './endpoint-pairs.js'

/** Whether some mixture of a policy could govern an endpoint in a direction; several edits of its labels may add up to others. */
export function mayGovern(
  { base, head }: MixedPolicy,
  pair: EndpointPair,
  direction: Direction,
  ownEdits: number,
): boolean {
  const forms = [base, head].filter((form) => form !== null)
  if (!forms.some(({ applies }) => applies[direction])) return false
  if (ownEdits > 1) return true
  const pods = [pair.base, pair.head].flatMap((end) => end?.party.pods ?? [])
  return forms.some(({ subject }) => {
    if (subject.namespaces !== null || subject.pods === null) return true
    const { requirements } = subject.pods
    return pods.some((pod) => requirements.every((requirement) => meets(pod.labels, requirement)))
  })
}
