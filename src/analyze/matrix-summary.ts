import { DIRECTIONS, MAX_PORT, type Direction } from '../model/flow.js'
import { FAMILIES } from '../net/address.js'
import { overlaps } from '../net/ranges.js'
import { internetRanges } from '../query/special-purpose.js'
import type { Connection } from './connections.js'
import { classOf } from './class-matrix.js'
import type { MatrixAnswer } from './matrix.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'

/** What a reader of a matrix should look at first. */
export interface MatrixSummary {
  /** Endpoints that no policy isolates, by direction. */
  readonly notIsolated: Readonly<Record<Direction, readonly MatrixEndpoint[]>>
  /** Endpoints that addresses of the internet may connect to. */
  readonly openToInternet: readonly MatrixEndpoint[]
  /** Pairs in different namespaces that are open on all ports. */
  readonly openAcross: readonly { readonly from: MatrixEndpoint; readonly to: MatrixEndpoint }[]
}

/** Sums up a matrix from all of its connections, which it hears of one by one. */
export function summaryOf({ endpoints, matrix }: MatrixAnswer): {
  readonly hear: (connection: Connection) => void
  readonly sum: () => MatrixSummary
} {
  const { classes, sets } = matrix
  const isolated = Object.fromEntries(
    DIRECTIONS.map((direction) => [
      direction,
      new Set(
        classes.policies.filter(({ rules }) => rules[direction] !== null).flatMap(({ subjects }) => subjects.value),
      ),
    ]),
  )
  const notIsolated = (direction: Direction) =>
    endpoints.filter(({ party }) => {
      const found = classOf(classes, party)
      return matrix.exempt(found) || isolated[direction]?.has(found.number) !== true
    })
  const internet = FAMILIES.flatMap(internetRanges)
  const open = new Set<MatrixEndpoint>()
  const openAcross: { from: MatrixEndpoint; to: MatrixEndpoint }[] = []
  const all = sets.ports(sets.all).length
  return {
    hear({ from, to, ports }) {
      if ('ranges' in from) {
        if (!('ranges' in to) && from.ranges.some((range) => internet.some((one) => overlaps(one, range)))) open.add(to)
      } else if (!('ranges' in to) && from.party.workload.namespace !== to.party.workload.namespace) {
        if (ports.length === all && ports.every(({ first, last }) => first === 1 && last === MAX_PORT))
          openAcross.push({ from, to })
      }
    },
    sum: () => ({
      notIsolated: { ingress: notIsolated('ingress'), egress: notIsolated('egress') },
      openToInternet: endpoints.filter((endpoint) => open.has(endpoint)),
      openAcross,
    }),
  }
}
