import type { Stream } from './io.js'

/** Shows on a terminal how far long work has come; elsewhere nothing. */
export interface Progress {
  readonly report: (done: number) => void
  /** Takes the line away again. */
  readonly end: () => void
}

const PATIENCE_MS = 1000
const PAUSE_MS = 100

/** Progress of work that has `total` steps, if it turns out to take longer than a second. */
export function progressOn(stream: Stream, what: string, total: number, now: () => number): Progress {
  if (!stream.isTerminal) return { report: () => undefined, end: () => undefined }
  let next = now() + PATIENCE_MS
  let shown = false
  return {
    report: (done) => {
      if (now() < next) return
      next = now() + PAUSE_MS
      shown = true
      stream.write(`\r\u001b[K${what} ${done} of ${total}`)
    },
    end: () => {
      if (shown) stream.write('\r\u001b[K')
    },
  }
}
