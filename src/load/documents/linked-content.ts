import type { Diagnostic } from '../../model/diagnostic.js'
import type { ReadFile } from '../files/read-result.js'

/**
 * Takes the content of files that a link leads to out of messages: a link in a pull request may lead to a secret of the
 * machine, and every message quotes what it is about.
 */
export function withoutLinkedContent(
  diagnostics: readonly Diagnostic[],
  files: readonly Pick<ReadFile, 'file' | 'isLinked'>[],
): readonly Diagnostic[] {
  const linked = new Set(files.filter(({ isLinked }) => isLinked === true).map(({ file }) => file))
  if (linked.size === 0) return diagnostics
  return diagnostics.map((diagnostic) => {
    if (diagnostic.file === null || !linked.has(diagnostic.file)) return diagnostic
    const message = 'a link leads to this file, so nothing of it is shown'
    const help = `look at the file itself; netpol-sim explain ${diagnostic.code} says what to look for`
    return { ...diagnostic, message, help, object: null, path: null }
  })
}
