import type { Cluster } from '../model/cluster.js'
import { workloadId, type ClusterService, type Pod } from '../model/cluster.js'
import type { Protocol } from '../model/protocol.js'
import { grouped } from '../model/grouped.js'
import { selects } from '../model/labels.js'
import { lazy } from '../model/once.js'
import type { AddressRange } from '../net/ranges.js'
import { ruleForms } from '../policy/rule-forms.js'
import type { Party, WorkloadParty } from '../query/party.js'
import { distinctionsOf, partition, type PartsOf } from '../query/parts.js'
import { parsePeer } from '../query/peer.js'
import type { PortQuestion } from '../query/port.js'
import { suggestForNamespace } from '../query/did-you-mean.js'
import { matchesGlob } from '../query/glob.js'
import { matchesNothing, misworded, ok, type Result } from '../query/question-error.js'
import { resolvePeer } from '../query/resolve.js'
import { portsNamed, undeclaredPort } from './declared-ports.js'
import { askedOfService, notASource } from './service-ports.js'

/** What a matrix shows; everything may be left out. */
export interface MatrixQuestion {
  /** Only connections from this peer. */
  readonly from?: string | undefined
  /** Only connections to this peer. */
  readonly to?: string | undefined
  /** Only these ports: `8080`, `53/UDP`, `http`, `8000-8100/TCP`. */
  readonly port?: string | undefined
  /** The namespace of peers that name none. */
  readonly namespace: string
  /** Only connections with an end in this namespace; `*` stands for any text. */
  readonly within?: string | undefined
  /** One endpoint for each pod, instead of each workload. */
  readonly pods: boolean
}

/** A row and a column of the matrix. */
export interface MatrixEndpoint {
  /** `namespace/Kind/name`, with `{key=value}` for a part of a workload (D-6). */
  readonly id: string
  readonly party: WorkloadParty
  /** Live pods, else replicas; null where only the cluster knows. */
  readonly pods: number | null
  /** There is a second pod, so that it can connect to one of its own kind (D-6). */
  readonly another: boolean
}

/** What is shown of a matrix. */
export interface Selection {
  readonly sources: ReadonlySet<MatrixEndpoint>
  readonly destinations: ReadonlySet<MatrixEndpoint>
  /** The addresses outside that are asked about at each end: all of them where it says `all`, none where it is null. */
  readonly outsideSources: readonly AddressRange[] | 'all' | null
  readonly outsideDestinations: readonly AddressRange[] | 'all' | null
  readonly port: PortQuestion
  /** The ids of which one must be an end of what is shown, or null. */
  readonly within: ReadonlySet<string> | null
}

/** The endpoints of a cluster, sorted by id. A port name that is asked about can tell pods apart as well (A-54). */
export function endpointsOf(
  cluster: Pick<Cluster, 'policies' | 'workloads'>,
  pods: boolean,
  port: PortQuestion | null = null,
): readonly MatrixEndpoint[] {
  const isNamed = port?.kind === 'name' || port?.kind === 'service'
  const partsOf = lazy(() => partition(distinctionsOf(cluster, nodesInPlay(cluster), isNamed ? port : null)))
  const parts = cluster.workloads.flatMap((workload): readonly WorkloadParty[] => {
    const { pods: all } = workload
    // Nothing can tell one pod apart, and templates are nothing else
    return all.length === 1
      ? [{ kind: 'workload', workload, pods: all, part: null }]
      : partsOf()({ workload, pods: all })
  })
  const parties = pods ? parts.flatMap(podsOf) : parts
  return parties.map(toEndpoint).sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)))
}

/**
 * Of which pods it matters what node they run on (A-62): those on the network of their host, and those that policies
 * govern, which such a pod reaches on its own node only. Without a pod on its host's network it matters of none.
 */
function nodesInPlay({ workloads, policies }: Pick<Cluster, 'policies' | 'workloads'>): (pod: Pod) => boolean {
  if (!workloads.some(({ pods }) => pods.some((pod) => pod.hostNetwork))) return () => false
  const governing = grouped(
    ruleForms(policies).filter(({ applies }) => applies.ingress),
    ({ home }) => home,
  )
  return ({ hostNetwork, namespace, labels }) =>
    hostNetwork ||
    [null, namespace].some((home) =>
      governing.get(home)?.some(({ subject: { pods } }) => pods === null || selects(pods, labels)),
    )
}

/** Each pod of a party; a template that stands for several stays what it is. */
function podsOf(party: WorkloadParty): readonly WorkloadParty[] {
  if (party.pods.some(({ count }) => count !== 1)) return [party]
  return party.pods.map((pod) => {
    const name = { kind: 'Pod', namespace: pod.namespace, name: pod.name }
    return {
      ...party,
      workload: { ...party.workload, ...name, id: workloadId(name), replicas: 1 },
      pods: [pod],
      part: null,
    }
  })
}

