import { hasLoneReturn, hasOddCharacters } from '../text/characters.js'

/** A mapping or a list in block style that the line at hand may go on with. */
interface Level {
  readonly indent: number
  readonly isList: boolean
}

const DEEPEST = 60
const KEY = /(?:[A-Za-z_][\w./-]{0,200}|"[^"\\]{0,200}"|'[^']{0,200}'):(?= |$)/y
const COMMENT = String.raw`(?: +#.*)?$`
const ITEM = String.raw`(?:[A-Za-z0-9_./][\w./-]*|"[^"\\]*"|'[^']*')`
const QUOTED = new RegExp(String.raw`^(?:"(?:[^"\\]|\\[nrt"\\])*"|'(?:[^']|'')*')${COMMENT}`)
const FLOW = new RegExp(
  String.raw`^(?:\[(?:${ITEM}(?:, ?${ITEM})*)?\]|\{(?:[A-Za-z_][\w./-]*: ${ITEM}(?:, ?[A-Za-z_][\w./-]*: ${ITEM})*)?\})${COMMENT}`,
)
const BLOCK_SCALAR = new RegExp(String.raw`^[|>][-+]?${COMMENT}`)
const NOTHING = new RegExp(`^${COMMENT}`)
const PLAIN_START = /^(?:[\w./$(+=~;^<\\\x80-\uffff]|-(?! |$))/
const ENDS_PLAIN = /: | #|:$/
/** JSON has no such numbers, so kubectl refuses them. */
const NO_NUMBER = /^[-+]?\.(?:inf|nan)$/i

/**
 * Whether a text is certainly valid YAML to every reader: block style, in the few forms in which most manifests are
 * written. What is not, may be valid all the same.
 *
 * For documents that are not parsed because of their kind: a broken one keeps kubectl from reading what stands around it.
 */
export function isSoundYaml(text: string): boolean {
  if (text.includes('\t') || hasLoneReturn(text) || hasOddCharacters(text)) return false
  const levels: Level[] = []
  // The column of a key whose value may follow on the lines below.
  let waiting = -1
  // The column of a key with a block scalar, and the indentation of that once it is known.
  let scalar = -1
  let scalarIndent = -1
  for (let start = 0; start < text.length;) {
    const lineFeed = text.indexOf('\n', start)
    const next = lineFeed === -1 ? text.length : lineFeed
    const line = text.slice(start, text.charCodeAt(next - 1) === 0x0d /* CR */ ? next - 1 : next)
    start = next + 1
    const indent = line.search(/[^ ]/)
    if (indent === -1) {
      // A line of blanks before the first one of the text would have a say in its indentation
      if (line !== '' && scalar !== -1 && scalarIndent === -1) return false
      continue
    }
    if (scalar !== -1 && indent > scalar) {
      if (scalarIndent === -1) scalarIndent = indent
      else if (indent < scalarIndent) return false
      continue
    }
    scalar = -1
    if (line.startsWith('#', indent)) continue
    const hasDash = isDash(line, indent)
    if (!enter(levels, indent, hasDash, waiting)) return false
    let at = indent
    while (isDash(line, at)) {
      if (at > indent) levels.push({ indent: at, isList: true })
      at += 1
      while (line.startsWith(' ', at)) at += 1
      if (at === line.length || line.startsWith('#', at)) return false
    }
    if (levels.length > DEEPEST) return false
    waiting = -1
    KEY.lastIndex = at
    const key = KEY.exec(line)
    if (key === null) {
      if (!hasDash || !isScalar(line.slice(at))) return false
      continue
    }
    if (at > indent) levels.push({ indent: at, isList: false })
    const value = line.slice(KEY.lastIndex).trimStart()
    if (NOTHING.test(value) || value.startsWith('#')) waiting = at
    else if (BLOCK_SCALAR.test(value)) {
      scalar = at
      scalarIndent = -1
    } else if (!isScalar(value)) return false
  }
  return true
}

function isDash(line: string, at: number): boolean {
  return line.startsWith('-', at) && (at + 1 === line.length || line.startsWith(' ', at + 1))
}

/** Finds or opens the level of a line; false where there is none that it could belong to. */
function enter(levels: Level[], indent: number, isList: boolean, waiting: number): boolean {
  const opens = levels.length === 0 || (waiting !== -1 && (indent > waiting || (indent === waiting && isList)))
  if (opens) {
    levels.push({ indent, isList })
    return true
  }
  let top = levels.at(-1)
  while (top !== undefined && (top.indent > indent || (top.indent === indent && top.isList && !isList))) {
    levels.pop()
    top = levels.at(-1)
  }
  return top?.indent === indent && top.isList === isList
}

/** Whether what stands after a key or a dash is a whole value on this line. */
function isScalar(value: string): boolean {
  if (QUOTED.test(value) || FLOW.test(value)) return true
  const plain = value.replace(/ +#.*$/, '').trimEnd()
  return PLAIN_START.test(plain) && !ENDS_PLAIN.test(plain) && !NO_NUMBER.test(plain)
}
