import { EXTERNAL } from '../../analyze/connections.js'
import { grouped } from '../../model/grouped.js'
import type { Style } from '../style.js'
import { drawGrid, widthOf, type Cell, type GridLine } from './grid.js'
import type { MatrixListener, MatrixReport } from './matrix.js'
import { cellOf, linesOf, MOST_ROWS, type Line } from './matrix-table.js'

const WORDS = {
  all: 'all ports of all pairs',
  some: 'some ports or pairs',
  unsure: 'some pair is not certain',
  possible: 'all pairs are closed, but not certainly',
}

/** What the connections between two namespaces are: how many are open on all ports, whether any is open, or not certain. */
interface Pairs {
  all: number
  open: boolean
  unsure: boolean
}

/**
 * A picture of namespaces, for a matrix that is too large for one of workloads. Null where there are too many namespaces
 * as well; the connections have been heard all the same.
 */
export function namespacePicture(
  report: MatrixReport,
  style: Style,
  isTerminal: boolean,
  listener: MatrixListener,
): string | null {
  const lines = linesOf(report)
  const namespaceOf = new Map(lines.map((line) => [line.id, line.id === EXTERNAL ? EXTERNAL : line.namespace]))
  const spaces = spacesOf(lines)
  const grid = spaces.map(({ line }) => line)
  const isTooLarge = grid.length > MOST_ROWS || (style.width !== null && widthOf(grid) > style.width)
  const pairs = new Map<string, Pairs>()
  for (const connection of report.connections?.(listener) ?? []) {
    if (isTooLarge) continue
    const key = `${namespaceOf.get(connection.from) ?? ''}\n${namespaceOf.get(connection.to) ?? ''}`
    const found = pairs.get(key) ?? { all: 0, open: false, unsure: false }
    pairs.set(key, found)
    const cell = cellOf(connection)
    if (cell === 'all') found.all++
    if (cell !== 'possible') found.open = true
    if (cell === 'unsure' || cell === 'possible') found.unsure = true
  }
  if (isTooLarge) return null
  const within = report.frame?.within ?? null
  const members = new Map(spaces.map(({ line, members: some }) => [line, some]))
  const cellAt = (from: SpaceLine, to: SpaceLine): Cell | null => {
    const asked = askedPairs(members.get(from) ?? [], members.get(to) ?? [], within)
    if (asked === 0) return from.id === to.id && from.id !== EXTERNAL && within === null ? 'itself' : null
    const found = pairs.get(`${from.id}\n${to.id}`)
    if (found === undefined) return 'none'
    if (!found.open) return 'possible'
    return found.unsure ? 'unsure' : found.all === asked ? 'all' : 'some'
  }
  return drawGrid(grid, cellAt, style, isTerminal, WORDS)
}

type SpaceLine = GridLine & { readonly id: string }

interface Space {
  readonly line: SpaceLine
  readonly members: readonly Line[]
}

/** The namespaces as rows and columns, with what is in them. */
function spacesOf(lines: readonly Line[]): readonly Space[] {
  const byId = grouped(lines, (line) => (line.id === EXTERNAL ? EXTERNAL : line.namespace))
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
