import type { Cluster } from '../model/cluster.js'
import { worst, type Certainty } from '../model/verdict.js'
import { meansNothing, undeclaredPort } from './declared-ports.js'
import { compile, type CompiledCluster, type EngineOptions } from '../engine/compile.js'
import { outsideAt } from '../query/addresses.js'
import { clusterDns } from '../query/cluster-dns.js'
import { describedPeer, isDescribed, type DescribedPeer } from '../query/described.js'
import { distinctionsOf, partition, type PartsOf } from '../query/parts.js'
import { eitherPort, parsePort, splitPort, type PortQuestion } from '../query/port.js'
import { misworded, ok, type Result } from '../query/question-error.js'
import { parsePeer, type PeerQuestion } from '../query/peer.js'
import { isOnNode, type Parties } from '../query/party.js'
import { resolvePeer, throughNode } from '../query/resolve.js'
import { answerPair, type NotedAnswer } from './answer-pair.js'
import { isTooCostly, MOST_STEPS } from './check-cost.js'
import { pairUp } from './pairs.js'
import { askedOfService, notASource } from './service-ports.js'
import { joinVerdicts, pairVerdict, type OverallVerdict } from './overall.js'

/** A question in the words of the grammar. */
export interface Question {
  readonly from: string
  /** The destination, with its port behind a colon unless `port` says it. */
  readonly to: string
  readonly port?: string | number | undefined
  /** The namespace of peers that name none. */
  readonly namespace: string
  /** How many flows are kept to be shown; 0 or left out: all of them. The verdict is over all in any case. */
  readonly limit?: number | undefined
}

/** The answer to a `check`: one or several flows, and one verdict over all of them. */
export interface CheckAnswer {
  readonly verdict: 'allow' | 'deny' | 'partial'
  readonly certainty: Certainty
  readonly flows: readonly NotedAnswer[]
  /** How many flows more than the limit there are. */
  readonly omitted: number
  readonly port: PortQuestion
  readonly compiled: CompiledCluster
}

/** Answers whether `from` may connect to `to`. Mistakes in the question are returned. */
export function checkFlows(input: Cluster, question: Question, options: EngineOptions): Result<CheckAnswer> {
  const meant = dnsQuestion(input, question)
  if (!meant.ok) return meant
  const asked = meant.value ?? readQuestion(question)
  if (!asked.ok) return asked
  const { from, to, port: written, namespace } = asked.value
  const [source, destination] = [peerOf(input, from, namespace), peerOf(input, to, namespace)]
  if (!source.ok) return source
  if (!destination.ok) return destination
  const cluster = withDescribed(input, [source.value, destination.value])
  const find = (peer: AskedPeer, text: string, partsOf: PartsOf): Result<Parties> =>
    'party' in peer
      ? ok({ parties: [peer.party], wildcard: false, family: null, addressOf: null })
      : resolvePeer(cluster, peer, text, partsOf)
  const findBehind = (partsOf: PartsOf): Result<Parties> => {
    const found = find(destination.value, to, partsOf)
    return (found.ok ? throughNode(cluster, found.value, written, partsOf) : null) ?? found
  }
  const resolve = (byNode: boolean, port: PortQuestion) => {
    const partsOf = partition(distinctionsOf(cluster, () => byNode, port))
    return [asSource(cluster, find(source.value, from, partsOf)), findBehind(partsOf)] as const
  }
  let [sources, destinations] = resolve(false, written)
  const { service } = destinations.ok ? destinations.value : {}
  const mapped = destinations.ok ? portsAskedAt(destinations.value, written) : ok(written)
  if (!mapped.ok) return mapped
  const port = mapped.value
  const byNode = [sources, destinations].some((found) => found.ok && found.value.parties.some(isOnNode))
  if (byNode || service !== undefined) [sources, destinations] = resolve(byNode, port)
  if (!sources.ok) return sources
  if (sources.value.addressOf === 'service') return notASource(from)
  if (sources.value.parties.some(({ kind }) => kind === 'host'))
    return misworded(
      `\`${from}\` is a host name, and rules know destinations by their names only`,
      'ask about its address',
    )
  if (!destinations.ok) return destinations
  if (meansNothing(destinations.value.parties, port)) return undeclaredPort(destinations.value, port)

  const compiled = compile(cluster, options)
  const most = question.limit === undefined || question.limit === 0 ? Infinity : question.limit
  if (isTooCostly(compiled, sources.value.parties, destinations.value.parties, port, most)) {
    const found = `the question compares pods with policies and entries of rules more than ${MOST_STEPS} times`
    return misworded(found, 'ask about one port or fewer pods, or use `netpol-sim matrix`')
  }
  const pairs = pairUp(compiled, sources.value, destinations.value)
  if (!pairs.ok) return pairs
  const kept: NotedAnswer[] = []
  let total = 0
  let verdict: OverallVerdict | null = null
  let certainty: Certainty = 'certain'
  for (const pair of pairs.value) {
    const flows = answerPair(compiled, pair, port)
    if (flows.length === 0) continue
    verdict = joinVerdicts(verdict, pairVerdict({ pair, flows }, port))
    certainty = worst([certainty, ...new Set(flows.map((flow) => flow.certainty))])
    for (const flow of flows.slice(0, Math.max(0, most - total))) kept.push(flow)
    total += flows.length
  }
  if (verdict === null) return undeclaredPort(destinations.value, port)
  return ok({
    verdict,
    certainty,
    flows: kept,
    omitted: total - kept.length,
    port,
    compiled,
  })
}

