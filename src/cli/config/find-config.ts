import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** The name of the settings of a project. */
const CONFIG_NAME = 'netpol-sim.yaml'

/** The settings that were found, and the folder that they may speak about: the repository, else their own folder. */
export interface FoundConfig {
  readonly file: string
  readonly root: string
}

/**
 * The nearest `netpol-sim.yaml` from a folder upward, to the root of its git repository and not beyond: what lies there
 * belongs to somebody else. Without a repository only the folder itself counts.
 */
export function findConfig(cwd: string): FoundConfig | null {
  let found: string | null = null
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = `${folder === '/' ? '' : folder}/${CONFIG_NAME}`
    if (found === null && existsSync(file)) found = file
    if (existsSync(`${folder}/.git`)) return found === null ? null : { file: found, root: folder }
    if (dirname(folder) !== folder) continue
    return found !== null && dirname(found) === cwd ? { file: found, root: cwd } : null
  }
}
