import type { Value } from '../text/value.js'
import { resolvePlain } from './scalars.js'

/** Characters that no reader sees anything in but text, in quotes as in comments; no halves of pairs. */
export const TEXT = String.raw` !#-&(-~\u00a1-\u2027\u202a-\ud7ff`

/** A bracket or a comma, a key with its colon, or a scalar of a word or in quotes. */
const TOKEN = new RegExp(
  String.raw` *(?:([[\]{},])|([A-Za-z_][\w./-]{0,300}): +|([A-Za-z0-9_/][\w./-]{0,600})|"([${TEXT}']{0,600})"|'([${TEXT}"]{0,600})')`,
  'y',
)
const DEEPEST = 12

/** Reads lists and mappings in brackets as people write them on one line; undefined for what takes a closer look. */
export function everydayFlow(text: string): Value | undefined {
  TOKEN.lastIndex = 0
  const value = valueFrom(text, next(text), 0)
  return value !== undefined && TOKEN.lastIndex === text.length ? value : undefined
}

type Token = readonly (string | undefined)[]

function next(text: string): Token | null {
  return TOKEN.exec(text)
}

function valueFrom(text: string, token: Token | null, depth: number): Value | undefined {
  if (token === null) return undefined
  const [, mark, key, word, double, single] = token
  if (mark === '[') return depth > DEEPEST ? undefined : listFrom(text, depth + 1)
  if (mark === '{') return depth > DEEPEST ? undefined : mappingFrom(text, depth + 1)
  if (mark !== undefined || key !== undefined) return undefined
  if (word === undefined) return double ?? single
  const value = resolvePlain(word)
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value
}

function listFrom(text: string, depth: number): Value | undefined {
  const list: Value[] = []
  let token = next(text)
  if (token?.[1] === ']') return list
  for (;;) {
    const value = valueFrom(text, token, depth)
    if (value === undefined) return undefined
    list.push(value)
    const mark = next(text)?.[1]
    if (mark === ']') return list
    if (mark !== ',') return undefined
    token = next(text)
  }
}

function mappingFrom(text: string, depth: number): Value | undefined {
  const mapping: Record<string, Value> = {}
  let token = next(text)
  if (token?.[1] === '}') return mapping
  for (;;) {
    const key = token?.[2]
    if (key === undefined || Object.hasOwn(mapping, key) || typeof resolvePlain(key) !== 'string') return undefined
    const value = valueFrom(text, next(text), depth)
    if (value === undefined) return undefined
    mapping[key] = value
    const mark = next(text)?.[1]
    if (mark === '}') return mapping
    if (mark !== ',') return undefined
    token = next(text)
  }
}
