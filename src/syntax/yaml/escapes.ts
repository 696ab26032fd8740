import { contentStart, type YamlNode } from './node.js'

const HALF_OF_PAIR = /^(?:u|U0000)[dD][89a-fA-F]/
const BEYOND_UNICODE = /^U(?!000|0010)/
/** Kubernetes keeps the empty lines that follow. */
const BREAK_AND_BLANK_LINE = /^(?:\r\n|\r|\n)[ \t]*[\r\n]/

/** The first escape of a double-quoted scalar that js-yaml reads and kubectl's reader refuses, as an offset, or null. */
export function refusedEscape(text: string, node: YamlNode): number | null {
  const { close, tag } = node
  if (tag === '?' || text.charAt(close - 1) !== '"') return null
  for (
    let at = text.indexOf('\\', contentStart(text, node));
    at !== -1 && at < close;
    at = text.indexOf('\\', at + 2)
  ) {
    const escape = text.slice(at + 1, at + 10)
    if (escape.startsWith('/') || HALF_OF_PAIR.test(escape) || BEYOND_UNICODE.test(escape)) return at
    if (/^[\r\n]/.test(escape) && BREAK_AND_BLANK_LINE.test(text.slice(at + 1, close))) return at
  }
  return null
}
