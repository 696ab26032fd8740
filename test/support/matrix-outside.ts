import { endpointsOf, type MatrixEndpoint } from '../../src/analyze/matrix-endpoints.js'
import { segments } from '../../src/analyze/port-segments.js'
import { compile, type CompiledCluster } from '../../src/engine/compile.js'
import { matrix, type ConnectionResult } from '../../src/index.js'
import type { Endpoint } from '../../src/model/flow.js'
import { DIRECTIONS, type Direction } from '../../src/model/direction.js'
import { MAX_PORT, PROTOCOLS } from '../../src/model/protocol.js'
import { worst } from '../../src/model/verdict.js'
import { FAMILIES, formatAddress, type Address } from '../../src/net/address.js'
import { parseCidr, type Cidr } from '../../src/net/cidr.js'
import { contains, overlaps, wholeFamily } from '../../src/net/ranges.js'
import type { Case } from '../reference/generate.js'
import { clusterOf } from './compare.js'
import { engineOptionsOf, merged, portsText, type Compared } from './matrix-cells.js'

/** A line about the outside world: its addresses, its ports as text, how sure they are. */
interface OutsideLine {
  readonly cidrs: readonly Cidr[]
  readonly ports: string
  readonly certainty: string
}

/** E-3: asks the engine about every address at which some answer may change, and lists the lines that differ. */
export function compareOutside(example: Case): Compared {
  const { objects, options } = example
  const cluster = clusterOf(objects)
  const { ipblockPods, hostNetwork, podRanges } = engineOptionsOf(example)
  const compiled = compile(cluster, { ipblockPods, hostNetwork, podRanges })
  const { connections } = matrix(cluster, { ipblockPods, hostNetwork, podCidrs: options.podCidrs })
  const mentioned = [...JSON.stringify(objects).matchAll(/"([0-9a-f.:]+\/\d+)"/g)].map(([, text = '']) => text)
  const differences: string[] = []
  let asked = 0
  let open = 0
  for (const endpoint of endpointsOf(cluster, false)) {
    for (const direction of DIRECTIONS) {
      const lines = linesOf(connections ?? [], endpoint.id, direction)
      const name = `${direction} of ${endpoint.id}`
      differences.push(...faultsOf(lines).map((fault) => `${name}: ${fault}`))
      const seen = new Map<OutsideLine, string[]>()
      for (const address of boundaries([...mentioned.map(cidrOf), ...lines.flatMap(({ cidrs }) => cidrs)])) {
        const line = lines.find(({ cidrs }) => cidrs.some((cidr) => contains(cidr, address)))
        const expected = answerOf(compiled, endpoint, direction, address)
        asked++
        if (line !== undefined) {
          open++
          seen.set(line, [...(seen.get(line) ?? []), expected.certainty])
        }
        if ((line?.ports ?? '') !== expected.ports)
          differences.push(`${name}, ${formatAddress(address)}: ${expected.ports} became ${line?.ports ?? 'nothing'}`)
      }
      for (const line of lines) {
        const expected = worst((seen.get(line) ?? []) as ('certain' | 'undefined' | 'indeterminate')[])
        if (line.certainty !== expected)
          differences.push(`${name}, ${line.ports}: ${expected} became ${line.certainty}`)
      }
    }
  }
  return { asked, open, differences }
}

function linesOf(connections: readonly ConnectionResult[], id: string, direction: Direction): readonly OutsideLine[] {
  const [from, to] = direction === 'egress' ? [id, 'external'] : ['external', id]
  return connections
    .filter((connection) => connection.from === from && connection.to === to)
    .map(({ cidrs = [], ports, certainty = 'certain' }) => ({
      cidrs: cidrs.map(cidrOf),
      ports: ports.map(({ protocol, port, endPort }) => `${port}-${endPort}/${protocol}`).join(' '),
      certainty,
    }))
}

/** What is wrong with the lines as such: CIDRs that overlap, that could be fewer, or ports that two lines share. */
function faultsOf(lines: readonly OutsideLine[]): readonly string[] {
  const all = lines.flatMap(({ cidrs }) => cidrs)
  const twice = all.flatMap((cidr, index) => all.slice(index + 1).filter((other) => overlaps(cidr, other)))
  const siblings = lines.flatMap(({ cidrs }) =>
    cidrs.flatMap((cidr) => cidrs.filter((other) => areSiblings(cidr, other))),
  )
  const shared = lines.length - new Set(lines.map(({ ports }) => ports)).size
  return [
    ...twice.map(({ family, first }) => `${formatAddress({ family, value: first })} is in two CIDRs`),
    ...siblings.map(
      ({ family, first }) => `${formatAddress({ family, value: first })} could be one with its neighbour`,
    ),
    ...(shared > 0 ? ['two lines have the same ports'] : []),
  ]
}

/** The two halves of a shorter CIDR; without any the CIDRs of disjoint ranges are the fewest. */
function areSiblings(a: Cidr, b: Cidr): boolean {
  const size = a.last - a.first + 1n
  return a.family === b.family && b.first === a.last + 1n && b.last === a.last + size && a.first % (size * 2n) === 0n
}

function cidrOf(text: string): Cidr {
  const parsed = parseCidr(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.cidr
}

/** The first and the last address of each range, and those beside them, each once. */
function boundaries(cidrs: readonly Cidr[]): readonly Address[] {
  return FAMILIES.flatMap((family) => {
    const whole = wholeFamily(family)
    const ranges = [whole, ...cidrs.filter((cidr) => cidr.family === family)]
    const values = ranges.flatMap(({ first, last }) => [first - 1n, first, first + 1n, last - 1n, last, last + 1n])
    return [...new Set(values)].map((value) => ({ family, value })).filter((address) => contains(whole, address))
  })
}

/** All ports of one address by the engine, which knows no lines. */
function answerOf(
  compiled: CompiledCluster,
  { id, party: { pods } }: MatrixEndpoint,
  direction: Direction,
  address: Address,
): { readonly ports: string; readonly certainty: string } {
  const [pod] = pods
  if (pod === undefined) throw new Error(`${id} has no pods`)
  const ends: [Endpoint, Endpoint] = [
    { kind: 'pod', pod, replica: 0 },
    { kind: 'external', address },
  ]
  const [source, destination] = direction === 'egress' ? ends : [ends[1], ends[0]]
  const variant = { source, destination, family: address.family, outside: null }
  const allowed = PROTOCOLS.flatMap((protocol) => segments(compiled, variant, protocol, { first: 1, last: MAX_PORT }))
    .map(({ answers: [answer], ...ports }) => ({ ...ports, answer }))
    .filter(({ answer }) => answer?.verdict === 'allow')
  const certainties = allowed.map(({ answer }) => answer?.certainty ?? 'certain')
  return { ports: merged(allowed).map(portsText).join(' '), certainty: worst(certainties) }
}
