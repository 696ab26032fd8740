import type { ClassRule } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Gathering } from './gathering.js'
import { layering, type Layers } from './layers.js'
import type { Lens } from './lens.js'
import type { UnknownPeers } from './unknown-peers.js'

interface Group {
  readonly members: readonly number[]
  /** Destination, ports, destination, ports … */
  readonly opened: number[]
}

/** Collects what destinations open to groups of classes, and tells each class as a source what is opened to it. */
export interface Openings {
  /** Ports that a rule of a destination opens to those whom it names. */
  add(rule: Pick<ClassRule, 'selectors' | 'blocks'>, destination: number, ports: SetId): void
  /** Ports that a destination opens to a group of classes without known addresses, by its number. */
  addUnknown(group: number, destination: number, ports: SetId): void
  /** By the number of the class. */
  layers(): readonly Layers[]
}

/** Openings are kept by group and not by member, so that a rule for everybody costs no more than one for few. */
export function openingsTo(classes: number, lens: Lens, peers: UnknownPeers, { addAll }: Gathering): Openings {
  const list: Group[] = []
  const groupsBy = () => {
    const known: (Group | undefined)[] = []
    return (number: number, members: (number: number) => readonly number[]): Group => {
      const found = known[number]
      if (found !== undefined) return found
      const made = { members: members(number), opened: [] }
      list.push(made)
      return (known[number] = made)
    }
  }
  const [selected, held, unknown] = [groupsBy(), groupsBy(), groupsBy()]
  const numbersOf = (group: number) => (peers.groups()[group] ?? []).map(({ number }) => number)
  return {
    add({ selectors, blocks }, destination, ports) {
      for (const group of selectors) selected(group, lens.selected).opened.push(destination, ports)
      if (blocks !== null) held(blocks, lens.held).opened.push(destination, ports)
    },
    addUnknown(group, destination, ports) {
      unknown(group, numbersOf).opened.push(destination, ports)
    },
    layers: () => layersOf(classes, list, addAll),
  }
}

function layersOf(classes: number, list: readonly Group[], addAll: Gathering['addAll']): readonly Layers[] {
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
