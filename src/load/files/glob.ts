import { once } from '../../model/once.js'

/** A part of a glob between slashes. */
interface CompiledPart {
  /** What a name must be, where nothing in the part has a meaning; else null. */
  readonly literal: string | null
  readonly tokens: readonly Token[]
}

/** In a name `*` is any text, `?` any character, `[a-c]` and `[!a-c]` one of a set, `\\` takes the meaning away. */
export interface Token {
  readonly text: string
  /** Whether it stands for what is not in the ranges. */
  readonly isNot: boolean
  /** First and last characters. */
  readonly ranges: readonly (readonly [string, string])[]
}

/** Cuts a part once: what is never closed is looked for again and again. */
export function compile(part: string): CompiledPart {
  const tokens = (part.match(/\\.|\[[!^]?\]?[^\]]*\]|./gsu) ?? []).map(tokenOf)
  return { literal: /[\\*?[]/.test(part) ? null : part, tokens }
}

function tokenOf(text: string): Token {
  if (text === '?') return { text, isNot: true, ranges: [] }
  const same = text.startsWith('\\') ? text.slice(1) : text
  if (text.length < 3 || !text.startsWith('[')) return { text, isNot: false, ranges: [[same, same]] }
  const [, not, set = ''] = /^\[([!^]?)(.*)\]$/su.exec(text) ?? []
  return { text, isNot: not !== '', ranges: (set.match(/.-.|./gsu) ?? []).map(rangeOf) }
}

function rangeOf(range: string): readonly [string, string] {
  const [first = '', last = first] = range.length > 2 ? (range.match(/[^-]|^-|-$/gsu) ?? []) : [range]
  return [first, last]
}

export function fitsToken({ isNot, ranges }: Token, character: string): boolean {
  return isNot !== ranges.some(([first, last]) => first <= character && character <= last)
}

/** What it takes to begin, in comparisons. */
const EACH = 10

export const lastStar = once((tokens: readonly Token[]) => tokens.findLastIndex(isStar))
export const lastStars = once((parts: readonly string[]) => parts.findLastIndex(isStars))

export function isStar({ text }: Token): boolean {
  return text === '*'
}

export function isStars(part: string): boolean {
  return part === '**'
}

export interface Comparison<Part> {
  /** Whether a part of the pattern stands for any number of items. */
  readonly isAny: (part: Part) => boolean
  /** Where the last such part stands, or -1. */
  readonly lastAny: (pattern: readonly Part[]) => number
  readonly fits: (part: Part, item: string) => boolean
  /** Called with how much is compared. */
  readonly count: (comparisons: number) => void
}

/** Whether a sequence fits a pattern in which some parts stand for any number of items. */
export function matches<Part>(
  pattern: readonly Part[],
  items: readonly string[],
  comparison: Comparison<Part>,
): boolean {
  const { fits, count } = comparison
  count(EACH)
  const lastAny = comparison.lastAny(pattern)
  const isExact = lastAny === -1
  const end = items.length - (pattern.length - lastAny - 1)
  if (end < 0 || (isExact && end > 0)) return false
  // Most names end otherwise
  for (let at = items.length - 1, part = pattern.length - 1; at >= end; at--, part--) {
    count(1)
    const wanted = pattern[part]
    if (wanted === undefined || !fits(wanted, items[at] ?? '')) return false
  }
  return isExact || startsWith(pattern.slice(0, lastAny + 1), items.slice(0, end), comparison)
}

/** Whether a sequence fits a pattern that ends in any number of items. Only the last such part is ever tried again. */
function startsWith<Part>(
  pattern: readonly Part[],
  items: readonly string[],
  { isAny, fits, count }: Comparison<Part>,
): boolean {
  let part = 0
  let retry: { readonly part: number; item: number } | null = null
  for (let item = 0; part < pattern.length - 1;) {
    const [wanted, found] = [pattern[part], items[item]]
    count(1)
    if (wanted !== undefined && isAny(wanted)) {
      retry = { part: part + 1, item }
      part += 1
    } else if (found === undefined) return false
    else if (wanted !== undefined && fits(wanted, found)) {
      part += 1
      item += 1
    } else if (retry !== null) {
      retry.item += 1
      part = retry.part
      item = retry.item
    } else return false
  }
  return true
}
