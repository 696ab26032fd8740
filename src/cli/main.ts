import { CommanderError } from 'commander'
import { EXIT, type ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { buildProgram } from './program.js'
import { UsageError } from './usage-error.js'
import { usageJson, wantsJson } from './usage-json.js'
import { bugText } from './bug-text.js'
import { isTooCostlyError } from '../model/too-costly.js'
import { escapeTerminal } from '../report/escape.js'

/**
 * Runs the command line and returns the exit code. A crash is never a 1, which would read as "denied": mistakes in the
 * command line are 2, anything unforeseen is 3.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.yes
  try {
    await buildProgram(argv, io, (finished) => (code = finished)).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.yes
    if (error instanceof CommanderError || error instanceof UsageError) {
      const detail = error instanceof UsageError ? error.detail : {}
      if (error instanceof UsageError) io.stderr.write(mistakeText(error))
      if (wantsJson(argv)) io.stdout.write(usageJson(argv, error.message, detail))
      return EXIT.unanswered
    }
    if (isTooCostlyError(error)) {
      // What has been printed is part of an answer, and no other can follow it
      io.stderr.write(mistakeText(new UsageError(error.message, { code: 'NP030', help: error.help })))
      return EXIT.unanswered
    }
    if (isFolderGone(error)) {
      io.stderr.write('error: the current folder does not exist any more\n')
      if (wantsJson(argv)) io.stdout.write(usageJson(argv, 'the current folder does not exist any more', {}))
      return EXIT.unanswered
    }
    io.stderr.write(bugText(error, argv.includes('--debug')))
    return EXIT.bug
  }
}

/** What Node says where the current folder was deleted. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd'
}

function mistakeText({ message, detail: { code, file, line, column, help } }: UsageError): string {
  const place = [file, line, column].filter((part) => part !== undefined && part !== null).join(':')
  const title = code === undefined ? 'error' : `error[${code}]`
  const lines = [`${title}: ${place === '' ? '' : `${place}: `}${message}`, ...(help ? [`  = help: ${help}`] : [])]
  return `${lines.map(escapeTerminal).join('\n')}\n`
}
