import { existsSync } from 'node:fs'
import { UsageError } from './usage-error.js'

/** Refuses what can be no path of a manifest, and says what was probably meant. A path that exists is never refused. */
export function checkPaths(paths: readonly string[], command: string): void {
  for (const path of paths) {
    if (path === '-') continue
    const help = helpFor(path, command)
    if (help !== null && !existsSync(path))
      throw new UsageError(`\`${path}\` is not a file or folder`, { code: 'NP001', help })
  }
}

function helpFor(path: string, command: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) {
    return `netpol-sim opens no connections: curl -fsSL '${path}' | netpol-sim ${command} -f - …`
  }
  if (path.includes(',')) {
    return `-f takes one path, and can be repeated: ${path
      .split(',')
      .map((part) => `-f ${part}`)
      .join(' ')}`
  }
  if (/[*?[{]/.test(path)) return '-f takes no globs: give the folder, and leave files out with --exclude GLOB'
  return null
}
