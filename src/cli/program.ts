import { Command, CommanderError, Option } from 'commander'
import { escapeTerminal } from '../report/escape.js'
import { hintFor } from './argument-hints.js'
import type { ColourChoice } from './colour.js'
import type { CommandDefinition } from './command.js'
import { COMPLETE_WORD, completeWord } from './commands/complete-word.js'
import { COMMANDS } from './commands/index.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { helpAfter } from './help-text.js'
import type { Io } from './io.js'
import { withInputFlags, withOutput } from './options.js'
import { runCommand } from './run-command.js'

/** How wide help is where there is no terminal to ask. */
const HELP_WIDTH = 80

/**
 * The command line: its commands, and what they all share. `finish` takes the exit code of the command that ran. Where
 * the first word is a command, the others are left out: describing their flags would take longer than the rest.
 */
export function buildProgram(argv: readonly string[], io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command('netpol-sim')
    .description('Can pod A reach pod B, and which NetworkPolicy says so? Answers from manifests, without a cluster.')
    .option('--version', 'print the version')
    .on('option:version', () => {
      io.stdout.write(`${io.version}\n`)
      throw new CommanderError(EXIT.yes, 'commander.version', io.version)
    })
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
        const hint = hintFor(argv, text)
        if (hint !== null) write(`  = help: ${hint.split('\n').map(escapeTerminal).join('\n')}\n`)
      },
      getOutHelpWidth: () => io.stdout.columns ?? HELP_WIDTH,
      getErrHelpWidth: () => io.stderr.columns ?? HELP_WIDTH,
    })
    .showSuggestionAfterError()
  const isCompleting = argv[0] === COMPLETE_WORD
  const named = COMMANDS.filter(({ name }) => name === argv[0])
  const definitions = [...(named.length > 0 ? named : COMMANDS), ...(isCompleting ? [completeWord(program)] : [])]
  for (const definition of definitions) {
    const command = describe(program, definition)
    command.addHelpText('after', () => helpAfter(definition, io.packageRoot))
    command.action(async () => {
      finish(await runCommand(definition, command, argv, io, colourOf(program)))
    })
  }
  program.addHelpText('after', () => helpAfter(null, io.packageRoot))
  return program
}

/** A command with its arguments and flags, as commander has them. */
function describe(program: Command, definition: CommandDefinition): Command {
  const { name, summary, isHidden = false, formats, readsInput } = definition
  const command = program.command(name, { hidden: isHidden }).description(summary)
  for (const argument of definition.arguments()) command.addArgument(argument)
  for (const option of definition.options()) command.addOption(option)
  if (readsInput) withInputFlags(command)
  if (formats.length > 1) withOutput(command, formats)
  return command
}

function colourOf(program: Command): ColourChoice {
  const { color } = program.opts<{ color: ColourChoice | boolean }>()
  return typeof color === 'string' ? color : color ? 'auto' : 'never'
}

const SUGGESTION = '\n(Did you mean '

/** An error of commander, in which what the user wrote makes no line of its own. */
function safely(text: string): string {
  return `${text.trimEnd().split(SUGGESTION).map(escapeTerminal).join(SUGGESTION)}\n`
}
