import { resolvePlain, integerOf } from './scalars.js'
import type { Value } from '../text/value.js'
import { refusedEscape } from './escapes.js'
import { startOf, type YamlNode } from './node.js'
import type { Reading } from './context.js'

const CORE = 'tag:yaml.org,2002:'
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** What a scalar means to the server: a plain one by its looks, a quoted one as text, a tagged one by its tag. */
export function scalarOf(reading: Reading, node: YamlNode): Value {
  const text = typeof node.content === 'string' ? node.content : ''
  if (reading.hasEscapes) checkEscapes(reading, node)
  if (node.tag === null) return node.kind === 'empty' ? null : text
  const value = node.tag === '?' ? resolvePlain(text) : tagged(reading, node, node.tag, text)
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  const message = `found \`${text}\`, expected a number that JSON can hold`
  reading.report('NP009', startOf(reading.tree.text, node.open), message, 'quote it if it is text')
  return null
}

function checkEscapes(reading: Reading, node: YamlNode): void {
  const { text } = reading.tree
  const offset = refusedEscape(text, node)
  if (offset === null) return
  const escape = /^\\(?:[uU][0-9a-fA-F]*|[^\r\n])/.exec(text.slice(offset, offset + 10))?.[0]
  const message =
    escape === undefined
      ? 'found an escaped line end before an empty line, which Kubernetes keeps and other readers do not'
      : `found \`${escape}\`, an escape that Kubernetes refuses`
  reading.report('NP006', offset, message, 'write the character itself')
}

function tagged(reading: Reading, node: YamlNode, tag: string, text: string): Value {
  const offset = startOf(reading.tree.text, node.open)
  const shown = tag.startsWith(CORE) ? `!!${tag.slice(CORE.length)}` : tag
  const value = resolvePlain(text)
  switch (shown) {
    case '!!str':
      return text
    case '!!int':
      if (integerOf(text) !== null) return value
      break
    case '!!float':
      if (typeof value === 'number' && (integerOf(text) ?? 0n) < 2n ** 63n) return value
      break
    case '!!bool':
      if (typeof value === 'boolean') return value
      break
    case '!!null':
      if (value === null) return value
      break
    case '!!binary':
      return binary(text) ?? refuse('expected text in base64')
    default:
      return refuse('expected no tag, or one of `!!str`, `!!int`, `!!float`, `!!bool`, `!!null` and `!!binary`')
  }
  return refuse(`found \`${text}\`, which is not one`)

  function refuse(why: string): null {
    reading.report('NP006', offset, `the tag \`${shown}\` cannot be used here: ${why}`, 'remove the tag')
    return null
  }
}

function binary(text: string): string | null {
  const digits = text.replace(/[\r\n]/g, '')
  if (!BASE64.test(digits)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(digits, 'base64'))
  } catch {
    return null
  }
}

/** A collection may carry the tag that says what it is anyway; every other one changes its meaning for some reader. */
export function checkCollectionTag(reading: Reading, node: YamlNode): void {
  const own = node.kind === 'mapping' ? `${CORE}map` : `${CORE}seq`
  if (node.tag === null || node.tag === own) return
  const shown = node.tag.startsWith(CORE) ? `!!${node.tag.slice(CORE.length)}` : node.tag
  const offset = startOf(reading.tree.text, node.open)
  reading.report('NP006', offset, `the tag \`${shown}\` has no meaning to Kubernetes`, 'remove the tag')
}
