import { integerOf, resolvePlain } from './scalars.js'
import type { Value } from '../text/value.js'
import { nodeOf, startOf, type YamlNode } from './node.js'
import type { Reading } from './context.js'

/** kubectl's reader looks for the `:` of a key no further. */
const LONGEST_KEY = 1024
const LEAST_EXACT = 1e-4
const GREATEST_EXACT = 1e6

/** The text that the server takes for a key: `on` is "true", `0x10` is "16"; null, with a problem, where it has none. */
export function keyOf(reading: Reading, number: number): string | null {
  const node = nodeOf(reading.tree, number)
  const offset = startOf(reading.tree.text, node.open)
  if (node.close - offset > LONGEST_KEY) {
    reading.report('NP003', offset, `the key is longer than ${LONGEST_KEY} characters`)
    return null
  }
  const value = reading.valueOf(number, 0)
  const key = textOf(reading, node, value)
  if (key === null) {
    const found =
      typeof value === 'object' && value !== null
        ? Array.isArray(value)
          ? 'a list'
          : 'a mapping'
        : `\`${reading.tree.text.slice(offset, node.close).trim()}\``
    reading.report('NP003', offset, `found ${found} as a key, expected text`, 'quote the key')
  } else if (key === '__proto__') {
    reading.report('NP006', offset, 'the key `__proto__` is not allowed', 'no Kubernetes field or label has this name')
    return null
  }
  return key
}

function textOf(reading: Reading, node: YamlNode, value: Value): string | null {
  if (typeof value === 'string') return value
  const { tag, content } = node.target === null ? node : nodeOf(reading.tree, node.target)
  if (tag !== '?' || typeof content !== 'string') return null
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return null
  const integer = integerOf(content)
  if (integer !== null) return integer < 2n ** 63n ? String(integer) : null
  return floatText(value)
}

/** Go writes the key as the shortest float of 32 bits: certainly what JavaScript writes only for short numbers. */
function floatText(value: number): string | null {
  const size = Math.abs(value)
  const plain = value === 0 || (size >= LEAST_EXACT && size < GREATEST_EXACT)
  const text = Object.is(value, -0) ? '-0' : String(value)
  return plain && text.replace(/[-.]/g, '').replace(/^0+/, '').length <= 6 ? text : null
}

/** Whether a key is a merge key: `<<` without quotes. */
export function isMergeKey(node: YamlNode): boolean {
  return node.tag === '?' && node.content === '<<'
}

/** Which type a key has before it becomes text: of `1` and `"1"` kubectl keeps either, by chance. */
export function sameKind(reading: Reading, first: number, second: number): boolean {
  const kind = (number: number): string => {
    const node = nodeOf(reading.tree, number)
    const written = nodeOf(reading.tree, node.target ?? number)
    if (written.tag !== '?' || typeof written.content !== 'string') return 'string'
    const value = resolvePlain(written.content)
    return typeof value === 'number' ? (integerOf(written.content) === null ? 'float' : 'integer') : typeof value
  }
  return kind(first) === kind(second)
}
