import type { ClassRule } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Gathering } from './gathering.js'
import { layering, type Layers } from './layers.js'
import type { Lens } from './lens.js'
import type { UnknownPeers } from './unknown-peers.js'

/** Whom a rule of a destination names, and the ports that it opens there. */
export interface Opening extends Pick<ClassRule, 'selectors' | 'blocks'> {
  /** The number of a group without known addresses, or null. */
  readonly unknown: number | null
  readonly destination: number
  readonly ports: SetId
}

interface Group {
  readonly members: readonly number[]
  /** Destination, ports, destination, ports … */
  readonly opened: number[]
}

/**
 * For each class as a source, what is opened to the groups that name it. It is kept by group and not by member, so that a
 * rule for everybody costs no more than one for few.
 */
export function openedToClasses(
  classes: number,
  lens: Lens,
  peers: UnknownPeers,
  openings: Iterable<Opening>,
  { addAll }: Gathering,
): readonly Layers[] {
  const groups = new Map<string, Group>()
  const note = (key: string, members: () => readonly number[], { destination, ports }: Opening): void => {
    const found = groups.get(key) ?? { members: members(), opened: [] }
    groups.set(key, found)
    found.opened.push(destination, ports)
  }
  for (const opening of openings) {
    const { selectors, blocks, unknown } = opening
    for (const group of selectors) note(`s${group}`, () => lens.selected(group), opening)
    if (blocks !== null) note(`b${blocks}`, () => lens.held(blocks), opening)
    if (unknown !== null)
      note(`u${unknown}`, () => (peers.groups()[unknown] ?? []).map(({ number }) => number), opening)
  }
  const list = [...groups.values()]
  const parts = list.map(({ opened }, number) => {
    const places = Int32Array.from(opened)
    return {
      number,
      cells: places.length / 2,
      open: () => {
        addAll(places)
      },
      hear: (cell: (number: number) => void) => {
        for (let at = 0; at < places.length; at += 2) cell(places[at] ?? 0)
      },
    }
  })
  const partsOf: (typeof parts)[] = Array.from({ length: classes }, () => [])
  for (const [number, part] of parts.entries()) {
    for (const member of list[number]?.members ?? []) partsOf[member]?.push(part)
  }
  return partsOf.map(layering(classes))
}
