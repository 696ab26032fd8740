import { Command, Option } from 'commander'
import { escapeTerminal } from '../report/escape.js'
import { addCheck } from './commands/check.js'
import { addDemo } from './commands/demo.js'
import { styleOf, type ColourChoice } from './colour.js'
import type { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import type { Session } from './session.js'

/** How wide help is where there is no terminal to ask. */
const HELP_WIDTH = 80

/** The command line: its commands, and what they all share. `finish` takes the exit code of the command that ran. */
export function buildProgram(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command('netpol-sim')
    .description('Can pod A reach pod B, and which NetworkPolicy says so? Answers from manifests, without a cluster.')
    .version(io.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addOption(
      new Option('--color <when>', 'colours: always, never or auto')
        .choices(['always', 'never', 'auto'])
        .default('auto'),
    )
    .addOption(new Option('--no-color', 'the same as --color never').hideHelp())
    .option('--debug', 'print the stack of a bug')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text)
      },
      writeErr: (text) => {
        io.stderr.write(text)
      },
      outputError: (text, write) => {
        write(safely(text))
      },
      getOutHelpWidth: () => io.stdout.columns ?? HELP_WIDTH,
      getErrHelpWidth: () => io.stderr.columns ?? HELP_WIDTH,
    })
    .showSuggestionAfterError()
  const run = async (action: (session: Session) => Promise<ExitCode>): Promise<void> => {
    const { color } = program.opts<{ color: ColourChoice | boolean }>()
    const choice = typeof color === 'string' ? color : color ? 'auto' : 'never'
    finish(await action({ io, style: (stream, needsTable = false) => styleOf(choice, io[stream], io.env, needsTable) }))
  }
  addCheck(program, run)
  addDemo(program, run)
  return program
}

const SUGGESTION = '\n(Did you mean '

/** An error of commander, in which what the user wrote makes no line of its own. */
function safely(text: string): string {
  return `${text.trimEnd().split(SUGGESTION).map(escapeTerminal).join(SUGGESTION)}\n`
}
