import { first, inside, last, parsePrefix, width, type Address, type Prefix } from '../reference/addresses.js'
import { format } from '../reference/generate-universe.js'
import { at, dictOf, isDict, listOf, PEERS, textOf, type Dict, type Direction, type Json } from './laws-json.js'

/** A CIDR as text, without host bits. */
export function cidrText({ family, value, length }: Prefix): string {
  return `${format({ family, value })}/${length}`
}

/** Both halves of a CIDR; none of a single address. */
export function halves({ family, value, length }: Prefix): readonly Prefix[] {
  const longer = length + 1
  if (longer > width(family)) return []
  const step = 1n << BigInt(width(family) - longer)
  return [value, value + step].map((start) => ({
    family,
    value: start,
    length: longer,
    hostBits: false,
    mapped: false,
  }))
}

/** Whether the second lies in the first, or is it. */
export function holds(outer: Prefix, inner: Prefix): boolean {
  return inner.length >= outer.length && inside(inner, outer)
}

/** The fewest CIDRs that make up a CIDR without others. */
export function cover(cidr: Prefix, except: readonly Prefix[]): readonly Prefix[] {
  if (except.some((hole) => holds(hole, cidr))) return []
  if (!except.some((hole) => holds(cidr, hole))) return [cidr]
  return halves(cidr).flatMap((half) => cover(half, except))
}

export interface BlockOf {
  readonly cidr: Prefix
  readonly except: readonly Prefix[]
}

/** The block of a peer; null for selectors. */
export function blockOf(peer: Json): BlockOf | null {
  const block = at(peer, 'ipBlock')
  if (!isDict(block)) return null
  return {
    cidr: parsePrefix(textOf(block['cidr'])),
    except: listOf(block['except']).map((text) => parsePrefix(textOf(text))),
  }
}

export function blockPeer({ cidr, except }: BlockOf): Dict {
  return { ipBlock: { cidr: cidrText(cidr), except: except.map(cidrText) } }
}

/** Every block of the policies. */
export function blocksIn(policies: readonly Dict[]): readonly BlockOf[] {
  const directions: readonly Direction[] = ['ingress', 'egress']
  return policies.flatMap(({ spec }) =>
    directions.flatMap((direction) =>
      listOf(dictOf(spec)[direction]).flatMap((rule) =>
        listOf(at(rule, PEERS[direction])).flatMap((peer) => blockOf(peer) ?? []),
      ),
    ),
  )
}

/** The first address of every stretch that no block tells apart (E-3), of a family. */
export function starts(family: Address['family'], blocks: readonly BlockOf[]): readonly bigint[] {
  const edges = blocks
    .flatMap(({ cidr, except }) => [cidr, ...except])
    .filter((edge) => edge.family === family)
    .flatMap((edge) => [first(edge), last(edge) + 1n])
  return [...new Set([0n, ...edges])].sort((a, b) => (a < b ? -1 : 1))
}
