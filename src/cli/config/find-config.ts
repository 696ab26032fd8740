import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** The name of the settings of a project. */
const CONFIG_NAME = 'netpol-sim.yaml'

/** The ending that YAML files have as well, and that the settings do not. */
const MISNAMED = 'netpol-sim.yml'

/** The settings that were found, and the folder that they may speak about: the repository, else their own folder. */
export interface FoundConfig {
  readonly file: string
  readonly root: string
}

/**
 * The nearest `netpol-sim.yaml` from a folder upward, to the root of its git repository and not beyond: what lies there
 * belongs to somebody else. Without a repository only the folder itself counts. What `exists` may be said of another time.
 */
export function findConfig(cwd: string, exists: (path: string) => boolean = existsSync): FoundConfig | null {
  let found: string | null = null
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = `${folder === '/' ? '' : folder}/${CONFIG_NAME}`
    if (found === null && exists(file)) found = file
    if (existsSync(`${folder}/.git`)) return found === null ? null : { file: found, root: folder }
    if (dirname(folder) !== folder) continue
    return found !== null && dirname(found) === cwd ? { file: found, root: cwd } : null
  }
}

/** A file that somebody takes for the settings, and that is not read, in the folder or in the root of its repository. */
export function misnamedConfig(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const isRoot = existsSync(`${folder}/.git`)
    if ((folder === cwd || isRoot) && existsSync(`${folder}/${MISNAMED}`)) return `${folder}/${MISNAMED}`
    if (isRoot || dirname(folder) === folder) return null
  }
}
