import { EXTERNAL } from '../../analyze/connections.js'
import { OUTSIDE_SPACE, type Overview } from '../../analyze/overview-result.js'
import { grouped } from '../../model/grouped.js'
import type { Style } from '../style.js'
import { drawGrid, widthOf, type Cell, type GridLine } from './grid.js'
import type { MatrixReport } from './matrix.js'
import { linesOf, MOST_ROWS, type Line } from './matrix-table.js'

const WORDS = {
  all: 'all ports of all pairs',
  some: 'some ports or pairs',
  unsure: 'some pair is not certain',
  possible: 'all pairs are closed, but not certainly',
}

/** The namespaces of a matrix as rows and columns. */
export interface NamespaceGrid {
  readonly spaces: readonly Space[]
  /** There are too many of them as well. */
  readonly isTooLarge: boolean
}

/** Finds the namespaces. */
export function namespaceGrid(report: MatrixReport, style: Style): NamespaceGrid {
  const spaces = spacesOf(linesOf(report))
  const grid = spaces.map(({ line }) => line)
  return { spaces, isTooLarge: grid.length > MOST_ROWS || (style.width !== null && widthOf(grid) > style.width) }
}

/** A picture of namespaces, for a matrix that is too large for one of workloads. */
export function namespacePicture(
  { frame }: MatrixReport,
  { spaces }: NamespaceGrid,
  { between }: Overview,
  style: Style,
  isTerminal: boolean,
): string {
  const within = frame?.within ?? null
  const members = new Map(spaces.map(({ line, members: some }) => [line, some]))
  const cellAt = (from: SpaceLine, to: SpaceLine): Cell | null => {
    const asked = askedPairs(members.get(from) ?? [], members.get(to) ?? [], within)
    if (asked === 0) return from.id === to.id && from.id !== OUTSIDE_SPACE && within === null ? 'itself' : null
    const found = between(from.id, to.id)
    if (found === undefined) return 'none'
    if (!found.open) return 'possible'
    return found.unsure ? 'unsure' : found.all === asked ? 'all' : 'some'
  }
  const lines = spaces.map(({ line }) => line)
  return drawGrid(lines, cellAt, style, isTerminal, WORDS)
}

/** A namespace by its name; the outside world has the empty one. */
type SpaceLine = GridLine & { readonly id: string }

interface Space {
  readonly line: SpaceLine
  readonly members: readonly Line[]
}

/** The namespaces as rows and columns, with what is in them. */
function spacesOf(lines: readonly Line[]): readonly Space[] {
  const byId = grouped(lines, (line) => (line.id === EXTERNAL ? OUTSIDE_SPACE : line.namespace))
  return [...byId].map(([id, members], index) => ({
    line: {
      id,
      name: members[0]?.id === EXTERNAL ? EXTERNAL : (members[0]?.group ?? ''),
      group: '',
      number: String(index + 1),
      isSource: members.some(({ isSource }) => isSource),
      isDestination: members.some(({ isDestination }) => isDestination),
    },
    members,
  }))
}

/** How many pairs were asked about: no single pod is paired with itself, and the outside never with itself. */
function askedPairs(from: readonly Line[], to: readonly Line[], within: ReadonlySet<string> | null): number {
  const [sources, destinations] = [from.filter(({ isSource }) => isSource), to.filter((line) => line.isDestination)]
  if (sources[0]?.id === EXTERNAL && destinations[0]?.id === EXTERNAL) return 0
  const inside = (line: Line) => within === null || within.has(line.id)
  const outOf = (some: readonly Line[]) => some.filter((line) => !inside(line)).length
  const all = sources.length * destinations.length - outOf(sources) * outOf(destinations)
  const ids = new Set(destinations.map(({ id }) => id))
  const alone = sources.filter((line) => ids.has(line.id) && !line.another && inside(line)).length
  return all - alone
}
