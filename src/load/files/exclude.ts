import { resolve } from 'node:path'
import { lazy, remembered } from '../../model/once.js'
import { TooCostly } from '../../model/too-costly.js'
import {
  compile,
  fitsToken,
  isStar,
  isStars,
  lastStar,
  lastStars,
  matches,
  type Comparison,
  type Token,
} from './glob.js'

/** Whether what a walk found is left out: its path below the folder that was named, and its path as messages show it. */
export type Exclude = (below: string, shown: string, isFolder: boolean) => boolean

interface Pattern {
  /** Matched with the name alone; null where the pattern has a slash. */
  readonly name: string | null
  /** Matched from the named folder on; null where the pattern says itself where it begins. */
  readonly below: readonly string[] | null
  readonly absolute: readonly string[] | null
  readonly foldersOnly: boolean
}

/** So many characters and names are compared in all, within a few seconds: they and the files may come from a stranger. */
const MOST_COMPARED = 100_000_000

/**
 * Globs as in a `.gitignore`: without a slash they mean a name at any depth; with one a path below the folder that was
 * named, or below the current folder; with `./` or `../` at its start only the latter. `**` stands for any folders, and
 * what is in a folder that matches is left out with it. Comparing too much throws {@link TooCostly}.
 */
export function excluder(globs: readonly string[]): Exclude {
  if (globs.length === 0) return () => false
  const here = resolve('').split('/').filter(isPart)
  const patterns = globs.map((glob) => patternOf(glob, here))
  let left = MOST_COMPARED
  const count = (comparisons: number): void => {
    left -= comparisons
    if (left < 0)
      throw new TooCostly('the globs of `exclude` are too many for so many files', 'leave out whole folders')
  }
  const partOf = remembered(compile)
  let latest = { name: '', characters: [] as readonly string[] }
  /** Every glob is asked about one name after the other. */
  const charactersOf = (name: string): readonly string[] => {
    if (latest.name !== name) latest = { name, characters: name.match(/./gsu) ?? [] }
    return latest.characters
  }
  const names: Comparison<Token> = {
    isAny: isStar,
    lastAny: lastStar,
    fits: (token, character) => {
      count(token.ranges.length)
      return fitsToken(token, character)
    },
    count,
  }
  const matchesName = (part: string, name: string) => {
    const { literal: exactly, tokens } = partOf(part)
    return exactly === null ? matches(tokens, charactersOf(name), names) : exactly === name
  }
  const folders: Comparison<string> = { isAny: isStars, lastAny: lastStars, fits: matchesName, count }
  return (below, shown, isFolder) => {
    const path = below.split('/')
    const name = path.at(-1) ?? ''
    const absolute = lazy(() => resolve(shown).split('/').filter(isPart))
    return patterns.some(
      (pattern) =>
        (isFolder || !pattern.foldersOnly) &&
        (pattern.name !== null
          ? matchesName(pattern.name, name)
          : (pattern.below !== null && matches(pattern.below, path, folders)) ||
            (pattern.absolute !== null && matches(pattern.absolute, absolute(), folders))),
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
  if (parts.length === 0) return { name: null, below: null, absolute: null, foldersOnly }
  if (!glob.replace(/\/$/, '').includes('/')) {
    return { name: parts[0] ?? '', below: null, absolute: null, foldersOnly }
  }
  const fromHere = /^\.\.?\//.test(glob)
  const absolute = glob.startsWith('/') ? [] : here.map(literal)
  for (const part of parts) {
    if (part === '..') absolute.pop()
    else absolute.push(part)
  }
  return { name: null, below: fromHere ? null : parts, absolute, foldersOnly }
}

function isPart(part: string): boolean {
  return part !== '' && part !== '.'
}
