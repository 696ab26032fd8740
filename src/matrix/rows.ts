import { lazy, once } from '../model/once.js'
import { recent } from '../model/recent.js'
import type { Direction } from '../model/direction.js'
import { checkCells } from './budget.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import { gathering, type Row } from './gathering.js'
import type { Lens, MatrixWorld } from './lens.js'
import { layering, NO_LAYERS, type Layers, type Part } from './layers.js'
import { openedToClasses, type Opening } from './membership.js'
import { selecting, type Selecting } from './selecting.js'
import { unknownPeers } from './unknown-peers.js'

/** Whole rows of answers under one lens, and single cells where few are asked. */
export interface Rows {
  /** For each destination class by its number, the ports that both directions open. */
  from(source: PodClass): Row
  /** Marks those of some destinations to which something else is open than a row says. */
  markOthers(source: PodClass, row: Row, numbers: Int32Array, marks: Uint8Array): void
  /** One direction of one cell. */
  cell(direction: Direction, source: PodClass, destination: PodClass): SetId
}

/** How many cells of rows are kept for what several sources have in common. */
const KEPT_CELLS = 1_000_000

/**
 * Computes rows without a loop over pairs of classes and rules: an isolated destination is reached through the groups
 * that name the source, an isolated source goes through its own rules.
 */
