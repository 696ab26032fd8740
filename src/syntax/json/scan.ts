/** A member or an item of a JSON value, by where it stands in its text. */
export interface JsonChild {
  readonly name: string | number
  /** Where the key begins; null for an item of a list. */
  readonly key: number | null
  readonly start: number
  readonly end: number
}

/** The offset of the next character that is not blank. */
export function skipBlanks(text: string, offset: number): number {
  let at = offset
  for (;;) {
    const character = text.charCodeAt(at)
    if (character !== 0x20 && character !== 0x0a && character !== 0x0d && character !== 0x09) return at
    at += 1
  }
}

/** The offset after a string that begins with the quote at `start`; the length of the text if it never ends. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (text.charCodeAt(quote - 1 - backslashes) === 0x5c) backslashes += 1
    if (backslashes % 2 === 0) return quote + 1
  }
  return text.length
}

/** The offset after the value at `start`, found by its brackets and quotes alone; -1 if they never close. */
export function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === 0x22) at = endOfString(text, at) - 1
    else if (character === 0x7b || character === 0x5b) depth += 1
    else if (character === 0x7d || character === 0x5d) depth -= 1
    else if (depth === 0 && (character === 0x2c || character <= 0x20)) return at
    if (depth < 0) return at
    if (depth === 0 && (character === 0x22 || character === 0x7d || character === 0x5d)) return at + 1
  }
  return depth === 0 ? text.length : -1
}

/**
 * The members or items of the value at `start` of a valid JSON text, in the order in which they stand; `endOf` finds the
 * end of each.
 */
export function* childrenOf(
  text: string,
  start: number,
  endOf: (start: number) => number = (value) => endOfValue(text, value),
): Generator<JsonChild> {
  const isObject = text.charAt(start) === '{'
  if (!isObject && text.charAt(start) !== '[') return
  let at = skipBlanks(text, start + 1)
  for (let index = 0; at < text.length && text.charAt(at) !== '}' && text.charAt(at) !== ']'; index += 1) {
    const key = isObject ? at : null
    const endOfKey = isObject ? endOfString(text, at) : at
    const value = isObject ? skipBlanks(text, skipBlanks(text, endOfKey) + 1) : at
    const end = endOf(value)
    yield { name: isObject ? nameOf(text.slice(at, endOfKey)) : index, key, start: value, end }
    const next = skipBlanks(text, end)
    at = text.charAt(next) === ',' ? skipBlanks(text, next + 1) : next
  }
}

function nameOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
}

/** How many keys a valid JSON text has: strings that a colon follows. */
export function countKeys(text: string): number {
  let count = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    at = endOfString(text, at)
    if (text.charCodeAt(skipBlanks(text, at)) === 0x3a) count += 1
  }
  return count
}
