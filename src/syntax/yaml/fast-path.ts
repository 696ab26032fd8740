import { hasLoneReturn } from '../text/characters.js'

/** What needs a closer look wherever it stands: tabs, escapes, `? key` and `[a?b]`, merge keys, a key that no object has. */
export const NEVER_PLAIN = ['\t', '\\', '?', '<<', '__proto__']
const LONGEST_LINE = 1024

/**
 * Lines of a key and at most a word, which are most of a manifest and odd in no way: neither is a number or null (a key
 * that begins with n is looked at more closely), and no line is too long. Not all at once: that would take a large stack.
 */
const EVERYDAY = /(?: {0,80}(?:- )?[A-MO-Za-mo-z][\w./-]{0,300}:(?: [A-Za-z0-9][\w./-]{0,300})?\n){1,50}/y

/**
 * Whether a document is of the everyday kind that js-yaml, given our scalars, certainly reads as the server does.
 *
 * It has no anchors, aliases or tags, no numbers or null for keys, no empty list items, and its quotes and brackets end on
 * their line. Block scalars are looked at as if they were more than text, which errs on the side of care.
 */
export function isPlainYaml(text: string): boolean {
  if (NEVER_PLAIN.some((part) => text.includes(part)) || hasLoneReturn(text)) return false
  for (let start = 0; start < text.length;) {
    EVERYDAY.lastIndex = start
    if (EVERYDAY.test(text) && EVERYDAY.lastIndex > start) {
      start = EVERYDAY.lastIndex
      continue
    }
    const lineFeed = text.indexOf('\n', start)
    const next = lineFeed === -1 ? text.length : lineFeed
    const end = text.charCodeAt(next - 1) === 0x0d /* CR */ ? next - 1 : next
    if (end - start > LONGEST_LINE || !isPlainLine(text, start, end)) return false
    start = next + 1
  }
  return true
}

/** By code, whether a character decides nothing; those beyond ASCII do not either. */
const DULL = Array.from({ length: 128 }, (_, code) => !'!"#&\'*,.:>[]{|}'.includes(String.fromCharCode(code)))

function isPlainLine(text: string, start: number, end: number): boolean {
  let token = startOfContent(text, start, end)
  if (token === -1) return false
  // The open brackets, as bits below a leading one: 1 for a mapping, 0 for a list.
  let brackets = 1
  let isKey = true
  for (let at = token; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (DULL[code] ?? true) continue
    switch (code) {
      case 0x22 /* " */:
      case 0x27 /* ' */:
        if (at === token) at = endOfQuoted(text, at)
        if (at >= end || /^:[^ ]/.test(text.slice(at + 1, Math.min(at + 3, end)))) return false
        break
      case 0x23 /* # */:
        if (at === token || text.charCodeAt(at - 1) === 0x20) at = end
        break
      case 0x21 /* ! */:
      case 0x26 /* & */:
      case 0x2a /* * */:
        if (at === token || text.charCodeAt(at - 1) === 0x3a /* : */) return false
        break
      case 0x2e /* . */:
        if (isInfiniteOrNaN(text, token, at)) return false
        break
      case 0x3a /* : */: {
        const isEnd = at + 1 === end || text.charCodeAt(at + 1) === 0x20
        if (at === token || (isEnd && isOddKey(text, token, at))) return false
        if (isEnd) {
          token = skipSpaces(text, at + 1, end)
          isKey = false
        } else if (brackets > 1 && ',[]{}'.includes(text.charAt(at + 1))) return false
        break
      }
      case 0x5b /* [ */:
      case 0x7b /* { */:
        if (brackets === 1 && at !== token) break
        if (brackets > 2 ** 28 || (isKey && brackets > 1 && brackets % 2 === 1)) return false
        brackets = brackets * 2 + (code === 0x7b ? 1 : 0)
        token = skipSpaces(text, at + 1, end)
        isKey = true
        break
      case 0x2c /* , */:
      case 0x5d /* ] */:
      case 0x7d /* } */:
        if (brackets === 1) break
        if (isKey && brackets % 2 === 1 && isOddKey(text, token, at)) return false
        if (code !== 0x2c) brackets >>= 1
        token = skipSpaces(text, at + 1, end)
        isKey = code === 0x2c
        if (!isKey && text.charCodeAt(token) === 0x3a /* : */) return false
        break
      case 0x7c /* | */:
      case 0x3e /* > */:
        if (/[1-9]/.test(text.slice(at + 1, at + 3))) return false
        break
      default:
        return false
    }
  }
  return brackets === 1
}

/** The first character after indentation and dashes, or -1 where a list item is empty. */
function startOfContent(text: string, start: number, end: number): number {
  let at = skipSpaces(text, start, end)
  while (text.charCodeAt(at) === 0x2d /* - */ && (at + 1 === end || text.charCodeAt(at + 1) === 0x20)) {
    at = skipSpaces(text, at + 1, end)
    if (at === end || text.charCodeAt(at) === 0x23 /* # */) return -1
  }
  return at
}

/** The first offset from `start` on that is no space, or `end`. */
export function skipSpaces(text: string, start: number, end: number): number {
  let at = start
  while (at < end && text.charCodeAt(at) === 0x20) at += 1
  return at
}

/** The quote that closes the one at `start`; the length of the text if there is none. */
function endOfQuoted(text: string, start: number): number {
  const quote = text.charAt(start)
  let close = text.indexOf(quote, start + 1)
  while (quote === "'" && close !== -1 && text.startsWith("'", close + 1)) close = text.indexOf(quote, close + 2)
  return close === -1 ? text.length : close
}

function isInfiniteOrNaN(text: string, token: number, point: number): boolean {
  return point - token <= 1 && /^\.(?:inf|nan)/i.test(text.slice(point, point + 4))
}

/** Whether the server could take a key for a number or null, which become other text. */
function isOddKey(text: string, token: number, end: number): boolean {
  const first = text.charCodeAt(token)
  if (first === 0x6e /* n */ || first === 0x4e /* N */) return /^null *$/i.test(text.slice(token, end))
  if (first === 0x22 /* " */ || first === 0x27 /* ' */) return false
  return first < 0x3a /* digits, signs and the point come before : */ || first === 0x7e /* ~ */
}
