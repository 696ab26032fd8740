import type { Command } from 'commander'
import { escapeTerminal } from '../report/escape.js'
import { checkPaths } from './check-paths.js'
import { styleOf, type ColourChoice } from './colour.js'
import type { Answer, CommandDefinition } from './command.js'
import { destinationsOf, type Destination } from './destination.js'
import { EXIT, type ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import type { CommonFlags } from './options.js'
import { pathInRepository } from './repository.js'
import { refuseToReplace, sinkOf, type Sink } from './output.js'
import type { Session } from './session.js'
import { applySettings } from './settings.js'
import { withoutInputs } from './without-inputs.js'

/** Pieces are written together, since each write is a call to the system. */
const BATCH = 65_536

/** Runs a command that commander has parsed: settings, answer, then each of its outputs. */
export async function runCommand(
  definition: CommandDefinition,
  command: Command,
  argv: readonly string[],
  io: Io,
  colour: ColourChoice,
): Promise<ExitCode> {
  const words = withoutInputs(argv, addPaths(command))
  const settings = definition.hasOwnSettings === true ? null : await applySettings(command, io)
  const flags = command.opts<Partial<CommonFlags>>()
  // Who has settings of one's own says afterwards what was read
  const unsaid = definition.hasOwnSettings === true ? [] : ['.']
  const { filename = unsaid, with: instead = [], exclude = [], output = [], outputFile } = flags
  checkPaths(filename, command.name())
  const destinations = destinationsOf(output, outputFile, definition.formats)
  const inputs = [...filename, ...instead, ...(settings === null ? [] : [settings.file])]
  for (const destination of destinations) await refuseToReplace(destination, inputs, exclude, outputFile)
  const session: Session = { io, style: () => styleOf(colour, io.stderr, io.env, false), settings, words }
  const answer = await definition.run(session, command.args, flags)
  for (const destination of destinations) await refuseToReplace(destination, answer.read ?? [], exclude, outputFile)
  const detail = flags.quiet === true ? 'quiet' : flags.verbose === true ? 'verbose' : 'normal'
  const onDisk = pathInRepository(() => io.cwd)
  const inRepository = (file: string) => (answer.isElsewhere?.(file) === true ? null : onDisk(file))
  let isWritten = true
  for (const destination of destinations) {
    const sink = await sinkOf(destination, io.stdout)
    const { stream } = sink
    const style = (needsTable = false) => styleOf(colour, stream, io.env, needsTable)
    const pieces = await answer.render(destination.format, {
      isTerminal: stream.isTerminal,
      detail,
      style,
      inRepository,
    })
    isWritten = write(pieces, sink, destination, io) && isWritten
  }
  for (const line of closingOf(answer, destinations)) io.stderr.write(`${escapeTerminal(line)}\n`)
  return isWritten ? answer.code : EXIT.unanswered
}

/** Writes an answer; false, and a message, where that failed. */
function write(pieces: Iterable<string>, sink: Sink, { file }: Destination, { stderr }: Io): boolean {
  let batch = ''
  try {
    for (const piece of pieces) {
      batch += piece
      if (batch.length < BATCH) continue
      sink.stream.write(batch)
      batch = ''
    }
    if (batch !== '') sink.stream.write(batch)
  } catch (error) {
    sink.abandon()
    throw error
  }
  const problem = sink.close()
  if (problem === null) return true
  const place = file !== null && problem.includes(file) ? '' : `\`${file ?? ''}\`: `
  stderr.write(`${escapeTerminal(`error: the output could not be written: ${place}${problem}`)}\n`)
  return false
}

function closingOf({ closing }: Answer, destinations: readonly Destination[]): readonly string[] {
  return closing?.(destinations.map(({ format }) => format)) ?? []
}

/** Makes paths that stand as arguments the same as those behind `-f`, and gives them. */
function addPaths(command: Command): readonly string[] {
  if (!command.registeredArguments.some((argument) => argument.name() === 'paths')) return []
  const { filename = [] } = command.opts<Partial<CommonFlags>>()
  if (command.args.length > 0) command.setOptionValueWithSource('filename', [...filename, ...command.args], 'cli')
  return command.args
}
