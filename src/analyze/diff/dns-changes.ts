import { compile, type CompiledCluster } from '../../engine/compile.js'
import { isSameList } from '../../model/same-list.js'
import { dnsServers } from '../dns-servers.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import { dnsGapOf, type PairedServer } from './dns-gap.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { Gain } from './isolation-changes.js'
import { SIDES, type DiffSide } from './joint-world.js'
import type { Touched } from './touched.js'

/** Endpoints of both sides that policies keep from looking names up on one of them, or on one of them more; in the order of their ids. */
export function dnsChanges(base: DiffSide, head: DiffSide, subjects: readonly EndpointPair[]): readonly Gain[] {
  if (subjects.length === 0) return []
  const [before, after] = [gapsIn(base), gapsIn(head)]
  return subjects.flatMap((pair): readonly Gain[] => {
    if (pair.base === null || pair.head === null) return []
    const [was, is] = [before(pair.base), after(pair.head)]
    return was === is ? [] : [{ pair, change: is < was ? 'gained' : 'lost' }]
  })
}

function gapsIn({ cluster, options }: DiffSide): (endpoint: MatrixEndpoint) => number {
  const servers = dnsServers(cluster)
  const compiled = compile(cluster, options)
  const mayBeClosed = servers.some(({ party }) => isGoverned(compiled, party.workload.namespace))
  return ({ party }) =>
    mayBeClosed || isGoverned(compiled, party.workload.namespace) ? dnsGapOf(compiled, party, servers) : 0
}

function isGoverned({ policiesIn }: CompiledCluster, namespace: string): boolean {
  return policiesIn(namespace).length > 0
}

/** Where policies that differ can have changed who looks names up: anywhere, if they are about the servers or these are others. */
export function mayChangeDns(
  base: DiffSide,
  head: DiffSide,
  { egress, ingress }: Touched,
): (pair: EndpointPair) => boolean {
  const [before, after] = [dnsServers(base.cluster), dnsServers(head.cluster)]
  const isSame = isSameList(
    before,
    after,
    (a, b) =>
      a.party.workload.id === b.party.workload.id &&
      a.party.pods.length === b.party.pods.length &&
      a.protocol === b.protocol &&
      a.port === b.port,
  )
  const ids = new Set(after.map(({ party }) => party.workload.id))
  const isTouched = [...ingress].some(({ head: end }) => end !== null && ids.has(end.party.workload.id))
  return isSame && !isTouched ? (pair) => egress.has(pair) : () => true
}

/** The endpoints that serve DNS: those of the head, and those of the base that do not there. */
export function pairedServers(base: DiffSide, head: DiffSide, pairs: readonly EndpointPair[]): readonly PairedServer[] {
  const found = new Map<EndpointPair, PairedServer[]>()
  for (const name of [...SIDES].reverse()) {
    const known = new Set(found.keys())
    for (const { party, protocol, port } of dnsServers((name === 'base' ? base : head).cluster)) {
      for (const pair of pairs) {
        if (pair[name]?.party.workload.id !== party.workload.id || known.has(pair)) continue
        found.set(pair, [...(found.get(pair) ?? []), { pair, protocol, port }])
      }
    }
  }
  return [...found.values()].flat()
}
