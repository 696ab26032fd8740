import { Command, CommanderError, Option } from 'commander'
import { escapeTerminal } from '../report/escape.js'
import { addCheck } from './commands/check.js'
import { addCompleteWord, COMPLETE_WORD } from './commands/complete-word.js'
import { addCompletion } from './commands/completion.js'
import { addDemo } from './commands/demo.js'
import { addExplain } from './commands/explain.js'
import { addMatrix } from './commands/matrix.js'
import { helpAfter } from './help-text.js'
import { hintFor } from './argument-hints.js'
import { checkPaths } from './check-paths.js'
import { styleOf, type ColourChoice } from './colour.js'
import { EXIT, type ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import type { CommonFlags } from './options.js'
import { refuseToReplace, toFile } from './output.js'
import type { Session } from './session.js'
import { withoutInputs } from './without-inputs.js'
import { applySettings, type UsedSettings } from './settings.js'

/** How wide help is where there is no terminal to ask. */
const HELP_WIDTH = 80

const COMMANDS: Readonly<Record<string, typeof addCheck>> = {
  check: addCheck,
  matrix: addMatrix,
  explain: addExplain,
  completion: addCompletion,
  demo: addDemo,
}

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
  let outputFile: string | undefined
  let settings: UsedSettings | null = null
  let words: readonly string[] = argv
  program.hook('preAction', async (_, command) => {
    words = withoutInputs(argv, addPaths(command))
    settings = await applySettings(command, io)
    const { filename = ['.'], exclude = [], ...flags } = command.opts<Partial<CommonFlags>>()
    checkPaths(filename, command.name())
    outputFile = flags.outputFile
    if (outputFile !== undefined)
      await refuseToReplace(outputFile, settings === null ? filename : [...filename, settings.file], exclude)
  })
  const run = async (action: (session: Session) => Promise<ExitCode>): Promise<void> => {
    const { color } = program.opts<{ color: ColourChoice | boolean }>()
    const choice = typeof color === 'string' ? color : color ? 'auto' : 'never'
    const file = outputFile === undefined ? null : toFile(io, outputFile)
    const world = file?.io ?? io
    const style: Session['style'] = (stream, needsTable = false) => styleOf(choice, world[stream], io.env, needsTable)
    const code = await action({ io: world, style, settings, words })
    finish((await file?.close()) === false ? EXIT.unanswered : code)
  }
  const named = Object.entries(COMMANDS).filter(([name]) => name === argv[0])
  for (const [, add] of named.length > 0 ? named : Object.entries(COMMANDS)) add(program, run)
  for (const command of [program, ...program.commands]) {
    command.addHelpText('after', () => helpAfter(command === program ? '' : command.name(), io.packageRoot))
  }
  if (argv[0] === COMPLETE_WORD) addCompleteWord(program, run)
  return program
}

/** Makes paths that stand as arguments the same as those behind `-f`, and gives them. */
function addPaths(command: Command): readonly string[] {
  if (!command.registeredArguments.some((argument) => argument.name() === 'paths')) return []
  const { filename = [] } = command.opts<Partial<CommonFlags>>()
  if (command.args.length > 0) command.setOptionValueWithSource('filename', [...filename, ...command.args], 'cli')
  return command.args
}

const SUGGESTION = '\n(Did you mean '

/** An error of commander, in which what the user wrote makes no line of its own. */
function safely(text: string): string {
  return `${text.trimEnd().split(SUGGESTION).map(escapeTerminal).join(SUGGESTION)}\n`
}
