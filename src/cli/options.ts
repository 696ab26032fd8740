import { Option, type Command } from 'commander'
import { globProblem } from '../load/files/exclude.js'
import { checkDnsLabel } from '../load/decode/validation.js'
import { readLabelChange } from '../load/what-if/what-if.js'
import { collectDestination, type Destination } from './destination.js'
import { UsageError } from './usage-error.js'

/** The flags that every command with manifests takes, as commander hands them over. */
export interface CommonFlags {
  readonly filename?: readonly string[]
  readonly exclude?: readonly string[]
  readonly namespace?: string
  /** What `-o` says, in its order; left out where the command has one format only. */
  readonly output?: readonly Destination[]
  readonly outputFile?: string
  readonly config?: string
  /** The assertion files that the settings of the project name. */
  readonly tests?: readonly string[]
  readonly ipblockPods?: 'match' | 'never'
  readonly hostNetwork?: 'ignore' | 'enforce'
  readonly podCidr?: readonly string[]
  readonly manifests?: true
  readonly strict?: true
  readonly lenient?: true
  readonly keepGoing?: true
  readonly maxInput?: number
  readonly followLinks?: true
  /** What-if flags: files with objects instead, names of objects that are removed, changes of labels. */
  readonly with?: readonly string[]
  readonly without?: readonly string[]
  readonly label?: readonly string[]
  readonly quiet?: true
  readonly verbose?: true
}

/** Adds `-o`, which names a format and may send it to a file. */
export function withOutput(command: Command, formats: readonly string[]): void {
  command.addOption(
    new Option('-o, --output <format>', 'how to print the answer; FORMAT=FILE writes it, and can be repeated')
      .choices(formats)
      .default([], JSON.stringify(formats[0]))
      .argParser(collectDestination(formats)),
  )
  command.option('--output-file <file>', 'write the answer to <file> atomically', parseFileName)
}

/** Adds the flags about what is read and how it is evaluated. */
export function withInputFlags(command: Command): void {
  command
    .option(
      '-f, --filename <path>',
      'manifest file, folder (with all that is in it but .git, node_modules and .terraform) or - for standard input; repeatable; default: the inputs of netpol-sim.yaml, else the current folder',
      collect,
    )
    .option('--exclude <glob>', 'leave paths out of folders, as in a .gitignore; repeatable', collectGlobs)
    .addOption(new Option('-R, --recursive', 'accepted as kubectl has it; folders are always read whole').hideHelp())
    .option('-n, --namespace <ns>', 'namespace of objects and peers that name none (default: default)', parseNamespace)
    .addOption(
      new Option('--ipblock-pods <reading>', 'may an ipBlock match the address of a pod?').choices(['match', 'never']),
    )
    .addOption(
      new Option('--host-network <reading>', "do policies see pods on the host's network?").choices([
        'ignore',
        'enforce',
      ]),
    )
    .option('--pod-cidr <cidr>', 'pods without an address lie in here; repeatable', collect)
    .option('--manifests', 'the input is manifests, not a live dump: status and owners of pods are not believed')
    .option('--strict', 'treat warnings and uncertain answers as errors')
    .option('--lenient', 'unknown fields are dropped with a warning instead of refused')
    .option('--keep-going', 'leave objects with errors out; the answer is incomplete then')
    .option(
      '--follow-links',
      'read links to files that lie outside of what is named; nothing of them is shown in messages',
    )
    .addOption(new Option('--max-input <size>', 'maximum input size in bytes (default: 2G)').argParser(parseSize))
    .option(
      '--with <file>',
      'what if: add the objects of <file>, or put them in the place of others; repeatable',
      collect,
    )
    .option('--without <name>', 'what if: leave out ns/Kind/name, Kind/name or ns/name; repeatable', collect)
    .option(
      '--label <change>',
      'what if: NAME:key=value or NAME:key- for the pods of a workload, or a Namespace; repeatable',
      collectLabels,
    )
    .option(
      '--config <file>',
      'settings to use (default: the nearest netpol-sim.yaml up to the root of the repository)',
    )
    .option('--no-config', 'use no netpol-sim.yaml')
    .option('-q, --quiet', 'print only the answer')
    .option('-v, --verbose', 'print every rule that was considered')
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

function collectGlobs(value: string, before: readonly string[] | undefined): readonly string[] {
  const problem = globProblem(value)
  if (problem !== null) throw new UsageError(problem.message, { help: problem.help })
  return collect(value, before)
}

function collectLabels(value: string, before: readonly string[] | undefined): readonly string[] {
  const change = readLabelChange(value)
  if ('problem' in change) throw new UsageError(`\`--label ${value}\` ${change.problem}`, { help: change.help })
  return collect(value, before)
}

const WHAT_IF = ['with', 'without', 'label'] as const

/** The first flag that changes the input in memory, if there is one. */
export function whatIfFlag(flags: CommonFlags): (typeof WHAT_IF)[number] | undefined {
  return WHAT_IF.find((name) => flags[name] !== undefined)
}

/** Refuses what-if flags where something is written that others rely on. */
export function refuseWhatIf(flags: CommonFlags, writer: string): void {
  const flag = whatIfFlag(flags)
  if (flag === undefined) return
  throw new UsageError(`\`${writer}\` does not go with \`--${flag}\`: it writes what is, not what would be`)
}

/** The `--limit` of a command whose answer can be larger than anybody reads. */
export function limitOption(things: string, most: number): Option {
  return new Option('--limit <n>', `print at most so many ${things} and count the others; 0: all`)
    .argParser(parseLimit)
    .default(most)
}

function parseLimit(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new UsageError(`\`--limit ${text}\` is not a number: write how many, or 0 for all`)
  return Number(text)
}

function parseFileName(text: string): string {
  if (text === '') throw new UsageError('`--output-file` needs a name')
  return text
}

function parseNamespace(text: string): string {
  const complaint = checkDnsLabel(text)
  if (complaint !== null) throw new UsageError(`\`${text}\` is not a namespace: it ${complaint}`, { code: 'NP011' })
  return text
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }

function parseSize(text: string): number {
  const [, digits, unit = ''] = /^(\d+)\s*([kmg]?)(?:i?b)?$/i.exec(text) ?? []
  const factor = UNITS[unit.toLowerCase()]
  if (digits === undefined || factor === undefined) throw new UsageError(`\`${text}\` is not a size: write 500M or 4G`)
  return Number(digits) * factor
}
