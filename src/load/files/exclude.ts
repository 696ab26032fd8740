import { resolve } from 'node:path'

/** Whether what a walk found is left out: its path below the folder that was named, and its path as messages show it. */
export type Exclude = (below: string, shown: string, isFolder: boolean) => boolean

interface Pattern {
  /** Matched from the named folder on; null where the pattern says itself where it begins. */
  readonly below: readonly string[] | null
  readonly absolute: readonly string[] | null
  readonly foldersOnly: boolean
}

/**
 * Globs as in a `.gitignore`: without a slash they mean a name at any depth; with one a path below the folder that was
 * named, or below the current folder; with `./` or `../` at its start only the latter. `**` stands for any folders, and
 * what is in a folder that matches is left out with it.
 */
export function excluder(globs: readonly string[]): Exclude {
  if (globs.length === 0) return () => false
  const here = resolve('').split('/').filter(isPart)
  const patterns = globs.map((glob) => patternOf(glob, here))
  const tokens = new Map<string, readonly string[]>()
  /** Cut once: what is never closed is looked for again and again. */
  const tokensOf = (name: string): readonly string[] => {
    const known = tokens.get(name) ?? name.match(/\\.|\[[!^]?\]?[^\]]*\]|./gsu) ?? []
    tokens.set(name, known)
    return known
  }
  let latest = { name: '', characters: [] as readonly string[] }
  /** Every glob is asked about one name after the other. */
  const charactersOf = (name: string): readonly string[] => {
    if (latest.name !== name) latest = { name, characters: name.match(/./gsu) ?? [] }
    return latest.characters
  }
  const matchesPath = (pattern: readonly string[], path: readonly string[]): boolean =>
    matches(
      pattern,
      path,
      (part) => part === '**',
      (part, name) => matches(tokensOf(part), charactersOf(name), (token) => token === '*', matchesCharacter),
    )
  return (below, shown, isFolder) => {
    const path = below.split('/')
    const absolute = resolve(shown).split('/').filter(isPart)
    return patterns.some(
      (pattern) =>
        (isFolder || !pattern.foldersOnly) &&
        ((pattern.below !== null && matchesPath(pattern.below, path)) ||
          (pattern.absolute !== null && matchesPath(pattern.absolute, absolute))),
    )
  }
}

/** No path is longer. */
const LONGEST_GLOB = 4096
/** So that a hostile list of globs cannot make a large folder take hours. */
const LONGEST_LIST = 10_000

/** Why a glob cannot be used, or null. */
export function globProblem(glob: string): { readonly message: string; readonly help: string } | null {
  if (glob.startsWith('!')) {
    return {
      message: `\`${glob}\`: what was left out cannot be taken back with \`!\``,
      help: 'write globs of what is left out only; a name that begins with `!` is written `\\!`',
    }
  }
  if (glob.length > LONGEST_GLOB) {
    return { message: `a glob is longer than ${LONGEST_GLOB} characters`, help: 'no path is as long' }
  }
  return null
}

/** Why globs cannot be used together, or null. */
export function globsProblem(globs: readonly string[]): { readonly message: string; readonly help: string } | null {
  const length = globs.reduce((sum, glob) => sum + glob.length, 0)
  if (length <= LONGEST_LIST) return globs.map(globProblem).find((problem) => problem !== null) ?? null
  return { message: `the globs are longer than ${LONGEST_LIST} characters together`, help: 'leave out whole folders' }
}

/** Makes text mean itself in a glob. */
export function literal(text: string): string {
  return text.replace(/[\\*?[]/g, '\\$&')
}

function patternOf(glob: string, here: readonly string[]): Pattern {
  const foldersOnly = glob.endsWith('/')
  const parts = glob.split('/').filter(isPart)
  // An empty variable of a script must not leave everything out.
  if (parts.length === 0) return { below: null, absolute: null, foldersOnly }
  if (!glob.replace(/\/$/, '').includes('/')) return { below: ['**', ...parts], absolute: null, foldersOnly }
  const fromHere = /^\.\.?\//.test(glob)
  const absolute = glob.startsWith('/') ? [] : here.map(literal)
  for (const part of parts) {
    if (part === '..') absolute.pop()
    else absolute.push(part)
  }
  return { below: fromHere ? null : parts, absolute, foldersOnly }
}

function isPart(part: string): boolean {
  return part !== '' && part !== '.'
}

/** In a name `*` is any text, `?` any character, `[a-c]` and `[!a-c]` one of a set, `\` takes the meaning away. */
function matchesCharacter(pattern: string, character: string): boolean {
  if (pattern === '?') return true
  if (pattern.startsWith('\\')) return pattern.slice(1) === character
  if (pattern.length < 3) return pattern === character
  const [, not, set = ''] = /^\[([!^]?)(.*)\]$/su.exec(pattern) ?? []
  const ranges = set.match(/.-.|./gsu) ?? []
  return (not === '') === ranges.some((range) => inRange(range, character))
}

function inRange(range: string, character: string): boolean {
  const [first = '', last = first] = range.length > 2 ? (range.match(/[^-]|^-|-$/gsu) ?? []) : [range]
  return first <= character && character <= last
}

/**
 * Whether a sequence fits a pattern in which some parts stand for any number of items. Only the last such part is ever
 * tried again, so hostile patterns cost no more than long ones.
 */
function matches(
  pattern: readonly string[],
  items: readonly string[],
  isAny: (part: string) => boolean,
  fits: (part: string, item: string) => boolean,
): boolean {
  let part = 0
  let retry: { readonly part: number; item: number } | null = null
  for (let item = 0; item < items.length;) {
    const wanted = pattern[part]
    if (wanted !== undefined && isAny(wanted)) {
      retry = { part: part + 1, item }
      part += 1
    } else if (wanted !== undefined && fits(wanted, items[item] ?? '')) {
      part += 1
      item += 1
    } else if (retry !== null) {
      retry.item += 1
      part = retry.part
      item = retry.item
    } else return false
  }
  return pattern.slice(part).every(isAny)
}
