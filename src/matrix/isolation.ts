import { lazy, once } from '../model/once.js'
import { recent } from '../model/recent.js'
import type { Direction } from '../model/direction.js'
import { cellBudget, KEPT_CELLS } from './budget.js'
import type { ClassPolicy, ClassRule, PodClass } from './classes.js'
import { gathering, type Row } from './gathering.js'
import { askedAmong, type Lens, type MatrixWorld } from './lens.js'
import { layering, NO_LAYERS, type Layers, type Part } from './layers.js'
import { openingsTo } from './membership.js'
import type { SetId } from './connection-sets.js'
import { selecting, type Selecting } from './selecting.js'
import type { TierCell, TierRow, TierRows } from './tier-rows.js'
import { unknownPeers } from './unknown-peers.js'

/**
 * Rows of policies that isolate: what is open is the union of the rules of all of them that select a class. There is
 * no loop over pairs of classes and rules: an isolated destination is reached through the groups that name the source, an
 * isolated source goes through its own rules. In the last tier what none isolates is open, else it is left to the next (C-7).
 */
export function isolationRows(
  world: MatrixWorld,
  lens: Lens,
  policies: readonly ClassPolicy[],
  place: 'last' | 'before others',
): TierRows {
  const {
    classes: { classes },
    sets,
  } = world
  const { destinations: asked = classes } = world
  const askedIn = askedAmong(world)
  const spend = cellBudget(world)
  const isLast = place === 'last'
  const { length } = classes
  const unknown = unknownPeers(world, lens)
  const subjects = selecting(classes, policies, lens)
  const numbers = asked.map(({ number }) => number)
  const gathered = gathering(length, sets)
  const doubtful = lazy(() => asked.filter((subject) => subjects('ingress', subject).doubtful))
  const rulesBy = {
    ingress: once((isolating: Selecting) => collected(isolating, 'ingress')),
    egress: once((isolating: Selecting) => collected(isolating, 'egress')),
  }
  const noRules: readonly ClassRule[] = []
  // What is open anyway needs no rules
  const rulesOf = (isolating: Selecting, direction: Direction) =>
    isolating.free && isLast ? noRules : rulesBy[direction](isolating)

  /** One list for the same policies. */
  function collected({ policies: isolating }: Selecting, direction: Direction): readonly ClassRule[] {
    return isolating.flatMap((policy) => policies[policy]?.rules[direction] ?? [])
  }

  /** What destinations open to everybody, and to those whom their rules name. */
  const destinations = lazy(() => {
    const base: Row = new Int32Array(length)
    const openings = openingsTo(length, lens, unknown, gathered)
    for (const subject of asked) {
      const isolating = subjects('ingress', subject)
      let open = isolating.free && isLast ? sets.all : sets.none
      const rules = rulesOf(isolating, 'ingress')
      for (const rule of rules) {
        const ports = lens.portsOf(rule.ports)(subject)
        if (rule.anyPeer) open = sets.union(open, ports)
        else openings.add(rule, subject.number, ports)
      }
      for (const [group, [example]] of unknown.groups().entries()) {
        const ports = example === undefined ? sets.none : unknown.opened(rules, example, subject)
        if (ports !== sets.none) openings.addUnknown(group, subject.number, ports)
      }
      base[subject.number] = open
    }
    const passed = isLast
      ? null
      : Int32Array.from(classes, (one) => (subjects('ingress', one).free ? sets.all : sets.none))
    return { passed, openedTo: openings.layers(), rowOf: rowMaker(base) }
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
      : [...selectors.map(lens.selected), ...(blocks === null ? [] : [lens.held(blocks)])].map(askedIn)
    return {
      number,
      cells: members.reduce((sum, group) => sum + group.length, 0),
      open() {
        for (const group of members) for (const member of group) gathered.add(member, ports(classes[member] ?? null))
      },
      hear(cell) {
        for (const group of members) group.forEach(cell)
      },
    }
  }

  const unknownParts = new Map<string, Part>()
  const alikeAsked = lazy(() =>
    unknown.alike().flatMap((alike) => {
      const [example] = alike
      const members = askedIn(alike.map(({ number }) => number))
      return example === undefined || members.length === 0 ? [] : [{ example, members }]
    }),
  )

  /** What the blocks of a source's rules open to classes without a known address; the same part for all that open the same. */
  function unknownPartOf(rules: readonly ClassRule[]): Part | null {
    const alike = alikeAsked()
    const ports = alike.map(({ example }) => unknown.opened(rules, example, example))
    if (ports.every((set) => set === sets.none)) return null
    const key = ports.join()
    const found = unknownParts.get(key)
    if (found !== undefined) return found
    const opened = alike.flatMap(({ members }, at) => {
      const set = ports[at] ?? sets.none
      return set === sets.none ? [] : [{ members, ports: set }]
    })
    const made: Part = {
      // Rules have the numbers from 0 on
      number: -1 - unknownParts.size,
      cells: opened.reduce((sum, { members }) => sum + members.length, 0),
      open() {
        for (const { members, ports: set } of opened) for (const number of members) gathered.add(number, set)
      },
      hear(cell) {
        for (const { members } of opened) members.forEach(cell)
      },
    }
    unknownParts.set(key, made)
    return made
  }

  /** Makes rows above a base; each takes the place of the one before it. */
  function rowMaker(base: Row): (layers: Layers) => Pick<TierRow, 'open'> & Required<Pick<TierRow, 'above'>> {
    const row: Row = new Int32Array(length)
    const fill = (into: Row, from: Row, parts: readonly Part[]): Row => {
      gathered.begin(into, from)
      for (const part of parts) {
        sets.counters.opened += part.cells
        spend(part.cells)
        part.open()
      }
      gathered.end()
      return into
    }
    const mostRows = Math.max(1, Math.floor(KEPT_CELLS / Math.max(1, length)))
    const shared = recent(mostRows, (wide: readonly Part[]) => fill(new Int32Array(length), base, wide))
    return ({ wide, narrow }) => {
      const common = wide.length === 0 ? base : shared(wide)
      return { open: fill(row, common, narrow), above: { common, parts: narrow } }
    }
  }

  /** What rules open between one peer and one destination. */
  function opened(rules: readonly ClassRule[], peer: PodClass, destination: PodClass): SetId {
    let open = unknown.opened(rules, peer, destination)
    for (const rule of rules) if (lens.names(rule, peer)) open = sets.union(open, lens.portsOf(rule.ports)(destination))
    return open
  }

  function cell(direction: Direction, source: PodClass, destination: PodClass): TierCell {
    const subject = direction === 'egress' ? source : destination
    const peer = direction === 'egress' ? destination : source
    const selected = subjects(direction, subject)
    if (selected.free && isLast) return { open: sets.all, passed: sets.none }
    if (!selected.doubtful) {
      const open = opened(rulesOf(selected, direction), peer, destination)
      return { open, passed: selected.free ? sets.all : sets.none }
    }
    const both = selected.policies
      .map((policy) => opened(policies[policy]?.rules[direction] ?? [], peer, destination))
      .reduce(sets.intersect, sets.all)
    return isLast ? { open: both, passed: sets.none } : { open: sets.none, passed: both }
  }

  return {
    cell,
    egress(source) {
      const isolating = subjects('egress', source)
      if (isolating.free && (isLast || isolating.policies.length === 0)) return null
      if (isolating.doubtful) {
        const row = { open: new Int32Array(length), passed: new Int32Array(length) }
        for (const one of asked) {
          const { open, passed } = cell('egress', source, one)
          row.open[one.number] = open
          row.passed[one.number] = passed
        }
        return row
      }
      const { layersOf, partOf: part, unknownPartOf: unknownPart, rowOf } = sources()
      const rules = rulesOf(isolating, 'egress')
      const ofUnknown = unknownPart(rules)
      const made = rowOf(layersOf([...rules.map(part), ...(ofUnknown === null ? [] : [ofUnknown])]))
      return { ...made, passed: isolating.free ? new Int32Array(length).fill(sets.all) : null }
    },
    ingress(source) {
      const { openedTo, rowOf, passed } = destinations()
      const made = rowOf(openedTo[source.number] ?? NO_LAYERS)
      if (doubtful().length === 0) return { ...made, passed }
      const { open } = made
      const left = passed === null ? passed : passed.slice()
      for (const subject of doubtful()) {
        const found = cell('ingress', source, subject)
        open[subject.number] = found.open
        if (left !== null) left[subject.number] = found.passed
      }
      return { open, passed: left }
    },
  }
}
