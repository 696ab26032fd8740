import type { Selector } from '../../model/labels.js'
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
  const ofAnybody: number[] = []
  const byLabel = new Map<string, number[]>()
  for (const [index, { base, head }] of policies.entries()) {
    const forms = [base, head].filter((form) => form !== null)
    const labels = forms.map(requiredLabels)
    if (labels.some((some) => some === null)) ofAnybody.push(index)
    else {
      for (const label of new Set(labels.flatMap((some) => some ?? []))) {
        const those = byLabel.get(label)
        if (those === undefined) byLabel.set(label, [index])
        else those.push(index)
      }
    }
  }
  return (pairs) => {
    const pods = pairs.flatMap((pair) => [pair.base, pair.head].flatMap((end) => end?.party.pods ?? []))
    const labels = new Set(pods.flatMap((pod) => [...pod.labels].flatMap(([key, value]) => [key, pairOf(key, value)])))
    const found = new Set([...ofAnybody, ...[...labels].flatMap((label) => byLabel.get(label) ?? [])])
    return [...found].sort((a, b) => a - b).flatMap((index) => policies[index] ?? [])
  }
}

/** Of these labels a pod must have one to be a subject; null where nothing is known of that. */
function requiredLabels({ subject }: RuleForm): readonly string[] | null {
  return subject.namespaces === null && subject.pods !== null ? oneOf(subject.pods) : null
}

function oneOf({ requirements }: Selector): readonly string[] | null {
  for (const { operator, key, values } of requirements) {
    if (operator === 'In') return values.map((value) => pairOf(key, value))
    if (operator === 'Exists') return [key]
  }
  return null
}

/** No key of a label holds the sign, which a key by itself could not be told from else. */
function pairOf(key: string, value: string): string {
  return `${key}=${value}`
}
