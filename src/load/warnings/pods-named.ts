import type { Cluster, Pod } from '../../model/cluster.js'
import { grouped } from '../../model/grouped.js'
import { meets, NAMESPACE_NAME_LABEL, type Labels, type Selector } from '../../model/labels.js'
import { remembered } from '../../model/once.js'
import type { SelectorPeer } from '../../model/policy.js'

/** How often pods and namespaces are compared with selectors; of selectors after that nothing is known. */
const MOST_COMPARED = 2_000_000

/** Finds the pods that a subject or peer of a policy of the cluster names, or may name; null where that is not known. */
export type PodsNamed = (peer: SelectorPeer) => readonly Pod[] | null

/** Labels that are not in the input may have any value (A-28, D-5); pods on their hosts' networks are never named (C-10, C-11). */
export function podsNamed({ workloads, namespaces }: Pick<Cluster, 'workloads' | 'namespaces'>): PodsNamed {
  const pods = workloads.flatMap((workload) => workload.pods).filter(({ hostNetwork }) => !hostNetwork)
  const podsIn = grouped(pods, ({ namespace }) => namespace)
  const homes = [...podsIn.keys()].flatMap((name) => namespaces.get(name) ?? [])
  let left = MOST_COMPARED
  const find = (wanted: Selector, selector: Selector) => {
    left -= homes.length
    const there = homes
      .filter(({ labels, defined }) => mayMeet(wanted, labels, (key) => !defined && key !== NAMESPACE_NAME_LABEL))
      .flatMap(({ name }) => podsIn.get(name) ?? [])
    left -= there.length
    return left < 0
      ? null
      : there.filter((pod) => mayMeet(selector, pod.labels, (key) => pod.unpredictableLabels.includes(key)))
  }
  const known = remembered((text: string) => {
    const [wanted, selector] = JSON.parse(text) as [Selector, Selector]
    return left < 0 ? null : find(wanted, selector)
  })
  return (peer) => known(JSON.stringify([peer.namespaces ?? EVERYTHING, peer.pods ?? EVERYTHING]))
}

const EVERYTHING: Selector = { requirements: [] }

function mayMeet({ requirements }: Selector, labels: Labels, isOpen: (key: string) => boolean): boolean {
  return requirements.every((requirement) => isOpen(requirement.key) || meets(labels, requirement))
}