export function rowsUnder(world: MatrixWorld, lens: Lens): Rows {
  const {
    classes: { classes, policies },
    sets,
  } = world
  const { length } = classes
  const unknown = unknownPeers(world, lens)
  const subjects = selecting(classes, policies, lens)
  const numbers = Int32Array.from(classes, ({ number }) => number)
  const gathered = gathering(length, sets)
  const doubtful = classes.filter((subject) => subjects('ingress', subject).doubtful)
  const rulesBy = {
    ingress: once((isolating: Selecting) => collected(isolating, 'ingress')),
    egress: once((isolating: Selecting) => collected(isolating, 'egress')),
  }
  const rulesOf = (isolating: Selecting, direction: Direction) => rulesBy[direction](isolating)

  /** One list for the same policies. */
  function collected({ policies: isolating }: Selecting, direction: Direction): readonly ClassRule[] {
    return isolating.flatMap((policy) => policies[policy]?.rules[direction] ?? [])
  }

  /** What destinations open to everybody, and to those whom their rules name. */
  const destinations = lazy(() => {
    const base: Row = new Int32Array(length)
    const openings: Opening[] = []
    for (const subject of classes) {
      const isolating = subjects('ingress', subject)
      let open = isolating.free ? sets.all : sets.none
      const rules = rulesOf(isolating, 'ingress')
      for (const rule of rules) {
        const ports = lens.portsOf(rule.ports)(subject)
        if (rule.anyPeer) open = sets.union(open, ports)
        else openings.push({ ...rule, unknown: null, destination: subject.number, ports })
      }
      for (const [group, [example]] of unknown.groups.entries()) {
        const ports = example === undefined ? sets.none : unknown.opened(rules, example, subject)
        if (ports !== sets.none)
          openings.push({ selectors: [], blocks: null, unknown: group, destination: subject.number, ports })
      }
      base[subject.number] = open
    }
    return { openedTo: openedToClasses(length, lens, unknown, openings, gathered), rowOf: rowMaker(base) }
  })
  const sources = lazy(() => ({
    layersOf: layering(length),
    partOf: once(partOf),
    unknownPartOf: once(unknownPartOf),
    rowOf: rowMaker(new Int32Array(length).fill(sets.none)),
  }))

  function partOf(rule: ClassRule): Part {
    const { number, anyPeer, selectors, blocks } = rule
    const ports = lens.portsOf(rule.ports)
    const members = anyPeer
      ? [numbers]
      : [...selectors.map(lens.selected), ...(blocks === null ? [] : [lens.held(blocks)])]
    return {
      number,
      cells: members.reduce((sum, group) => sum + group.length, 0),
      open() {
        for (const group of members) for (const member of group) gathered.add(member, ports(classes[member] ?? null))
      },
    }
  }

  let unknownParts = 0

  /** What the blocks of a source's rules open to classes without a known address. */
  function unknownPartOf(rules: readonly ClassRule[]): Part | null {
    const opened = unknown.alike.flatMap((members) => {
      const [example] = members
      const ports = example === undefined ? sets.none : unknown.opened(rules, example, example)
      return ports === sets.none ? [] : [{ members, ports }]
    })
    if (opened.length === 0) return null
    return {
      // Rules have the numbers from 0 on
      number: -++unknownParts,
      cells: opened.reduce((sum, { members }) => sum + members.length, 0),
      open() {
        for (const { members, ports } of opened) for (const { number } of members) gathered.add(number, ports)
      },
    }
  }

  /** Makes rows above a base; each takes the place of the one before it. */
  function rowMaker(base: Row): (layers: Layers) => Row {
    const row: Row = new Int32Array(length)
    const fill = (into: Row, from: Row, parts: readonly Part[]): Row => {
      gathered.begin(into, from)
      for (const part of parts) {
        checkCells((sets.counters.opened += part.cells))
        part.open()
      }
      gathered.end()
      return into
    }
    const mostRows = Math.max(1, Math.floor(KEPT_CELLS / Math.max(1, length)))
    const shared = recent(mostRows, (wide: readonly Part[]) => fill(new Int32Array(length), base, wide))
    return ({ wide, narrow }) => fill(row, wide.length === 0 ? base : shared(wide), narrow)
  }

  function cell(direction: Direction, source: PodClass, destination: PodClass): SetId {
    const [subject, peer] = direction === 'egress' ? [source, destination] : [destination, source]
    const selected = subjects(direction, subject)
    const { free, doubtful: inDoubt } = selected
    if (free) return sets.all
    const opened = (rules: readonly ClassRule[]) =>
      rules
        .filter((rule) => lens.names(rule, peer))
        .reduce(
          (open, rule) => sets.union(open, lens.portsOf(rule.ports)(destination)),
          unknown.opened(rules, peer, destination),
        )
    if (!inDoubt) return opened(rulesOf(selected, direction))
    return selected.policies
      .map((policy) => opened(policies[policy]?.rules[direction] ?? []))
      .reduce(sets.intersect, sets.all)
  }

  /** Only to be read until the next source is asked for, like the other direction. */
  function egress(source: PodClass): Row | null {
    const isolating = subjects('egress', source)
    if (isolating.free) return null
    if (isolating.doubtful) return Int32Array.from(classes, (one) => cell('egress', source, one))
    const { layersOf, partOf: part, unknownPartOf: unknownPart, rowOf } = sources()
    const rules = rulesOf(isolating, 'egress')
    const ofUnknown = unknownPart(rules)
    return rowOf(layersOf([...rules.map(part), ...(ofUnknown === null ? [] : [ofUnknown])]))
  }

  function ingress(source: PodClass): Row {
    const { openedTo, rowOf } = destinations()
    const row = rowOf(openedTo[source.number] ?? NO_LAYERS)
    for (const subject of doubtful) row[subject.number] = cell('ingress', source, subject)
    return row
  }

  return {
    cell,
    from(source) {
      const [out, into] = [egress(source), ingress(source)]
      const both = into.slice()
      if (out === null) return both
      for (let number = 0; number < length; number++) {
        const open = both[number] ?? sets.none
        if (open !== sets.none) both[number] = sets.intersect(out[number] ?? sets.none, open)
      }
      return both
    },
    markOthers(source, row, numbers, marks) {
      const [out, into] = [egress(source), ingress(source)]
      for (let index = 0; index < numbers.length; index++) {
        const number = numbers[index] ?? 0
        const open = sets.intersect(out === null ? sets.all : (out[number] ?? sets.none), into[number] ?? sets.none)
        if (open !== row[number]) marks[number] = 1
      }
    },
  }
}
