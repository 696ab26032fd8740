import type { MatrixAnswer } from '../../analyze/matrix.js'
import { notIsolated } from '../../analyze/not-isolated.js'
import type { Direction } from '../../model/direction.js'
import { lazy } from '../../model/once.js'

/** What a picture shows besides connections: who has a row and a column, and who is isolated. Plain data, all by ids. */
export interface MatrixFrame {
  readonly sources: ReadonlySet<string>
  readonly destinations: ReadonlySet<string>
  /** Whether the outside world has a row and a column; `all` where every address is asked about. */
  readonly outside: Readonly<Record<'source' | 'destination', 'all' | 'some' | 'none'>>
  /** The ids of which one must be an end of what is shown, or null. */
  readonly within: ReadonlySet<string> | null
  /** Endpoints of several pods, which can connect to their own kind (D-6). */
  readonly several: ReadonlySet<string>
  /** Every port was asked about. */
  readonly everyPort: boolean
  /** Who is isolated by no policy, computed when it is asked for. */
  readonly notIsolated: () => Readonly<Record<Direction, readonly string[]>>
}

/** The frame of an answer. */
export function frameOf(answer: MatrixAnswer): MatrixFrame {
  const { sources, destinations, outsideSources, outsideDestinations, within, port } = answer.selection
  const sizeOf = (outside: typeof outsideSources) => (outside === null ? 'none' : outside === 'all' ? 'all' : 'some')
  return {
    sources: idsOf(sources),
    destinations: idsOf(destinations),
    outside: { source: sizeOf(outsideSources), destination: sizeOf(outsideDestinations) },
    within,
    several: idsOf(answer.endpoints.filter(({ another }) => another)),
    everyPort: port.kind === 'whole-set',
    notIsolated: lazy(() => notIsolated(answer)),
  }
}

function idsOf(endpoints: Iterable<{ readonly id: string }>): ReadonlySet<string> {
  return new Set([...endpoints].map(({ id }) => id))
}
