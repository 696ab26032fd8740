import { CORE_SCHEMA, load } from 'js-yaml'

/** Where a line and column are in a text; columns count UTF-16 units. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1
}

/** The value that starts at a place, read without knowing what stands before it. */
export function valueAt(text: string, line: number, column: number): unknown {
  const rest = text.slice(offsetOf(text, line, column))
  const value = /^[{[]/.test(rest) ? bracketed(rest) : indented(rest, column - 1)
  return load(value, { schema: CORE_SCHEMA })
}

/** Up to the bracket that closes the first one, quotes aside. */
function bracketed(text: string): string {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '"' || char === "'") at = endOfQuoted(text, at)
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return text.slice(0, at + 1)
  }
  throw new Error('the bracket is never closed')
}

/** The offset of the closing quote. A doubled single quote opens again at once, which is as good. */
function endOfQuoted(text: string, start: number): number {
  const quote = text.charAt(start)
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text.charAt(at) === '\\') at++
    else if (text.charAt(at) === quote) return at
  }
  throw new Error('the quote is never closed')
}

/** The line and those after it that are indented as far, up to the end of the document; comments may stand anywhere. */
function indented(text: string, indent: number): string {
  const [head = '', ...lines] = text.split('\n')
  const inside = (line: string): boolean => {
    const content = line.trimStart()
    if (content === '' || content.startsWith('#')) return true
    return !line.startsWith('---') && line.length - content.length >= indent
  }
  const end = lines.findIndex((line) => !inside(line))
  return [' '.repeat(indent) + head, ...lines.slice(0, end === -1 ? lines.length : end)].join('\n')
}
