import type { PodClass } from '../matrix/classes.js'
import type { SetId } from '../matrix/connection-sets.js'
import type { PortQuestion } from '../query/port.js'
import { setAsked, wantedPorts } from './asked-ports.js'
import { classOf, type Matrix } from './class-matrix.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import type { Place } from './places.js'
import type { Said } from './said.js'

/** Destinations of which a source says the same, by their numbers among the destinations, which ascend. */
export interface Destinations {
  readonly number: number
  readonly members: readonly number[]
}

/** Destinations that differ in their nodes at most. */
export interface Column {
  readonly podClass: PodClass
  readonly example: MatrixEndpoint
  readonly asked: SetId
  readonly isShown: boolean
  readonly all: List
  readonly byPlace: Map<Place, List>
  readonly byProfile: Map<string, { readonly list: List; readonly places: Set<Place> }>
  /** What is said where only the set of open ports matters, by its number. */
  readonly plain: Map<SetId, Said>
}

export interface List extends Destinations {
  readonly members: number[]
}

/** What tells destinations apart besides their classes and the ports that are asked about. */
export interface Traits {
  readonly keyOf: (endpoint: MatrixEndpoint) => string
  readonly isShown: (endpoint: MatrixEndpoint) => boolean
  /** Null where nodes do not matter. */
  readonly placeOf: (endpoint: MatrixEndpoint) => Place | null
}

/** Columns, the lists that each destination is in, and how many lists there are. */
export interface Columns {
  readonly columns: readonly Column[]
  readonly listsOf: readonly (readonly Destinations[])[]
  readonly lists: number
}

/** Sorts destinations into columns. */
export function columnsOf(
  matrix: Matrix,
  destinations: readonly MatrixEndpoint[],
  port: PortQuestion,
  { keyOf, isShown, placeOf }: Traits,
): Columns {
  let lists = 0
  const newList = (): List => ({ number: lists++, members: [] })
  const columns = new Map<string, Column>()
  const plain = new Map<string, Map<SetId, Said>>()
  const listsOf = destinations.map((endpoint, index): readonly Destinations[] => {
    const podClass = classOf(matrix.classes, endpoint.party)
    const wanted = JSON.stringify(wantedPorts(port, endpoint))
    const key = `${podClass.number} ${keyOf(endpoint)} ${wanted}`
    let column = columns.get(key)
    if (column === undefined) {
      const known = plain.get(wanted) ?? new Map<SetId, Said>()
      plain.set(wanted, known)
      column = {
        podClass,
        example: endpoint,
        asked: setAsked(matrix.sets, port, endpoint),
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
  return { columns: [...columns.values()], listsOf, lists }
}
