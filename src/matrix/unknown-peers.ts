import { whereaboutsOf, type Whereabouts } from '../engine/unknown-address.js'
import { grouped } from '../model/grouped.js'
import { lazy, once } from '../model/once.js'
import type { IpBlock } from '../model/policy.js'
import { FAMILIES, type Family } from '../net/address.js'
import { contains, overlaps, type AddressRange } from '../net/ranges.js'
import { rangesIn } from './block-groups.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Lens, MatrixWorld } from './lens.js'
import { sweep, type RangeOf } from './sweep.js'

/** What blocks open to classes without a known address: those of all rules of a subject count together. */
export interface UnknownPeers {
  /** The classes of which nothing is known that tells their addresses apart. */
  readonly groups: () => readonly (readonly PodClass[])[]
  /** Those that have the same port names as well. */
  readonly alike: () => readonly (readonly PodClass[])[]
  /** The ports that the blocks of a subject's rules open to a class of such a group, at a destination. */
  readonly opened: (rules: readonly ClassRule[], peer: PodClass, destination: PodClass) => SetId
}

/** Prepares the classes without a known address under one lens. */
export function unknownPeers({ compiled, classes, sets }: MatrixWorld, lens: Lens): UnknownPeers {
  const { reading, family, extent } = lens.view
  const groups = lazy(() => {
    const unknown = classes.classes.filter(({ families }) => families.length === 0)
    return [true, false]
      .map((onHost) => unknown.filter(({ pod }) => pod.hostNetwork === onHost))
      .filter(([example]) => example !== undefined && whereOf(example) !== null)
  })
  const places = lazy(
    () => new Map(groups().flatMap((group) => group.map(({ number }) => [number, whereOf(group[0])] as const))),
  )
  const openedBy = once((rules: readonly ClassRule[]) => ({
    hasBlocks: rules.some(({ blocks }) => blocks !== null),
    hasNames: rules.some(({ ports }) => ports.some(({ port }) => typeof port === 'string')),
    sets: new Map<string, SetId>(),
  }))

  function whereOf(example: PodClass | undefined): Whereabouts | null {
    if (example === undefined) return null
    const end = { kind: 'pod', pod: example.pod, replica: 0 } as const
    const flow = { source: end, destination: end, protocol: 'TCP', port: 1, family } as const
    return whereaboutsOf(end, { compiled, flow, reading })
  }

  /** By port: in each place of the address some rule may be open to it, in all of them, or in none. */
  function compute(rules: readonly ClassRule[], where: Whereabouts, destination: PodClass): SetId {
    if (extent === 'sure' && !where.isBounded) return sets.none
    const byFamily = FAMILIES.flatMap((one): readonly SetId[] => {
      const possible = where.possible.filter((range) => range.family === one)
      return possible.length === 0 ? [] : [extent === 'possible' ? anywhere(possible) : everywhere(one, possible)]
    })
    // As things stand one family is enough
    return byFamily.length === 0 ? sets.none : byFamily.reduce(extent === 'sure' ? sets.intersect : sets.union)

    function opening(isMeant: (range: AddressRange) => boolean): readonly RangeOf<SetId>[] {
      return rules.flatMap(({ blocks, ports }) => {
        const ranges = rangesIn(classes.blocks[blocks ?? -1]?.blocks ?? NO_BLOCKS).filter(isMeant)
        const item = ranges.length === 0 ? sets.none : lens.portsOf(ports)(destination)
        return ranges.map((range) => ({ range, item }))
      })
    }

    function anywhere(possible: readonly AddressRange[]): SetId {
      const open = opening((range) => possible.some((some) => overlaps(some, range)))
      return open.map(({ item }) => item).reduce(sets.union, sets.none)
    }

    function everywhere(one: Family, possible: readonly AddressRange[]): SetId {
      const first = { family: one, value: possible[0]?.first ?? 0n }
      const there = opening((range) => contains(range, first))
      // What is open in all places is open in the first of them, and mostly no other rule adds to that
      const isWhole = ({ range }: RangeOf<SetId>) =>
        possible.every((some) => range.first <= some.first && some.last <= range.last)
      if (there.every(isWhole)) return there.map(({ item }) => item).reduce(sets.union, sets.none)
      const pieces = sweep(
        sets,
        one,
        sets.none,
        opening((range) => range.family === one),
      )
      return pieces
        .filter((piece) => possible.some((range) => overlaps(piece, range)))
        .map(({ value }) => value)
        .reduce(sets.intersect)
    }
  }

  return {
    groups,
    alike: lazy(() => groups().flatMap((group) => [...grouped(group, namesAt).values()])),
    opened(rules, peer, destination) {
      const { hasBlocks, hasNames, sets: known } = openedBy(rules)
      if (!hasBlocks) return sets.none
      const where = places().get(peer.number) ?? null
      if (where === null) return sets.none
      const key = `${String(peer.pod.hostNetwork)} ${hasNames ? namesAt(destination) : ''}`
      const found = known.get(key) ?? compute(rules, where, destination)
      known.set(key, found)
      return found
    },
  }
}

const NO_BLOCKS: readonly IpBlock[] = []

function namesAt({ pod, namedPorts }: PodClass): string {
  return `${String(pod.hostNetwork)} ${namedPorts}`
}
