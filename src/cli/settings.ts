import { relative } from 'node:path'
import type { Command } from 'commander'
import { existsIn, type FileSystem } from '../load/files/file-system.js'
import { escapeTerminal } from '../report/escape.js'
import { findConfig, misnamedConfig } from './config/find-config.js'
import type { Settings } from './config/read-config.js'
import type { Io } from './io.js'
import { UsageError } from './usage-error.js'

/** The settings of a project that take part in a run. */
export interface UsedSettings {
  readonly file: string
  /** The keys that say something which no flag says otherwise. */
  readonly keys: readonly string[]
}

/** Where settings are looked for: a commit instead of the disk, and how messages call its files. */
export interface SettingsSource {
  readonly files: FileSystem
  readonly placeOf: (file: string) => string
}

/** Settings of the project that nothing says otherwise, and where they are from. */
export interface FoundSettings {
  readonly values: Settings
  readonly used: UsedSettings
}

/**
 * The settings of the file that is named, else of the one nearest to a folder; null where there is none or `config` is
 * false. What `isSaid` on the command line is not among them, and what was found and not named leaves nothing out of what
 * the user names.
 */
export async function findSettings(
  config: string | false | undefined,
  folder: string,
  io: Io,
  isSaid: (key: string) => boolean,
  source?: SettingsSource,
): Promise<FoundSettings | null> {
  if (config === false) return null
  const from = config === undefined ? source : undefined
  const found = config === undefined ? findConfig(folder, from && existsIn(from.files)) : { file: config, root: null }
  if (found === null) return null
  const { readConfig } = await import('./config/read-config.js')
  const path = config ?? relative(io.cwd, found.file)
  const file = from?.placeOf(path) ?? path
  const read = readConfig(path, io.cwd, found.root, from?.files)
  if ('problem' in read) {
    const { message, place, ...detail } = read.problem
    throw new UsageError(message, { ...detail, file, ...place })
  }
  const entries = Object.entries(read.settings).filter(
    ([key]) => !isSaid(key) && !(key === 'exclude' && config === undefined && isSaid('filename')),
  )
  const keys = entries.map(([key]) => (key === 'filename' ? 'inputs' : key))
  return { values: Object.fromEntries(entries), used: { file, keys } }
}

/**
 * Gives a command the settings of the project for all that its flags do not say. What was found and not named is part of
 * the input: it does not leave anything out of what the user names.
 */
export async function applySettings(command: Command, io: Io): Promise<UsedSettings | null> {
  if (!command.options.some(({ long }) => long === '--config')) return null
  const { config } = command.opts<{ config?: string | false }>()
  const found = await findSettings(config, io.cwd, io, (key) => command.getOptionValueSource(key) === 'cli')
  if (found === null) {
    if (config === undefined && command.getOptionValue('quiet') !== true) warnOfMisnamed(io)
    return null
  }
  for (const [key, value] of Object.entries(found.values)) command.setOptionValueWithSource(key, value, 'config')
  return found.used
}

function warnOfMisnamed(io: Io): void {
  const misnamed = misnamedConfig(io.cwd)
  if (misnamed === null) return
  const name = escapeTerminal(relative(io.cwd, misnamed))
  io.stderr.write(`warning: \`${name}\` is not read: call it netpol-sim.yaml, or name it with --config\n`)
}
