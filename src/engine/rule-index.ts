import { cidrIndex } from '../net/cidr-index.js'
import type { Address } from '../net/address.js'
import type { Protocol } from '../model/flow.js'
import type { IpBlock, PortRule, Rule, SelectorPeer } from '../model/policy.js'

/** The lists of one rule made ready to be asked often: what can hold a port or an address is found without a walk. */
export interface RuleIndex {
  readonly selectors: readonly { readonly entry: number; readonly peer: SelectorPeer }[]
  readonly blocks: readonly IpBlock[]
  /** Where each block stands among the peers. */
  readonly entryOf: ReadonlyMap<IpBlock, number>
  /** The blocks that hold an address: it lies in the cidr and in no except. */
  readonly holding: (address: Address) => readonly IpBlock[]
  /** The entries of `ports` without a name that open a port, in order. */
  readonly opening: (protocol: Protocol, port: number) => readonly number[]
  /** The entries of `ports` with a name, which the destination resolves. */
  readonly named: readonly { readonly entry: number; readonly protocol: Protocol; readonly name: string }[]
}

/** The rules of one direction of a policy that may open a port, in order: those of the others need not be looked at. */
export type RuleFinder = (protocol: Protocol, port: number) => readonly number[]

/** Indexes the rules of one direction by their ports; what a port name opens only the destination says. */
export function ruleFinder(rules: readonly Rule[]): RuleFinder {
  const always = rules.flatMap(({ ports }, number) =>
    ports.length === 0 || ports.some(({ port }) => typeof port === 'string') ? [number] : [],
  )
  const opening = portFinder(rules.flatMap(({ ports }, entry) => ports.map((rule) => ({ entry, rule }))))
  return (protocol, port) => [...new Set([...always, ...opening(protocol, port)])].sort((a, b) => a - b)
}

/** Indexes a rule. */
export function ruleIndex({ peers, ports }: Rule): RuleIndex {
  const selectors = peers.flatMap((peer, entry) => (peer.kind === 'selector' ? [{ entry, peer }] : []))
  const entryOf = new Map(peers.flatMap((peer, entry) => (peer.kind === 'ip-block' ? [[peer, entry] as const] : [])))
  const blocks = [...entryOf.keys()]
  const named = ports.flatMap(({ protocol, port }, entry) =>
    typeof port === 'string' ? [{ entry, protocol, name: port }] : [],
  )
  const opening = portFinder(ports.map((rule, entry) => ({ entry, rule })))
  return { selectors, blocks, entryOf, holding: blockFinder(blocks), opening, named }
}

function blockFinder(blocks: readonly IpBlock[]): RuleIndex['holding'] {
  const index = cidrIndex(blocks.flatMap(({ cidr, except }) => [cidr, ...except]))
  const withCidr = new Map<number, { readonly block: IpBlock; readonly holes: ReadonlySet<number> }[]>()
  for (const block of blocks) {
    const number = index.numberOf(block.cidr)
    const same = withCidr.get(number) ?? []
    withCidr.set(number, same)
    same.push({ block, holes: new Set(block.except.map((hole) => index.numberOf(hole))) })
  }
  return (address) => {
    const around = index.holding(address)
    return around.flatMap((number) =>
      (withCidr.get(number) ?? [])
        .filter(({ holes }) => !around.some((other) => holes.has(other)))
        .map(({ block }) => block),
    )
  }
}

interface Opening {
  readonly entry: number
  readonly first: number
  readonly last: number
}

/** Sorted by their first port, with the highest last port so far: from the right place on, the walk ends soon. */
function portFinder(ports: readonly { readonly entry: number; readonly rule: PortRule }[]): RuleIndex['opening'] {
  const tables = new Map<Protocol, { readonly sorted: readonly Opening[]; readonly reach: readonly number[] }>()
  for (const protocol of new Set(ports.map(({ rule }) => rule.protocol))) {
    const sorted = ports
      .flatMap(({ entry, rule: { protocol: own, port } }): readonly Opening[] => {
        if (own !== protocol || typeof port === 'string') return []
        return [port === null ? { entry, first: 0, last: Infinity } : { entry, first: port.first, last: port.last }]
      })
      .sort((a, b) => a.first - b.first)
    let highest = -1
    tables.set(protocol, { sorted, reach: sorted.map(({ last }) => (highest = Math.max(highest, last))) })
  }
  return (protocol, port) => {
    const { sorted, reach } = tables.get(protocol) ?? { sorted: [], reach: [] }
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle]?.first ?? Infinity) <= port) low = middle + 1
      else high = middle
    }
    const found: number[] = []
    for (let at = low - 1; at >= 0 && (reach[at] ?? -1) >= port; at--) {
      const opening = sorted[at]
      if (opening !== undefined && opening.last >= port) found.push(opening.entry)
    }
    return found.sort((a, b) => a - b)
  }
}