function toEndpoint(party: WorkloadParty): MatrixEndpoint {
  const { workload, pods, part } = party
  const counts = pods.map(({ count }) => count)
  const sum = counts.reduce((all, count) => (all === null || count === null ? null : all + count), 0)
  return {
    id: `${workload.id}${part === null ? '' : `{${part}}`}`,
    party,
    pods: part === null && pods.length === workload.pods.length ? workload.replicas : sum,
    another: pods.length > 1 || (counts[0] !== 1 && counts[0] !== 0),
  }
}

/** Finds out which endpoints and addresses a question is about. */
export function selectEndpoints(
  cluster: Cluster,
  endpoints: readonly MatrixEndpoint[],
  { from, to, namespace, within }: MatrixQuestion,
  port: PortQuestion,
): Result<Selection> {
  const sources = sideOf(cluster, endpoints, from, namespace, true)
  if (!sources.ok) return sources
  const destinations = sideOf(cluster, endpoints, to, namespace, false)
  if (!destinations.ok) return destinations
  const { service } = destinations.value
  if (service !== null && service.type !== 'headless' && (port.kind === 'range' || port.kind === 'name'))
    return misworded('a port of a Service is not compared here', 'ask for the pods behind it, and their port')
  const named = [...destinations.value.endpoints].map(({ party }) => party)
  if (!declares(named, port)) return undeclaredPort({ parties: named }, port)
  const inside =
    within === undefined ? null : endpoints.filter((one) => matchesGlob(within, one.party.workload.namespace))
  if (within !== undefined && inside?.length === 0) {
    const spaces = [...new Set(endpoints.map(({ party }) => party.workload.namespace))].sort()
    return matchesNothing(
      `the namespace \`${within}\` has no workloads in the input`,
      suggestForNamespace(within, spaces),
    )
  }
  return ok({
    within: inside === null ? null : new Set(inside.map(({ id }) => id)),
    sources: sources.value.endpoints,
    destinations: destinations.value.endpoints,
    outsideSources: sources.value.outside,
    outsideDestinations: destinations.value.outside,
    port,
  })
}

/** The ports that are asked about: those of a Service where that is the destination, which its pods resolve (A-81). */
export function portsInService(
  cluster: Cluster,
  { to, namespace }: MatrixQuestion,
  port: PortQuestion,
): Result<PortQuestion> {
  const peer = to === undefined ? null : parsePeer(to, namespace)
  if (to === undefined || peer?.ok !== true) return ok(port)
  const found = resolvePeer(cluster, peer.value, to, asOne)
  if (!found.ok || found.value.service === undefined) return ok(port)
  return askedOfService(found.value.service, found.value.parties, port)
}

const asOne: PartsOf = ({ workload, pods }) => [{ kind: 'workload', workload, pods, part: null }]

/** Whether a port name stands for something at one of the parties; a name that nobody declares is misspelt. */
function declares(parties: readonly WorkloadParty[], port: PortQuestion): boolean {
  if (port.kind !== 'name') return true
  const wanted = (protocol: Protocol) => port.protocol === null || port.protocol === protocol
  return parties.some((party) => portsNamed(party, port.name).some(({ protocol }) => wanted(protocol)))
}

interface Side {
  readonly endpoints: ReadonlySet<MatrixEndpoint>
  readonly outside: readonly AddressRange[] | 'all' | null
  /** The Service that leads to the endpoints, or null. */
  readonly service: ClusterService | null
}

function sideOf(
  cluster: Cluster,
  endpoints: readonly MatrixEndpoint[],
  text: string | undefined,
  namespace: string,
  isSource: boolean,
): Result<Side> {
  if (text === undefined) return ok({ endpoints: new Set(endpoints), outside: 'all', service: null })
  const peer = parsePeer(text, namespace)
  if (!peer.ok) return withPortApart(text, peer)
  const resolved = resolvePeer(cluster, peer.value, text, asOne)
  if (!resolved.ok) return resolved
  const { parties, addressOf, service = null } = resolved.value
  if (isSource && addressOf === 'service') return notASource(text)
  const pods = new Set(parties.flatMap((party) => (party.kind === 'workload' ? party.pods : [])))
  const ranges = parties.flatMap((party) => (party.kind === 'outside' ? party.ranges : []))
  const found = endpoints.filter(({ party }) => party.pods.some((pod) => pods.has(pod)))
  if (found.length + ranges.length === 0)
    return misworded(`\`${text}\` is ${nameOf(parties)}, which the matrix does not show`)
  const outside = text === 'external' ? 'all' : ranges.length === 0 ? null : ranges
  return ok({ endpoints: new Set(found), outside, service })
}

/** `shop/db:5432` is how `check` takes a port; here it has a flag of its own. */
function withPortApart(text: string, refused: Result<never>): Result<never> {
  const [, peer = '', port = ''] = /^([^:]+):([^:]+)$/.exec(text) ?? []
  return peer === '' ? refused : misworded(`\`${text}\` is not a peer`, `write the port apart: ${peer} --port ${port}`)
}

function nameOf(parties: readonly Party[]): string {
  if (parties.some(({ kind }) => kind === 'host')) return 'a name outside the cluster'
  return parties.some(({ kind }) => kind === 'node') ? 'a node' : 'an address of the asker itself'
}
