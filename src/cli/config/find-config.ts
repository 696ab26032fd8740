import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** The name of the settings of a project. */
export const CONFIG_NAME = 'netpol-sim.yaml'

/**
 * The nearest `netpol-sim.yaml` from a folder upward, to the root of its git repository and not beyond: what lies there
 * belongs to somebody else. Without a repository only the folder itself counts.
 */
export function findConfig(cwd: string): string | null {
  let found: string | null = null
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = `${folder === '/' ? '' : folder}/${CONFIG_NAME}`
    if (found === null && existsSync(file)) found = file
    if (found !== null && folder === cwd) return found
    if (existsSync(`${folder}/.git`)) return found
    if (dirname(folder) === folder) return null
  }
}
