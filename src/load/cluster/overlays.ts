import type { Choices } from '../../model/choice.js'
import { flagsOf, holds, withBuild } from '../../model/choice-words.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { shellWord } from '../../model/shell-word.js'
import { remark } from '../decode/diagnose.js'
import { literal } from '../files/exclude.js'

/** The files of an object that stands in both with different content. */
export type FilePair = readonly [file: string, other: string]

const MOST_NAMED = 3
const STDIN = '<stdin>'

/** What to type so that only one of two files is read (B-11). */
export function keepOneOf([file, other]: FilePair): string {
  if (file === other) return 'a cluster would keep the last one applied; remove one'
  if (file === STDIN || other === STDIN) return 'one is from standard input: leave out `-f -`, or the file'
  return `several overlays loaded? read only one of them: ${exclude(other)}, which leaves out all of that file`
}

/** One error for all folders that hold variants of the same objects, as the root of a repository with bases and overlays does (D-22, D-26). */
export function variantsOf(pairs: readonly FilePair[]): readonly Diagnostic[] {
  const apart = pairs.filter(([file, other]) => file !== STDIN && other !== STDIN && folderOf(file) !== folderOf(other))
  const folders = [...new Set(apart.flat().map(folderOf))].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  // One object says enough for itself.
  if (apart.length < 2) return []
  const named = folders.slice(0, MOST_NAMED).map((folder) => `\`${folder}\``)
  const more = folders.length > named.length ? ` and ${folders.length - named.length} more` : ''
  return [
    remark({
      code: 'NP025',
      message: `${folders.length} folders hold variants of the same objects: ${named.join(', ')}${more}`,
    }),
  ]
}

/** Gives the error for all folders its advice: parts that were tried, the one that keeps most policies first. */
export function withChoices(diagnostics: readonly Diagnostic[], choices: Choices | null): readonly Diagnostic[] {
  if (choices === null || choices.choices.length === 0) return diagnostics
  const parts = choices.choices.slice(0, MOST_NAMED).map((choice) => {
    const flags = flagsOf(choice).map(shellWord).join(' ')
    return `${choice.build === null && choice.render === null ? flags : withBuild(choice, `netpol-sim … ${flags}`)} (${holds(choice, choices.policies)})`
  })
  const help = `read a part that belongs together: ${parts.join(', or ')}`
  return diagnostics.map((it) => (it.code === 'NP025' && it.object === null ? { ...it, help } : it))
}

/** The folder of a file, as it would be given with `-f`. */
export function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) || '/' : '.'
}

/** A path without a slash would be taken for a name at any depth. */
function exclude(path: string): string {
  return `--exclude ${shellWord(`${path.includes('/') ? '' : './'}${literal(path)}`)}`
}

function depth(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length
}
