import type { Diagnostic } from '../model/diagnostic.js'
import { remark } from './diagnose.js'
import { literal } from './exclude.js'

/** The files of an object that stands in both with different content. */
export type FilePair = readonly [file: string, other: string]

const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/
const STDIN = '<stdin>'

/** What to type so that only one of two files is read (B-11). */
export function keepOneOf([file, other]: FilePair): string {
  if (file === other) return 'a cluster would keep the last one applied; remove one'
  if (file === STDIN || other === STDIN) return 'one is from standard input: leave out `-f -`, or the file'
  return `several overlays loaded? read only one of them: ${exclude(other)}, or -f ${word(file)}`
}

/**
 * One error for all folders that hold variants of the same objects, as the root of a repository with bases and overlays
 * does: what to build, or what to leave out so that one variant stays (D-22, D-26).
 */
export function variantsOf(pairs: readonly FilePair[], files: readonly string[]): readonly Diagnostic[] {
  const apart = pairs.filter(([file, other]) => file !== STDIN && other !== STDIN && folderOf(file) !== folderOf(other))
  const folders = [...new Set(apart.flat().map(folderOf))].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  const [keep, ...others] = folders
  // One object says enough for itself.
  if (keep === undefined || apart.length === 1) return []
  const built = files.filter((file) => KUSTOMIZATION.test(file)).map(folderOf)
  const overlay = built.filter((folder) => folder !== keep && folders.includes(folder)).at(-1)
  const build = overlay === undefined ? [] : [`kustomize build ${word(overlay)} | netpol-sim … -f -`]
  const excludes = others.map(exclude).join(' ')
  const alone = others.some((folder) => keep === '.' || folder.startsWith(`${keep}/`)) ? [] : [`-f ${word(keep)}`]
  return [
    remark({
      code: 'NP025',
      severity: 'error',
      message: `${folders.length} folders hold variants of the same objects: ${folders.map((folder) => `\`${folder}\``).join(', ')}`,
      help: `read one of them: ${[...build, ...alone, excludes].join(', or ')}`,
    }),
  ]
}

/** The folder of a file, as it would be given with `-f`. */
export function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) || '/' : '.'
}

/** A path as a word of a command line. */
export function word(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

/** A path without a slash would be taken for a name at any depth. */
function exclude(path: string): string {
  return `--exclude ${word(`${path.includes('/') ? '' : './'}${literal(path)}`)}`
}

function depth(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length
}
