import type { Cluster, Pod } from '../../model/cluster.js'
import { grouped } from '../../model/grouped.js'
import { selects, type Labels, type Selector } from '../../model/labels.js'
import { PEER_FIELD, type NetworkPolicy, type Peer, type Rule } from '../../model/policy.js'
import { isNetworkPolicy } from '../../model/policy-kinds.js'
import type { Path } from '../../model/source.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/**
 * A namespaceSelector and a podSelector in two entries, where one dash too many made "or" of "and": only where
 * the podSelector matches nobody in the namespace of the policy, which is where it looks now, and somebody over there, or
 * would if the labels of an owner stood on its pods.
 */
export const splitPeers: Remark = ({ cluster }) => {
  const pods = cluster.workloads.flatMap((workload) => workload.pods)
  const podsIn = grouped(pods, ({ namespace }) => namespace)
  return cluster.policies.filter(isNetworkPolicy).flatMap((policy) =>
    pairsOf(policy).flatMap(({ namespaces, labels, second, path }) => {
      if (podsIn.get(policy.namespace)?.some((pod) => mayMatch(labels, pod)) === true) return []
      const there = pods.filter((pod) => isIn(namespaces, pod, cluster))
      const isMatched = there.some((pod) => selects(labels, pod.labels))
      const owner = isMatched ? undefined : there.find((pod) => selects(labels, labelsAround(pod)))?.owner
      if (!isMatched && owner == null) return []
      const message =
        'the namespaceSelector and the podSelector are two entries, so each matches alone: every pod of those ' +
        `namespaces, and pods of \`${policy.namespace}\`, where the podSelector matches none`
      const more = owner == null ? '' : `, and give its pod template the labels: only the ${owner.kind} has them`
      const help = `to match only such pods of those namespaces remove the dash before \`${second}\`${more}`
      return [aboutPolicy(policy, path, { code: 'NP133', severity: 'warning', message, help })]
    }),
  )
}

interface Pair {
  readonly namespaces: Selector
  readonly labels: Selector
  /** The field that stands in the second of the two entries, and the path of that entry. */
  readonly second: 'podSelector' | 'namespaceSelector'
  readonly path: Path
}

/** Neighbours of which one has only a namespaceSelector, the other only a podSelector that asks for something. */
function pairsOf(policy: NetworkPolicy): readonly Pair[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    policy.isolates[direction]
      ? policy.rules[direction].flatMap((rule, index) =>
          pairsOfRule(rule, ['spec', direction, index, PEER_FIELD[direction]]),
        )
      : [],
  )
}

function pairsOfRule({ peers }: Rule, path: Path): readonly Pair[] {
  return peers.slice(1).flatMap((later, index) => {
    const pair = [peers[index], later] as const
    const namespaces = pair.map((peer) => selectorOf(peer, 'namespaces')).find((selector) => selector !== null)
    const labels = pair.map((peer) => selectorOf(peer, 'pods')).find((selector) => selector !== null)
    if (namespaces === undefined || labels === undefined || labels.requirements.length === 0) return []
    const second = selectorOf(later, 'pods') === null ? 'namespaceSelector' : 'podSelector'
    return [{ namespaces, labels, second, path: [...path, index + 1] }]
  })
}

/** The selector of a peer that has no other. */
function selectorOf(peer: Peer | undefined, wanted: 'pods' | 'namespaces'): Selector | null {
  if (peer?.kind !== 'selector') return null
  return peer[wanted === 'pods' ? 'namespaces' : 'pods'] === null ? peer[wanted] : null
}

/** The labels of a pod as they would be if it had those of its owner as well, which may have been meant. */
function labelsAround({ labels, owner }: Pod): Labels {
  return owner === null ? labels : new Map([...labels, ...owner.jobLabels, ...owner.labels, ...owner.strayLabels])
}

function mayMatch(labels: Selector, pod: Pod): boolean {
  return selects(labels, pod.labels) || labels.requirements.some(({ key }) => pod.unpredictableLabels.includes(key))
}

function isIn(namespaces: Selector, pod: Pod, { namespaces: known }: Pick<Cluster, 'namespaces'>): boolean {
  const labels = known.get(pod.namespace)?.labels
  return labels !== undefined && selects(namespaces, labels)
}
