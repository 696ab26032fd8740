import type { NotedAnswer } from '../analyze/answer-pair.js'
import type { DirectionAnswer } from '../analyze/flow-answer.js'
import type { TierMisses } from '../analyze/tier-misses.js'
import type { NearMiss } from '../analyze/near-miss.js'
import type { Cluster, Pod } from '../model/cluster.js'
import { NOTES } from '../model/note.js'
import { itemsAt } from '../model/policy.js'
import { policyName, type PolicyRef } from '../model/reference.js'
import { VERDICT_OF } from '../model/verdict.js'
import type { NoteResult } from './check-result.js'
import { NOTE_WORDING } from './wording/notes.js'

/** A direction with the rules that it fails. */
export interface Explained {
  readonly answer: DirectionAnswer
  readonly misses: readonly NearMiss[]
  /** Rules that would match, and are not asked because one before them decides. */
  readonly shadowed: TierMisses['shadowed']
}

/** Notes on objects that name no namespace, where another one could turn a direction round. */
export function assumedNamespaceNotes(
  flow: NotedAnswer,
  directions: readonly Explained[],
  { namespaceChosen }: Cluster,
): readonly NoteResult[] {
  if (namespaceChosen) return []
  const assumed = directions.flatMap(({ answer, misses }) => {
    const other = answer.direction === 'egress' ? flow.to : flow.from
    const pod = other.kind === 'workload' ? other.pods[0] : undefined
    if (pod === undefined) return []
    const name = other.kind === 'workload' ? other.workload.id : ''
    const rulesOf = (policy: PolicyRef) => answer.deciding.find(({ ref }) => ref === policy)?.rules
    const said: Assumed = (policy, isOwn) => assumedBy(pod, name, policy, isOwn)
    if (VERDICT_OF[answer.reason] === 'deny') return misses.flatMap((miss) => deniedFor(miss, said))
    const matched = answer.rules.map(({ policy, direction, rule, peers }) =>
      (peers ?? []).map((index) => {
        const [peer] = itemsAt(rulesOf(policy)?.[direction][rule]?.peers ?? [], index)
        if (peer?.kind !== 'selector') return []
        if (peer.namespaces === null) return said(policy, true)
        return peer.namespaces.requirements.length === 0 ? [] : said(policy, false)
      }),
    )
    // One entry that does not look at namespaces is enough to let the connection through
    const entries = matched.flatMap((each) => (each.length === 0 ? [[]] : each))
    return entries.every((names) => names.length > 0) ? entries.flat() : []
  })
  return [...new Set(assumed)].map((about) => ({
    code: 'namespace-assumed',
    certainty: NOTES['namespace-assumed'],
    message: NOTE_WORDING['namespace-assumed'](about),
  }))
}

/** Whom another namespace would let match, since nothing else keeps the rule from matching. */
function deniedFor({ policy, peer, port }: NearMiss, said: Assumed): readonly string[] {
  const isOwn = peer.every(({ kind }) => kind === 'other-namespace')
  const isByNamespace =
    peer.length > 0 && peer.every(({ kind }) => kind === 'other-namespace' || kind === 'namespace-label')
  return isByNamespace && port.length === 0 ? said(policy, isOwn) : []
}

type Assumed = (policy: PolicyRef, isOwn: boolean) => readonly string[]

/** Which of the two name no namespace; where the rule means the policy's own, they move together if neither does. */
function assumedBy(pod: Pod, podName: string, policy: PolicyRef, isOwn: boolean): readonly string[] {
  if (isOwn && pod.hasNamespace === policy.hasNamespace) return []
  const ofPolicy = isOwn && !policy.hasNamespace ? [`${policy.kind} ${policyName(policy)}`] : []
  return pod.hasNamespace ? ofPolicy : [podName, ...ofPolicy]
}
