import { escapeLines } from '../report/escape.js'

/** What is said when netpol-sim itself is wrong; the stack only where somebody asked for it. */
export function bugText(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error)
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}\n` : ''
  return escapeLines(
    `netpol-sim has a bug: ${message}\n${stack}please report it: npm bugs netpol-sim (run again with --debug for the details)\n`,
  )
}
