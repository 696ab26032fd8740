import { readOne } from '../load/files/read-one.js'
import type { Cluster } from '../model/cluster.js'
import type { CheckOptions } from '../report/check.js'
import { escapeTerminal } from '../report/escape.js'
import { INCOMPLETE } from '../report/incomplete.js'
import { lockOf } from '../report/library.js'
import { compareLock } from '../report/matrix/lock.js'
import { errorsText } from './unanswered.js'

/** Whether the whole matrix is what a lock file says, or why that cannot be told. */
export function matchLock(
  cluster: Cluster,
  file: string,
  options: CheckOptions,
): { readonly pass: boolean; readonly message: () => string } | { readonly refusal: string } {
  if (typeof file !== 'string') return { refusal: 'the name of a lock file must be a text' }
  const present = lockOf(cluster, options)
  if (!('lines' in present)) return { refusal: errorsText(present.diagnostics) }
  if (present.incomplete) return { refusal: INCOMPLETE }
  const shown = escapeTerminal(file)
  const update = `netpol-sim matrix --update ${shown}`
  const read = readOne(file)
  if (!('text' in read)) {
    const help = read.help ?? `write it with \`${update}\``
    return { refusal: `the lock file \`${shown}\` ${read.message}\nhelp: ${help}` }
  }
  const found = compareLock(file, read.text, present.lines)
  if ('problem' in found)
    return {
      refusal: `\`${shown}\` is not a lock file: ${found.problem} (line ${found.line})\nhelp: write it anew with \`${update}\``,
    }
  const { matches, text } = found
  return {
    pass: matches,
    message: () =>
      matches
        ? `expected who may reach whom to differ from \`${shown}\`, and it does not`
        : `who may reach whom is not what \`${shown}\` says:\n\n${text}\n\`${update}\` writes what is now: look at each line before you commit it`,
  }
}
