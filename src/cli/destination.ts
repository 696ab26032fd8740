import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { UsageError } from './usage-error.js'

/** A format and where it goes: a file, or standard output where that is null. */
export interface Destination {
  readonly format: string
  readonly file: string | null
}

/** Reads one `-o FORMAT` or `-o FORMAT=FILE`, after those before it. */
export function collectDestination(
  formats: readonly string[],
): (word: string, before: readonly Destination[]) => readonly Destination[] {
  return (word, before) => {
    const [format = ''] = word.split('=')
    if (!formats.includes(format)) throw new InvalidArgumentError(`Allowed choices are ${formats.join(', ')}.`)
    const file = word === format ? null : word.slice(format.length + 1)
    if (file === '') throw new UsageError(`\`-o ${word}\` needs a name of a file behind the \`=\``)
    if (file === '-')
      throw new UsageError(`\`-o ${word}\` would write a file called -`, { help: `-o ${format} prints` })
    return [...before, { format, file }]
  }
}

/**
 * Where the answer goes: what `-o` says, the first of the command's formats on standard output if it says nothing.
 * `--output-file` takes what would be printed.
 */
export function destinationsOf(
  said: readonly Destination[],
  outputFile: string | undefined,
  [standard = 'text']: readonly string[],
): readonly Destination[] {
  const [printed, second] = said.filter(({ file }) => file === null)
  if (printed !== undefined && second !== undefined) {
    throw new UsageError(`\`-o ${printed.format}\` and \`-o ${second.format}\` cannot both be printed`, {
      help: `write one to a file: -o ${second.format}=FILE`,
    })
  }
  const all: readonly Destination[] =
    outputFile === undefined
      ? said.length > 0
        ? said
        : [{ format: standard, file: null }]
      : [...said.filter(({ file }) => file !== null), { format: printed?.format ?? standard, file: outputFile }]
  const files = all.flatMap(({ file }) => (file === null ? [] : resolve(file)))
  const twice = files.find((file, index) => files.indexOf(file) !== index)
  if (twice !== undefined) throw new UsageError(`\`${twice}\` is named for two outputs`)
  return all
}
