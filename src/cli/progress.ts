import type { Io } from './io.js'

/** Shows on a terminal how far long work has come; elsewhere nothing. */
export interface Progress {
  readonly report: (done: number) => void
  /** Takes the line away again. */
  readonly end: () => void
}

const PATIENCE_MS = 1000
const PAUSE_MS = 100

/** Progress of work on standard error, if it turns out to take longer than a second. */
export function progressOn(
  { stderr, now }: Pick<Io, 'stderr' | 'now'>,
  flags: { readonly quiet?: true },
  describe: (done: number) => string,
): Progress {
  if (flags.quiet === true || !stderr.isTerminal) return { report: () => undefined, end: () => undefined }
  let next = now() + PATIENCE_MS
  let shown = false
  return {
    report: (done) => {
      if (now() < next) return
      next = now() + PAUSE_MS
      shown = true
      stderr.write(`\r\u001b[K${describe(done)}`)
    },
    end: () => {
      if (shown) stderr.write('\r\u001b[K')
    },
  }
}
