import type { Stretch } from '../../analyze/connection-segments.js'
import { connection, type Connection } from '../../analyze/connections.js'
import type { MatrixAnswer } from '../../analyze/matrix.js'
import { once } from '../../model/once.js'
import { recent } from '../../model/recent.js'
import { TooCostly } from '../../model/too-costly.js'
import type { ConnectionResult } from './matrix-result.js'
import { presenter } from './present-connection.js'

/** Progress callbacks. */
export interface MatrixListener {
  /** After each source: how many are done. */
  readonly onRow?: ((done: number) => void) | undefined
  /** The limit does not count: a picture with cells left out would show them as closed. */
  readonly isWhole?: true
}

/** What a limit left out. */
export interface Omitted {
  readonly count: number
  /** False where there were too many to count. */
  readonly isAll: boolean
}

/**
 * How a format writes a connection: what its line begins with, which is the same for every destination but the outside world, and
 * the rest, which is the same for every source but that. So what sources have in common is worded once.
 */
export interface LineFormat {
  readonly start: (connection: Pick<ConnectionResult, 'from' | 'cidrs'>) => string
  readonly rest: (connection: ConnectionResult) => string
}

/** What a reading found besides connections. */
interface ReadingState {
  omitted: Omitted
  estimated: number
}

interface ConnectionReader {
  readonly connections: (listener?: MatrixListener) => Iterable<ConnectionResult>
  readonly lines: (format: LineFormat, listener?: MatrixListener) => Iterable<string>
  /** As far as the last reading has come. */
  readonly state: ReadingState
}

/** Nothing was left out. */
export const NOTHING_LEFT: Omitted = { count: 0, isAll: true }

/** Counting takes nearly as long as printing. */
const MOST_COUNTED = 2_000_000
/** Each of them is a line of a lock file, or is seen to follow from others; so many take seconds. */
const MOST_LOCKED = 1_500_000
/** So many rests of lines are kept, a hundred bytes each. */
const KEPT_RESTS = 200_000
/** Lines of one source that are one piece. */
const MOST_JOINED = 4096

/** Reads the connections of an answer up to a limit; 0 and nothing are none. */
export function reader(answer: MatrixAnswer, limit: number | undefined): ConnectionReader {
  const state: ReadingState = { omitted: NOTHING_LEFT, estimated: 0 }
  const most = limit === undefined || limit === 0 ? Infinity : limit
  return {
    state,
    connections: function* (listener) {
      const present = presenter()
      const meter = begin(state, listener?.isWhole ? Infinity : most)
      let locked = 0
      for (const one of answer.connections(listener?.onRow)) {
        if (listener?.isWhole && ++locked > MOST_LOCKED) {
          throw new TooCostly(`the whole matrix has more than ${MOST_LOCKED} open pairs`)
        }
        if (meter.take(1, () => Number(isEstimated(one))) === 1) yield present(one)
        if (meter.isOver()) break
      }
    },
    lines: function* (format, listener) {
      const present = presenter()
      const meter = begin(state, most)
      const restsOf = recent(keptStretches(answer), (stretch: Stretch) => wording(stretch, format, present))
      const countsOf = once(counts)
      for (const segment of answer.segments(listener?.onRow)) {
        if ('connections' in segment) {
          for (const one of segment.connections) {
            if (meter.take(1, () => Number(isEstimated(one))) === 0) continue
            const result = present(one)
            yield format.start(result) + format.rest(result)
          }
        } else {
          const { from, stretch, itself } = segment
          const { begins, total, estimatedIn } = countsOf(stretch)
          const [own, behind] = itself < 0 ? [0, 0] : [begins[itself] ?? 0, begins[itself + 1] ?? 0]
          const start = format.start({ from: from.id })
          for (const [first, last] of [
            [0, own],
            [behind, total],
          ] as const) {
            const shown = meter.take(last - first, (taken) => estimatedIn(first, first + taken))
            if (shown > 0) yield* joined(start, restsOf(stretch), first, first + shown)
          }
        }
        if (meter.isOver()) break
      }
    },
  }
}

function* joined(start: string, rests: readonly string[], first: number, last: number): Iterable<string> {
  for (let at = first; at < last; at += MOST_JOINED) {
    yield start + rests.slice(at, Math.min(last, at + MOST_JOINED)).join(start)
  }
}

function keptStretches({ selection }: MatrixAnswer): number {
  return Math.max(2, Math.floor(KEPT_RESTS / Math.max(1, selection.destinations.size)))
}

/** The lines of a stretch, counted: what lies beyond the limit need not be worded. */
interface Counts {
  /** Which line is the first of each column, and behind the last column their number. */
  readonly begins: Int32Array
  readonly total: number
  /** How many of some are estimated. */
  readonly estimatedIn: (first: number, last: number) => number
}

function counts({ columns, said }: Stretch): Counts {
  const begins = new Int32Array(columns.length + 1)
  const estimated: number[] = []
  let total = 0
  for (const at of columns.keys()) {
    const one = said[at]
    if (one !== undefined && one.estimated > 0) {
      for (const [index, line] of one.lines.entries()) if (isEstimated(line)) estimated.push(total + index)
    }
    begins[at + 1] = total += one?.lines.length ?? 0
  }
  return {
    begins,
    total,
    estimatedIn: (first, last) => estimated.filter((at) => at >= first && at < last).length,
  }
}

/** The lines of a stretch without what they begin with. */
function wording({ columns, said }: Stretch, format: LineFormat, present: ReturnType<typeof presenter>): string[] {
  return columns.flatMap((to, at) =>
    // Who sends is no matter of the rest
    (said[at]?.lines ?? []).map((line) => format.rest(present(connection(to, to, line)))),
  )
}

function isEstimated({ note }: Pick<Connection, 'note'>): boolean {
  return note === 'certainty-estimated'
}

/** Counts what is shown, and what a limit leaves out. */
function begin(state: ReadingState, most: number) {
  let shown = 0
  state.omitted = NOTHING_LEFT
  state.estimated = 0
  return {
    /** Of so many connections the number of those that are shown; `estimatedIn` counts among the first of them. */
    take(count: number, estimatedIn: (taken: number) => number): number {
      const now = Math.min(count, most - shown)
      shown += now
      const left = Math.min(count - now, MOST_COUNTED - state.omitted.count)
      if (left > 0) {
        const sum = state.omitted.count + left
        state.omitted = { count: sum, isAll: sum < MOST_COUNTED }
      }
      state.estimated += estimatedIn(now + left)
      return now
    },
    isOver: () => !state.omitted.isAll,
  }
}
