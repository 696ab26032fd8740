import type { Nodes } from '../matrix/answer.js'
import type { AnswerRow } from '../matrix/answers.js'
import type { PodClass } from '../matrix/classes.js'
import type { SetId } from '../matrix/connection-sets.js'
import { setAsked, wantedPorts } from './asked-ports.js'
import { classOf, type Matrix } from './class-matrix.js'
import { closedCaveats } from './closed-caveats.js'
import { linesBetween, withPossible } from './lines-between.js'
import type { MatrixEndpoint, Selection } from './matrix-endpoints.js'
import { nextOpen } from './next-open.js'
import { placesOf, type Place } from './places.js'
import { said, type Said } from './said.js'

/** Destinations of which a source says the same, by their numbers among the destinations, which ascend. */
export interface Destinations {
  readonly number: number
  readonly members: readonly number[]
}

/** Sources that say the same of every destination. */
export interface Sources {
  readonly kind: SourceKind
  /** By their numbers among the sources, which ascend. */
  readonly members: readonly number[]
}

/** Hears of destinations of which something is said, less those of some other lists; every destination is in one list at most. */
export type Hear = (destinations: Destinations, without: readonly Destinations[], found: Said) => void

/** What sources of a selection say of its destinations; what is open between two endpoints depends on their kinds only. */
export interface Reach {
  readonly sources: readonly MatrixEndpoint[]
  readonly destinations: readonly MatrixEndpoint[]
  /** Every source is in one of them. */
  readonly kinds: readonly Sources[]
  /** The lists that a destination is in. */
  readonly listsOf: (destination: number) => readonly Destinations[]
  /** How many lists of destinations there are. */
  readonly lists: number
  /** Tells what sources of a kind say; a single pod's answer to itself is among it. */
  hear(kind: SourceKind, hear: Hear): void
}

/** All that matters of a source. */
interface SourceKind {
  readonly podClass: PodClass
  readonly example: MatrixEndpoint
  /** Null where it does not matter. */
  readonly place: Place | null
  readonly isShown: boolean
}

/** Destinations that differ in their nodes at most. */
interface Column {
  readonly podClass: PodClass
  readonly example: MatrixEndpoint
  readonly asked: SetId
  readonly isShown: boolean
  readonly all: List
  readonly byPlace: Map<Place, List>
  readonly byProfile: Map<string, { readonly list: List; readonly places: Set<Place> }>
  /** What is said where only the set of open ports matters, by its number. */
  readonly plain: Said[]
}

interface List extends Destinations {
  readonly members: number[]
}

