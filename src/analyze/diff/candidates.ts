import { grouped } from '../../model/grouped.js'
import { needsLabel } from '../../model/labels.js'
import type { RuleForm } from '../../policy/rule-form.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import type { EndpointPair } from './endpoint-pairs.js'

/** Finds the policies that may govern endpoints as they are on either side: all others certainly govern none of them. */
export type Candidates = (pairs: readonly EndpointPair[]) => readonly MixedPolicy[]

/**
 * Indexes policies by a label that their pods must have, so that not every policy of a namespace is asked about each of its
 * pods. Gives them in the order of the list.
 */
export function candidatesAmong(policies: readonly MixedPolicy[]): Candidates {
  const required = policies.flatMap((policy, index) => requiredLabels(policy).map((label) => ({ label, index })))
  const byLabel = grouped(required, ({ label }) => label)
  return (pairs) => {
    const pods = pairs.flatMap((pair) => [pair.base, pair.head].flatMap((end) => end?.party.pods ?? []))
    const labels = pods.flatMap((pod) => [...pod.labels].flatMap(([key, value]) => [key, labelOf(key, value)]))
    const found = new Set([ANY, ...labels].flatMap((label) => (byLabel.get(label) ?? []).map(({ index }) => index)))
    return [...found].sort((a, b) => a - b).flatMap((index) => policies[index] ?? [])
  }
}

/** Of these labels a pod must have one to be a subject of either form; `ANY` is among them where a form asks for none. */
function requiredLabels({ base, head }: MixedPolicy): readonly string[] {
  return [...new Set([base, head].flatMap((form) => (form === null ? [] : oneOf(form))))]
}

function oneOf({ subject: { namespaces, pods } }: RuleForm): readonly string[] {
  const required = namespaces === null ? pods?.requirements.find(needsLabel) : undefined
  if (required === undefined) return [ANY]
  const { key, operator, values } = required
  return operator === 'Exists' ? [key] : values.map((value) => labelOf(key, value))
}

/** No key is empty. */
const ANY = ''

function labelOf(key: string, value: string): string {
  return `${key}=${value}`
}
