import { nodeRelation } from '../engine/nodes.js'
import type { Nodes } from '../matrix/answer.js'
import type { WorkloadParty } from '../query/party.js'

/** Null where neither end is on its host's network, so that it does not matter where the pods run. */
export function nodesBetween(source: WorkloadParty, destination: WorkloadParty): Nodes | null {
  const [fromHost, toHost] = [source, destination].map(({ pods }) => pods.some(({ hostNetwork }) => hostNetwork))
  if (fromHost !== true && toHost !== true) return null
  const pairs = source.pods.flatMap((from) => destination.pods.map((to) => ({ from, to })))
  const into = pairs.map(({ from, to }) => nodeRelation(to, { kind: 'pod', pod: from, replica: 0 }))
  const out = pairs.map(({ from, to }) => nodeRelation(from, { kind: 'pod', pod: to, replica: 0 }))
  const letsIn = into.every((relation) => relation === 'own')
  return {
    letsIn,
    mayLetIn: !letsIn && into.some((relation) => relation !== 'other'),
    mayLetOut: out.some((relation) => relation !== 'other'),
  }
}