/** Sorts the endpoints of a selection into kinds. */
export function reachOf(matrix: Matrix, endpoints: readonly MatrixEndpoint[], selection: Selection): Reach {
  const { classes, sets } = matrix
  const { none } = sets
  const { port, within } = selection
  const caveats = closedCaveats(matrix)
  const places = placesOf()
  const hasHosts = classes.hosts.length > 0
  const placeOf = (endpoint: MatrixEndpoint) => (hasHosts ? places.of(endpoint.party) : null)
  const isShown = ({ id }: MatrixEndpoint) => within === null || within.has(id)
  const sources = endpoints.filter((endpoint) => selection.sources.has(endpoint))
  const destinations = endpoints.filter((endpoint) => selection.destinations.has(endpoint))

  let lists = 0
  const newList = (): List => ({ number: lists++, members: [] })
  const columns = new Map<string, Column>()
  const plain = new Map<string, Said[]>()
  const listsOf = destinations.map((endpoint, index): readonly Destinations[] => {
    const podClass = classOf(classes, endpoint.party)
    const wanted = JSON.stringify(wantedPorts(port, endpoint))
    const key = `${podClass.number} ${caveats.kindOf(endpoint)} ${String(isShown(endpoint))} ${wanted}`
    let column = columns.get(key)
    if (column === undefined) {
      const known = plain.get(wanted) ?? []
      plain.set(wanted, known)
      column = {
        podClass,
        example: endpoint,
        asked: setAsked(sets, port, endpoint),
        isShown: isShown(endpoint),
        all: newList(),
        byPlace: new Map(),
        byProfile: new Map(),
        plain: known,
      }
      columns.set(key, column)
    }
    column.all.members.push(index)
    const place = placeOf(endpoint)
    if (place === null) return [column.all]
    const here = column.byPlace.get(place) ?? newList()
    column.byPlace.set(place, here)
    here.members.push(index)
    const alike = column.byProfile.get(place.profile) ?? { list: newList(), places: new Set() }
    column.byProfile.set(place.profile, alike)
    alike.list.members.push(index)
    alike.places.add(place)
    return [column.all, here, alike.list]
  })
  const allColumns = [...columns.values()]
  const numbers = Int32Array.from(allColumns, ({ podClass }) => podClass.number)

  const kinds = new Map<string, { readonly kind: SourceKind; readonly members: number[] }>()
  const placeNumbers = new Map<Place | null, number>()
  for (const [index, endpoint] of sources.entries()) {
    const podClass = classes.asSource[classOf(classes, endpoint.party).number]
    if (podClass === undefined) continue
    const place = placeOf(endpoint)
    const placeNumber = placeNumbers.get(place) ?? placeNumbers.size
    placeNumbers.set(place, placeNumber)
    const key = `${podClass.number} ${caveats.kindOf(endpoint)} ${String(isShown(endpoint))} ${placeNumber}`
    const found = kinds.get(key) ?? {
      kind: { podClass, example: endpoint, place, isShown: isShown(endpoint) },
      members: [],
    }
    kinds.set(key, found)
    found.members.push(index)
  }

  function linesOf(kind: SourceKind, row: AnswerRow, column: Column, nodes: Nodes | null): Said {
    const answer = row.to(column.podClass, nodes, column.asked)
    const perhaps = caveats.between(kind.example, column.example)
    const all = perhaps === none ? answer : withPossible(matrix, answer, perhaps, column.asked)
    return said(linesBetween(matrix, kind.example, column.example, port, all, caveats))
  }

  return {
    sources,
    destinations,
    kinds: [...kinds.values()],
    listsOf: (destination) => listsOf[destination] ?? [],
    lists,
    hear(kind, hear) {
      const row = matrix.rowOf(kind.podClass)
      const { possible } = row
      const settled = row.settled()
      const isHost = kind.podClass.pod.hostNetwork
      const near = kind.place === null ? null : places.near(kind.place)
      for (
        let at = nextOpen(possible, none, numbers, 0);
        at < numbers.length;
        at = nextOpen(possible, none, numbers, at + 1)
      ) {
        const column = allColumns[at]
        if (column === undefined || !(kind.isShown || column.isShown)) continue
        if (isHost || column.podClass.pod.hostNetwork) {
          if (near !== null && kind.place !== null) hearHosts(kind, kind.place, near, row, column, hear)
          continue
        }
        const set = caveats.isConcerned ? -1 : (settled[numbers[at] ?? 0] ?? -1)
        const found =
          set < 0 ? linesOf(kind, row, column, null) : (column.plain[set] ??= linesOf(kind, row, column, null))
        if (found.lines.length > 0) hear(column.all, NOBODY, found)
      }
    },
  }

  /** The places that share a node are looked at one by one, and all others together. */
  function hearHosts(
    kind: SourceKind,
    place: Place,
    near: ReadonlySet<Place>,
    row: AnswerRow,
    column: Column,
    hear: Hear,
  ): void {
    const known = new Map<string, Said>()
    const saidWith = (nodes: Nodes | null): Said => {
      const key = JSON.stringify(nodes)
      const found = known.get(key) ?? linesOf(kind, row, column, nodes)
      known.set(key, found)
      return found
    }
    const apart = new Map<string, List[]>()
    const [few, many] = near.size < column.byPlace.size ? [near, column.byPlace] : [column.byPlace, near]
    for (const other of few.keys()) {
      const list = many.has(other) ? column.byPlace.get(other) : undefined
      if (list === undefined) continue
      const found = saidWith(places.between(place, other))
      if (found.lines.length > 0) hear(list, NOBODY, found)
      const same = apart.get(other.profile)
      if (same === undefined) apart.set(other.profile, [list])
      else same.push(list)
    }
    for (const [profile, { list, places: there }] of column.byProfile) {
      const without = apart.get(profile) ?? NOBODY
      if (without.length === there.size) continue
      for (const other of there) {
        if (near.has(other)) continue
        const found = saidWith(places.between(place, other))
        if (found.lines.length > 0) hear(list, without, found)
        break
      }
    }
  }
}

const NOBODY: readonly Destinations[] = []
