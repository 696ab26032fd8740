import { blockRanges, whereaboutsOf, type Whereabouts } from '../engine/unknown-address.js'
import { grouped } from '../model/grouped.js'
import { lazy, once } from '../model/once.js'
import { FAMILIES } from '../net/address.js'
import { overlaps } from '../net/ranges.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Lens, MatrixWorld } from './lens.js'
import { sweep } from './sweep.js'

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
    const open = rules.flatMap(({ blocks, ports }) => {
      const set = lens.portsOf(ports)(destination)
      const some = blocks === null ? [] : (classes.blocks[blocks]?.blocks ?? [])
      return some.flatMap(blockRanges).map((range) => ({ range, item: set }))
    })
    const byFamily = FAMILIES.flatMap((one): readonly SetId[] => {
      const possible = where.possible.filter((range) => range.family === one)
      if (possible.length === 0) return []
      const pieces = sweep(sets, one, sets.none, open).filter((piece) =>
        possible.some((range) => overlaps(piece, range)),
      )
      const join = extent === 'possible' ? sets.union : sets.intersect
      return [pieces.map(({ value }) => value).reduce(join)]
    })
    // As things stand one family is enough
    return byFamily.length === 0 ? sets.none : byFamily.reduce(extent === 'sure' ? sets.intersect : sets.union)
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

function namesAt({ pod, namedPorts }: PodClass): string {
  return `${String(pod.hostNetwork)} ${namedPorts}`
}
