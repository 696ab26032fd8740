import { compile, type EngineOptions } from '../../src/engine/compile.js'
import { addressesOf } from '../../src/engine/ip-blocks.js'
import { evaluate, type FlowVerdict } from '../../src/engine/evaluate.js'
import type { Cluster } from '../../src/model/cluster.js'
import type { Endpoint } from '../../src/model/flow.js'
import type { Protocol } from '../../src/model/protocol.js'
import { parseAddress, type Family } from '../../src/net/address.js'
import { parseCidr } from '../../src/net/cidr.js'
import { parsePeer } from '../../src/query/peer.js'
import { resolvePeer } from '../../src/query/resolve.js'

/** A question of the reference evaluator or an oracle: `ns/pod`, `node/n` or an address. */
export interface PlainQuestion {
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly port: number
  readonly family?: Family | undefined
}

/** Asks the engine about one flow of a cluster of plain pods. */
export function engineAnswer(cluster: Cluster, question: PlainQuestion, options: EngineOptions = {}): FlowVerdict {
  const source = endpointOf(cluster, question.from)
  const destination = endpointOf(cluster, question.to)
  const asked = [question.from, question.to].map(parseAddress).find((address) => address !== null)
  const family = question.family ?? asked?.family ?? onlyFamily(source, destination)
  const flow = { source, destination, protocol: question.protocol, port: question.port, family }
  const self = isLoopback(question.to) ? { ...flow, destination: source } : flow
  return evaluate(compile(cluster, options), self)
}

/** The end that a peer stands for; loopback is told apart by the caller. */
export function endpointOf(cluster: Cluster, text: string): Endpoint {
  if (isLoopback(text)) return { kind: 'external', address: { family: 'IPv4', value: 0n } }
  const peer = parsePeer(text, 'default')
  if (!peer.ok) throw new Error(peer.error.message)
  const resolved = resolvePeer(cluster, peer.value, text, ({ workload, pods }) => [
    { kind: 'workload', workload, pods, part: null },
  ])
  if (!resolved.ok) throw new Error(resolved.error.message)
  const [party] = resolved.value.parties
  const [pod] = party?.kind === 'workload' ? party.pods : []
  const [range] = party?.kind === 'outside' ? party.ranges : []
  if (pod !== undefined) return { kind: 'pod', pod, replica: 0 }
  if (party?.kind === 'node') return party
  if (party?.kind === 'outside' && range !== undefined)
    return {
      kind: 'external',
      address: { family: range.family, value: range.first },
      mayBeNode: party.mayBeNode === true,
    }
  throw new Error(`${text} is nobody`)
}

function isLoopback(text: string): boolean {
  return text === '::1' || /^127\.\d+\.\d+\.\d+$/.test(text)
}

/** The families that a flow between two ends can use; null alone where neither end has a known address. */
export function flowFamilies(a: Endpoint, b: Endpoint): readonly (Family | null)[] {
  if (a.kind === 'external') return [a.address.family]
  if (b.kind === 'external') return [b.address.family]
  const [ofA, ofB] = [a, b].map((end) => addressesOf(end).map(({ family }) => family)) as [Family[], Family[]]
  if (ofA.length + ofB.length === 0) return [null]
  return (['IPv4', 'IPv6'] as const).filter(
    (family) => (ofA.length === 0 || ofA.includes(family)) && (ofB.length === 0 || ofB.includes(family)),
  )
}

function onlyFamily(a: Endpoint, b: Endpoint): Family | null {
  const [family = null, ...more] = flowFamilies(a, b)
  return more.length === 0 ? family : null
}

/** Ranges of `--pod-cidr`. */
export function rangesOf(cidrs: readonly string[]): EngineOptions['podRanges'] {
  return cidrs.map((text) => {
    const parsed = parseCidr(text)
    if ('problem' in parsed) throw new Error(parsed.problem)
    return parsed.cidr
  })
}
