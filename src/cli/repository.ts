import { existsSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { lazy } from '../model/once.js'

/** The root of the git repository that a folder lies in, or null. */
export function repositoryOf(folder: string): string | null {
  if (existsSync(`${folder}/.git`)) return folder
  return dirname(folder) === folder ? null : repositoryOf(dirname(folder))
}

/** Finds the path of a file from the root of the repository around `cwd`, with slashes; null for one that lies outside. */
export function pathInRepository(cwd: () => string): (file: string) => string | null {
  const root = lazy(() => repositoryOf(cwd()))
  return (file) => {
    const top = root()
    if (top === null || file === '-' || file.startsWith('<')) return null
    const path = relative(top, resolve(cwd(), file))
    return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
      ? null
      : path.split(sep).join('/')
  }
}
