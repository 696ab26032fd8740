import { relative } from 'node:path'
import type { Command } from 'commander'
import { findConfig } from './config/find-config.js'
import type { Io } from './io.js'
import { UsageError } from './usage-error.js'

/** Gives a command the settings of the project for all that its flags do not say. Returns the files that were read. */
export async function applySettings(command: Command, io: Io): Promise<readonly string[]> {
  if (!command.options.some(({ long }) => long === '--config')) return []
  const { config } = command.opts<{ config?: string }>()
  const found = config ?? findConfig(io.cwd)
  if (found === null) return []
  const { readConfig } = await import('./config/read-config.js')
  const read = readConfig(config ?? relative(io.cwd, found), io.cwd)
  if ('problem' in read) {
    const { message, place, ...detail } = read.problem
    throw new UsageError(message, { ...detail, ...place })
  }
  for (const [key, value] of Object.entries(read.settings)) {
    if (command.getOptionValueSource(key) !== 'cli') command.setOptionValueWithSource(key, value, 'config')
  }
  return [found]
}