/** What clients outside reach a Service by may send as well: a load balancer does, and a node. */
function asSource(cluster: Cluster, found: Result<Parties>): Result<Parties> {
  const { front } = found.ok ? found.value : {}
  const [address] = front?.addresses ?? []
  if (address === undefined || front?.isExternal !== true) return found
  return ok({ parties: [outsideAt(cluster, address)], wildcard: false, family: address.family, addressOf: null })
}

/** The ports that are asked about, where a Service leads there in its own words. */
function portsAskedAt({ service, parties, front }: Parties, port: PortQuestion): Result<PortQuestion> {
  if (service === undefined) return ok(port)
  if (front === undefined || front.ports === null) return askedOfService(service, parties, port)
  return ok({ kind: 'service', service, ports: front.ports })
}

interface ReadQuestion {
  readonly from: string
  readonly to: string
  readonly port: PortQuestion
  readonly namespace: string
}

/** A peer of the grammar, or one that is described. */
type AskedPeer = PeerQuestion | DescribedPeer

function peerOf(cluster: Cluster, text: string, namespace: string): Result<AskedPeer> {
  return isDescribed(text) ? describedPeer(cluster, text, namespace) : parsePeer(text, namespace)
}

/** The cluster with the namespaces of pods that are described, which policies ask for labels. */
function withDescribed(cluster: Cluster, peers: readonly AskedPeer[]): Cluster {
  const own = peers.flatMap((peer) => ('party' in peer ? [[peer.namespace.name, peer.namespace] as const] : []))
  return own.length === 0 ? cluster : { ...cluster, namespaces: new Map([...cluster.namespaces, ...own]) }
}

/** `dns` alone asks for the DNS of the cluster over both protocols, unless a workload has that name; null is another question. */
function dnsQuestion(cluster: Cluster, { from, to, port, namespace }: Question): Result<Result<ReadQuestion> | null> {
  const isWorkload = cluster.workloads.some((one) => one.namespace === namespace && one.name === 'dns')
  if (to !== 'dns' || port !== undefined || isWorkload) return ok(null)
  const dns = clusterDns(cluster)
  if (!dns.ok) return dns
  return ok(
    ok({ from, to: dns.value, port: { kind: 'range', protocols: ['TCP', 'UDP'], first: 53, last: 53 }, namespace }),
  )
}

function readQuestion({ from, to, port, namespace }: Question): Result<ReadQuestion> {
  const split = splitPort(to)
  const source = splitPort(from)
  if (source.port !== null) {
    return misworded(
      `the source \`${from}\` has a port, and policies never look at the source port`,
      'put the port behind the destination',
    )
  }
  if (port !== undefined && split.port !== null) {
    return misworded(`the port is given twice: in \`${to}\` and as \`${port}\``)
  }
  const unclear = port === undefined ? eitherPort(to) : null
  if (unclear !== null) return misworded(`\`${to}\` can be an address, or an address and a port`, unclear)
  const text = port !== undefined ? String(port) : split.port
  const asked: Result<PortQuestion> = text === null ? ok({ kind: 'whole-set' }) : parsePort(text)
  return asked.ok ? ok({ from: source.peer, to: split.peer, port: asked.value, namespace }) : asked
}
