import { relative, resolve } from 'node:path'
import { DISK } from '../load/files/disk.js'
import { existsIn } from '../load/files/file-system.js'
import type { Settings } from './config/read-config.js'
import type { Io } from './io.js'
import { saidOf, titleOf, type Named } from './named-sides.js'
import type { CommonFlags } from './options.js'
import { repositoryOf } from './repository.js'
import { UsageError } from './usage-error.js'

/** The paths that a side is read from, relative to the current folder. */
export function inputsOf(
  { path, commit, words }: Named,
  flags: CommonFlags,
  settings: Settings = {},
): readonly string[] {
  if (path !== null) return [path]
  const inputs = [...new Set(flags.filename ?? settings.filename ?? ['.'])]
  if (commit !== null && inputs.includes('-'))
    throw new UsageError(`standard input is not in \`${saidOf(words)}\``, {
      help: 'give a path with -f, or name two paths',
    })
  return inputs
}

type Inputs = Readonly<Record<'base' | 'head', readonly string[]>>

/** Inputs that one side lacks; one that both lack is the user's mistake. */
export function missingInputs(
  base: Named,
  head: Named,
  inputs: Inputs,
  io: Io,
): Readonly<Record<'base' | 'head', ReadonlySet<string>>> {
  const missingIn = ({ commit }: Named, paths: readonly string[]) => {
    const top = commit === null ? null : repositoryOf(io.cwd)
    const isThere = existsIn(commit?.files ?? DISK)
    return new Set(
      paths.filter((path) => {
        if (path === '-') return false
        if (top !== null && relative(top, resolve(io.cwd, path)).startsWith('..'))
          throw new UsageError(`\`${path}\` lies outside of the repository`, {
            code: 'NP040',
            help: 'compare two paths',
          })
        return !isThere(path)
      }),
    )
  }
  const missing = { base: missingIn(base, inputs.base), head: missingIn(head, inputs.head) }
  const found = [...missing.base].find((path) => missing.head.has(path) || head.path !== null || base.path !== null)
  const other = [...missing.head].find(
    (path) => base.path !== null || head.path !== null || !inputs.base.includes(path),
  )
  const lost = found ?? other
  if (lost === undefined) return missing
  const where = found === undefined ? titleOf(head) : missing.head.has(found) ? 'either side' : titleOf(base)
  throw new UsageError(`\`${lost}\` is not in ${where}`, { code: 'NP001' })
}
