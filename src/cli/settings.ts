import { relative } from 'node:path'
import type { Command } from 'commander'
import { escapeTerminal } from '../report/escape.js'
import { findConfig, misnamedConfig } from './config/find-config.js'
import type { Io } from './io.js'
import { UsageError } from './usage-error.js'

/** The settings of a project that take part in a run. */
export interface UsedSettings {
  readonly file: string
  /** The keys that say something which no flag says otherwise. */
  readonly keys: readonly string[]
}

/**
 * Gives a command the settings of the project for all that its flags do not say. What was found and not named is part of
 * the input: it does not leave anything out of what the user names.
 */
export async function applySettings(command: Command, io: Io): Promise<UsedSettings | null> {
  if (!command.options.some(({ long }) => long === '--config')) return null
  const { config } = command.opts<{ config?: string | false }>()
  if (config === false) return null
  const found = config === undefined ? findConfig(io.cwd) : { file: config, root: null }
  if (found === null) {
    const misnamed = misnamedConfig(io.cwd)
    if (misnamed !== null && command.getOptionValue('quiet') !== true) {
      const name = escapeTerminal(relative(io.cwd, misnamed))
      io.stderr.write(`warning: \`${name}\` is not read: call it netpol-sim.yaml, or name it with --config\n`)
    }
    return null
  }
  const { readConfig } = await import('./config/read-config.js')
  const file = config ?? relative(io.cwd, found.file)
  const read = readConfig(file, io.cwd, found.root)
  if ('problem' in read) {
    const { message, place, ...detail } = read.problem
    throw new UsageError(message, { ...detail, ...place })
  }
  const isSaid = (key: string) => command.getOptionValueSource(key) === 'cli'
  const keys: string[] = []
  for (const [key, value] of Object.entries(read.settings)) {
    if (isSaid(key) || (key === 'exclude' && config === undefined && isSaid('filename'))) continue
    command.setOptionValueWithSource(key, value, 'config')
    keys.push(key === 'filename' ? 'inputs' : key)
  }
  return { file, keys }
}
