import type { CompiledCluster } from '../engine/compile.js'
import { isPassedOver, type Reading } from '../engine/readings.js'
import { once } from '../model/once.js'
import { FAMILIES, type Family } from '../net/address.js'
import { MAX_PORT } from '../model/protocol.js'
import type { PortRule } from '../model/policy.js'
import type { Classes, ClassRule, PodClass } from './classes.js'
import type { ConnectionSets, SetId } from './connection-sets.js'
import { EVERY_PORT, type PortAtom } from './port-atoms.js'
import type { Members } from './selector-groups.js'

/** What rows are computed in. */
export interface MatrixWorld {
  readonly compiled: CompiledCluster
  readonly classes: Classes
  readonly sets: ConnectionSets
  /** The only classes that are asked about as destinations; what a row has for others is of no use. Left out where all are. */
  readonly destinations?: readonly PodClass[] | undefined
}

/** The destinations that are asked about, where these are so few that their cells take less than rows; else null. */
export function fewDestinations({ classes: { classes }, destinations }: MatrixWorld): readonly PodClass[] | null {
  if (destinations === undefined) return null
  return destinations.length === 1 || destinations.length * FEW <= classes.length ? destinations : null
}

/** A cell takes as long as this part of a row. */
const FEW = 16

/** Which of some classes may be asked about as destinations, each by its number. */
export function askedAmong({ destinations }: MatrixWorld): (numbers: readonly number[]) => readonly number[] {
  if (destinations === undefined) return (numbers) => numbers
  const asked = new Set(destinations.map(({ number }) => number))
  return (numbers) => numbers.filter((number) => asked.has(number))
}

/** One way to look at a cluster. */
export interface View {
  readonly family: Family | null
  readonly reading: Reading
  readonly extent: Extent
}

/** What counts as open: what holds whatever the input leaves open, or as things stand, or what may turn out to hold. */
export type Extent = Exclude<keyof Members, 'ofHosts'>

/** Resolves rules to classes and port sets under one interpretation. */
export interface Lens {
  readonly view: View
  /** Policies ignore the class. */
  exempt(subject: PodClass): boolean
  /** The classes that a group of selectors names. */
  readonly selected: (group: number) => readonly number[]
  /** The classes with known addresses that the blocks of a rule hold; of the others all rules tell together. */
  readonly held: (group: number) => readonly number[]
  names(rule: ClassRule, peer: PodClass): boolean
  /** The ports that a rule opens at a destination; null is one outside the cluster. */
  portsOf(rules: readonly PortRule[]): (destination: PodClass | null) => SetId
}

/** What a rule may match at least and at most, as far as an extent asks; as things stand both are one. */
export interface Lenses {
  readonly extent: Extent
  readonly least: Lens
  readonly most: Lens
}

/** The lenses of a tier whose rules can take away as well. */
export function lensesOf(world: MatrixWorld, view: View): Lenses {
  const { extent } = view
  const under = (one: Extent) => lensOf(world, { ...view, extent: one })
  if (extent !== 'value') return { extent, least: under('sure'), most: under('possible') }
  const lens = under('value')
  return { extent, least: lens, most: lens }
}

/** One lens for all who look alike at the same classes. */
export function lensOf({ classes, sets }: MatrixWorld, view: View): Lens {
  const known = lensesIn(classes)(sets)
  const key = JSON.stringify([view.family, view.extent, view.reading])
  const found = known.get(key) ?? newLens(classes, sets, view)
  known.set(key, found)
  return found
}

const lensesIn = once<Classes, (sets: ConnectionSets) => Map<string, Lens>>(() => once(() => new Map<string, Lens>()))

function newLens(classes: Classes, sets: ConnectionSets, view: View): Lens {
  const { reading, family } = view
  const exempt = ({ pod }: PodClass) => isPassedOver(pod, reading)
  const isVisible = (number: number) => {
    const found = classes.classes[number]
    return found !== undefined && !exempt(found)
  }
  const selected = remembered((group) => {
    const members = classes.selectors[group]
    const named = members?.[view.extent] ?? []
    return members?.ofHosts === true ? named : named.filter(isVisible)
  })
  const held = remembered((group) => {
    const holds = classes.blocks[group]?.holds ?? { IPv4: [], IPv6: [] }
    const isMatched = (number: number) =>
      reading.ipblockPods === 'match' || classes.classes[number]?.pod.hostNetwork === true
    const known = FAMILIES.filter((one) => family === null || family === one).flatMap((one) => holds[one])
    const matched = reading.ipblockPods === 'match' ? known : known.filter(isMatched)
    const isOneList = FAMILIES.some((one) => known.length === holds[one].length)
    return isOneList ? matched : [...new Set(matched)]
  })
  const selectedSet = remembered((group) => new Set(selected(group)))
  const heldSet = remembered((group) => new Set(held(group)))
  const known = new Map<readonly PortRule[], (destination: PodClass | null) => SetId>()
  return {
    view,
    exempt,
    selected,
    held,
    names: ({ anyPeer, selectors, blocks }, { number }) =>
      anyPeer ||
      selectors.some((group) => selectedSet(group).has(number)) ||
      (blocks !== null && heldSet(blocks).has(number)),
    portsOf(rules) {
      const opened = known.get(rules) ?? opener(rules)
      known.set(rules, opened)
      return opened
    },
  }

  function opener(rules: readonly PortRule[]): (destination: PodClass | null) => SetId {
    const numbers = numbered(rules)
    const fixed = sets.of(numbers)
    const names = new Set(
      rules.flatMap(({ protocol, port }) => (typeof port === 'string' ? [`${port}/${protocol}`] : [])),
    )
    if (names.size === 0) return () => fixed
    const resolved = new Map<string, SetId>()
    return (destination) => {
      if (destination === null || exempt(destination)) return fixed
      const found = resolved.get(destination.namedPorts) ?? sets.of([...numbers, ...named(names, destination)])
      resolved.set(destination.namedPorts, found)
      return found
    }
  }
}

/** The ports that the entries of `ports` open by number; no entries at all open every port. */
function numbered(rules: readonly PortRule[]): readonly PortAtom[] {
  if (rules.length === 0) return EVERY_PORT
  return rules.flatMap(({ protocol, port }) => {
    if (typeof port === 'string') return []
    return [{ protocol, ...(port ?? { first: 1, last: MAX_PORT }) }]
  })
}

/** The ports that names open at a pod that policies see: one walk over its ports, however many names there are. */
function named(names: ReadonlySet<string>, { pod }: PodClass): readonly PortAtom[] {
  return pod.ports.flatMap(({ name, protocol, port }) =>
    name !== null && names.has(`${name}/${protocol}`) ? [{ protocol, first: port, last: port }] : [],
  )
}

/** Computes a value for a number once. */
function remembered<Value>(compute: (number: number) => Value): (number: number) => Value {
  const known: Value[] = []
  return (number) => (known[number] ??= compute(number))
}
