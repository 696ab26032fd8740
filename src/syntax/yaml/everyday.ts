import type { Value } from '../text/value.js'
import { everydayFlow, TEXT } from './everyday-flow.js'
import { rawOf, type EverydayPlaces } from './everyday-places.js'
import { NEVER_PLAIN, skipSpaces } from './fast-path.js'
import { resolvePlain } from './scalars.js'

/** Characters of a plain scalar that mean nothing in YAML, wherever they stand. */
const PLAIN = String.raw`[\w./@%=+,;()$~^-]`
/**
 * A line as most of them are written: a dash, a key, and a scalar or brackets, as far as it has them, and a comment. None is
 * longer than kubectl's reader looks for the colon of a key.
 */
const LINE = new RegExp(
  String.raw`( {0,200})(- {1,20})?(?:([A-Za-z_][\w./-]{0,300}):(?= |\r?\n|$) {0,100})?` +
    String.raw`(?:((?:--?)?[A-Za-z0-9_./$(](?:${PLAIN}|[: ](?=${PLAIN})){0,600})|"([${TEXT}']{0,600})"|'([${TEXT}"]{0,600})'` +
    String.raw`|([[{][${TEXT}"']{0,600}[\]}]))? {0,100}(?:(?<![^ \n])#[${TEXT}"']{0,600})?(?:\r?\n|$)`,
  'y',
)

/** A mapping or a list in block style that the line at hand may go on with. */
type Level = { readonly indent: number } & (
  { readonly list: Value[]; readonly mapping: null } | { readonly list: null; readonly mapping: Record<string, Value> }
)

/** Beyond what any manifest needs, and well within what kubectl's reader takes. */
const DEEPEST = 40

/**
 * Reads a document that has no lines but everyday ones, and whose indentation leaves no doubt; undefined for any other,
 * which js-yaml reads.
 *
 * What no reader could take for anything else is found by one expression for a line, several times as fast as character by
 * character, and without the larger part of a parser being compiled first. With `places`, it is noted where each value stands.
 */
export function readEveryday(text: string, places: EverydayPlaces | null = null): Value | undefined {
  if (NEVER_PLAIN.some((part) => text.includes(part))) return undefined
  const levels: Level[] = []
  let root: Value | undefined
  /** The key of the innermost mapping whose value may stand on the lines below. */
  let waiting: string | null = null
  for (let at = 0; at < text.length; at = LINE.lastIndex) {
    LINE.lastIndex = at
    const line = LINE.exec(text)
    if (line === null) return undefined
    // By index: taking an array apart makes an object for each element until V8 optimises, and few documents come to that
    const dash = line[2]
    const key = line[3]
    const plain = line[4]
    const double = line[5]
    const single = line[6]
    const flow = line[7]
    const isEmpty = plain === undefined && double === undefined && single === undefined && flow === undefined
    if (isEmpty && key === undefined) {
      if (dash === undefined) continue
      return undefined
    }
    const indent = (line[1] ?? '').length
    /** Where the key begins, or the value where there is none. */
    const start = at + indent + (dash ?? '').length
    const valueStart =
      places === null || key === undefined || isEmpty ? start : skipSpaces(text, start + key.length + 1, text.length)
    const value = isEmpty ? null : valueOf(plain, double ?? single, flow, valueStart, places)
    if (value === undefined) return undefined
    const isItem = dash !== undefined
    let top = levels.at(-1)
    const opens = waiting !== null && top !== undefined && (indent > top.indent || (indent === top.indent && isItem))
    if (top === undefined || opens) {
      if ((top === undefined && root !== undefined) || levels.length > DEEPEST) return undefined
      const level: Level = isItem ? { indent, list: [], mapping: null } : { indent, list: null, mapping: {} }
      const begins = isItem ? at + indent : start
      if (top === undefined) {
        root = level.list ?? level.mapping
        places?.root(begins)
      } else if (top.mapping !== null && waiting !== null) {
        top.mapping[waiting] = level.list ?? level.mapping
        places?.begins(top.mapping, waiting, begins)
      }
      levels.push(level)
      top = level
    } else {
      while (top !== undefined && (top.indent > indent || (top.indent === indent && top.list !== null && !isItem))) {
        levels.pop()
        top = levels.at(-1)
      }
      if (top?.indent !== indent || (top.list !== null) !== isItem) return undefined
    }
    waiting = null
    let mapping = top.mapping
    if (isItem) {
      if (top.list === null) return undefined
      places?.note(top.list, top.list.length, null, start, key === undefined ? rawOf(plain, double, single) : null)
      if (key === undefined) {
        top.list.push(value)
        continue
      }
      mapping = {}
      top.list.push(mapping)
      levels.push({ indent: indent + dash.length, list: null, mapping })
    }
    if (mapping === null || key === undefined || Object.hasOwn(mapping, key)) return undefined
    if (typeof resolvePlain(key) !== 'string') return undefined
    mapping[key] = value
    places?.note(mapping, key, start, valueStart, rawOf(plain, double, single))
    if (isEmpty) waiting = key
  }
  return root
}

/** What a line says behind its dash and key; undefined where that takes a closer look. */
function valueOf(
  plain: string | undefined,
  quoted: string | undefined,
  flow: string | undefined,
  start: number,
  places: EverydayPlaces | null,
): Value | undefined {
  if (plain === undefined) return quoted ?? everydayFlow(flow ?? '', start, places)
  const value = resolvePlain(plain)
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value
}
