import type { Value } from '../text/value.js'
import { rawOf, type EverydayPlaces } from './everyday-places.js'
import { resolvePlain } from './scalars.js'

/** Characters that no reader sees anything in but text, in quotes as in comments; no halves of pairs. */
export const TEXT = String.raw` !#-&(-~\u00a1-\u2027\u202a-\ud7ff`

/** A bracket or a comma, a key with its colon, or a scalar of a word or in quotes. */
const TOKEN = new RegExp(
  String.raw` *(?:([[\]{},])|([A-Za-z_][\w./-]{0,300}): +|([A-Za-z0-9_/][\w./-]{0,600})|"([${TEXT}']{0,600})"|'([${TEXT}"]{0,600})')`,
  'y',
)
const DEEPEST = 12

/** A text in brackets that stands at an offset of a document, and who is to be told where its values stand. */
interface Flow {
  readonly text: string
  readonly start: number
  readonly places: EverydayPlaces | null
}

/** Reads lists and mappings in brackets as people write them on one line; undefined for what takes a closer look. */
export function everydayFlow(text: string, start: number, places: EverydayPlaces | null): Value | undefined {
  TOKEN.lastIndex = 0
  const flow = { text, start, places }
  const value = valueFrom(flow, next(flow), 0)
  return value !== undefined && TOKEN.lastIndex === text.length ? value : undefined
}

type Token = RegExpExecArray

function next({ text }: Flow): Token | null {
  return TOKEN.exec(text)
}

/** The offset of a token in the document. */
function startOf(token: Token | null, { start }: Flow): number {
  return token === null ? start : start + token.index + token[0].search(/[^ ]/)
}

/** How the scalar of a token is written; null for a bracket. */
function rawIn(token: Token | null): string | null {
  return token === null ? null : rawOf(token[3], token[4], token[5])
}

function valueFrom(flow: Flow, token: Token | null, depth: number): Value | undefined {
  if (token === null) return undefined
  const [, mark, key, word, double, single] = token
  if (mark === '[') return depth > DEEPEST ? undefined : listFrom(flow, depth + 1)
  if (mark === '{') return depth > DEEPEST ? undefined : mappingFrom(flow, depth + 1)
  if (mark !== undefined || key !== undefined) return undefined
  if (word === undefined) return double ?? single
  const value = resolvePlain(word)
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value
}

function listFrom(flow: Flow, depth: number): Value | undefined {
  const list: Value[] = []
  let token = next(flow)
  if (token?.[1] === ']') return list
  for (;;) {
    const value = valueFrom(flow, token, depth)
    if (value === undefined) return undefined
    flow.places?.note(list, list.length, null, startOf(token, flow), rawIn(token))
    list.push(value)
    const mark = next(flow)?.[1]
    if (mark === ']') return list
    if (mark !== ',') return undefined
    token = next(flow)
  }
}

function mappingFrom(flow: Flow, depth: number): Value | undefined {
  const mapping: Record<string, Value> = {}
  let token = next(flow)
  if (token?.[1] === '}') return mapping
  for (;;) {
    const key = token?.[2]
    if (key === undefined || Object.hasOwn(mapping, key) || typeof resolvePlain(key) !== 'string') return undefined
    const written = next(flow)
    const value = valueFrom(flow, written, depth)
    if (value === undefined) return undefined
    flow.places?.note(mapping, key, startOf(token, flow), startOf(written, flow), rawIn(written))
    mapping[key] = value
    const mark = next(flow)?.[1]
    if (mark === '}') return mapping
    if (mark !== ',') return undefined
    token = next(flow)
  }
}
