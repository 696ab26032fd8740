import { escapeTerminal } from '../report/escape.js'

/** What is said when netpol-sim itself is wrong; the stack only where somebody asked for it. */
export function bugText(error: unknown, debug: boolean): string {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const frames = debug ? stack.split('\n').filter((line) => /^ +at /.test(line)) : []
  const report = 'please report it: run the command again with --debug, and send what it prints'
  return `${[`netpol-sim has a bug: ${message}`, ...frames, report].map(escapeTerminal).join('\n')}\n`
}
