import type { Nodes } from '../matrix/answer.js'
import type { AnswerRow } from '../matrix/answers.js'
import type { PodClass } from '../matrix/classes.js'
import { cellBudget } from '../matrix/budget.js'
import { lazy } from '../model/once.js'
import { classOf, type Matrix } from './class-matrix.js'
import { closedCaveats } from './closed-caveats.js'
import { linesBetween, withPossible } from './lines-between.js'
import { columnDegrees } from './column-degrees.js'
import { CLOSED, degreeNumbers, nextTold, UNSETTLED, type Degrees, type Told } from './degrees.js'
import { CELLS_OF_A_LOOK, spendingFirst } from './look-costs.js'
import type { MatrixEndpoint, Selection } from './matrix-endpoints.js'
import { placesOf, type Place } from './places.js'
import { columnsOf, type Column, type Destinations, type List } from './reach-columns.js'
import { said, type Said } from './said.js'

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
  /** Lists that are told of as one, but for the nodes of their members: each destination is in one of them. */
  readonly columns: readonly Destinations[]
  /** How much sources of a kind open to each column; only to be read, until the next kind is asked for. */
  degreesOf(kind: SourceKind): Degrees
  /** What sums take of what is said of columns of a degree that is neither closed nor unsettled. */
  toldOf(degree: number): Told
  /** Tells what sources of a kind say, of all columns or closely of some; a single pod's answer to itself is among it. */
  hear(kind: SourceKind, hear: Hear, some?: readonly number[]): void
}

/** All that matters of a source. */
interface SourceKind {
  readonly podClass: PodClass
  readonly example: MatrixEndpoint
  /** Null where it does not matter. */
  readonly place: Place | null
  readonly isShown: boolean
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

  const {
    columns: allColumns,
    listsOf,
    lists,
  } = columnsOf(matrix, destinations, port, {
    keyOf: (endpoint) => `${caveats.kindOf(endpoint)} ${String(isShown(endpoint))}`,
    isShown,
    placeOf,
  })
  const spend = cellBudget(matrix)
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

  const spendFirst = spendingFirst(spend, [...kinds.values()], allColumns, caveats.isConcerned)
  const paid = new Set<SourceKind>()
  const numbered = degreeNumbers()
  const unsettled: Degrees = new Uint16Array(allColumns.length).fill(UNSETTLED)
  const degreesShown: Degrees = new Uint16Array(allColumns.length)
  const [anySource] = sources
  const [anyDestination] = destinations
  const told = columnDegrees(matrix, allColumns, port, numbered, (answer, column) => {
    const to = column?.example ?? anyDestination
    return said(
      anySource === undefined || to === undefined ? [] : linesBetween(matrix, anySource, to, port, answer, caveats),
    )
  })

  function degreesOf({ podClass, isShown: isSourceShown }: SourceKind): Degrees {
    spendFirst()
    // A mesh rests on pairs, and so do nodes
    if (caveats.isConcerned || podClass.pod.hostNetwork) return unsettled
    const degrees = told.of(podClass)
    if (isSourceShown || within === null) return degrees
    for (const [at, column] of allColumns.entries())
      degreesShown[at] = column.isShown ? (degrees[at] ?? CLOSED) : CLOSED
    return degreesShown
  }

  /** What is said of one pair after a close look. */
  function lookAt(kind: SourceKind, row: AnswerRow, column: Column, nodes: Nodes | null): Said {
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
    columns: allColumns.map(({ all }) => all),
    degreesOf,
    toldOf: numbered.told,
    hear(kind, hear, some) {
      // Who asks again for what was forgotten has paid for it
      const isPaid = caveats.isConcerned || paid.has(kind)
      paid.add(kind)
      const row = lazy(() => matrix.rowOf(kind.podClass))
      const isHost = kind.podClass.pod.hostNetwork
      const near = kind.place === null ? null : places.near(kind.place)
      const hearClosely = (at: number): void => {
        const column = allColumns[at]
        if (column === undefined || !(kind.isShown || column.isShown)) return
        if (!isPaid) spend(CELLS_OF_A_LOOK)
        if (row().possible[column.podClass.number] === none) return
        if (isHost || column.podClass.pod.hostNetwork) {
          if (near !== null && kind.place !== null) hearHosts(kind, kind.place, near, row(), column, hear)
          return
        }
        const found = lookAt(kind, row(), column, null)
        if (found.lines.length > 0) hear(column.all, NOBODY, found)
      }
      if (some !== undefined) {
        some.forEach(hearClosely)
        return
      }
      const degrees = degreesOf(kind)
      for (let at = nextTold(degrees, 0); at < degrees.length; at = nextTold(degrees, at + 1)) {
        const column = allColumns[at]
        if (column === undefined) continue
        if (degrees[at] === UNSETTLED) hearClosely(at)
        else hear(column.all, NOBODY, told.saidOf(at))
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
      const found = known.get(key) ?? lookAt(kind, row, column, nodes)
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
