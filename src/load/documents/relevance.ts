import { classify, isKustomization, mentionsUsedKind } from '../kinds/kinds.js'
import { resolvePlain } from '../../syntax/yaml/scalars.js'
import { hasLoneReturn, hasOddCharacters } from '../../syntax/text/characters.js'
import { mayBeUnreadWorkload } from '../decode/unread-workload.js'

/** What a list says of its items, where they leave it out. */
export interface Inherited {
  readonly kind: string
  readonly apiVersion: string | null
}

/** How a text is looked at: where it was read, and for the item of a list what the list says. */
interface Circumstances {
  readonly file: string
  readonly format: 'yaml' | 'json'
  /** Left out for what is not an item. */
  readonly inherited?: Inherited | null | undefined
}

/**
 * True if a document cannot affect any answer, decided without parsing it; conservative.
 *
 * Whatever is spelt in an unusual way is left to the parser. So is a text that mentions a kind that is used anywhere,
 * because it would matter if it turned out to be broken.
 */
export function decidesNothing(text: string, { file, format, inherited }: Circumstances): boolean {
  if (text.includes('{{') || hasLoneReturn(text)) return false
  const speaksOfKinds = text.includes('kind')
  if (format === 'yaml' && speaksOfKinds) return !mentionsUsedKind(text) && isOfOtherKind(text, file)
  return !speaksOfKinds && inherited === undefined && isNoObject(text, file, format)
}

/** Whether a text without a kind is not an object at all, such as the values of a chart; nor one whose kind was forgotten. */
function isNoObject(text: string, file: string, format: 'yaml' | 'json'): boolean {
  // With a backslash `kind` and `metadata` could be spelt as escapes.
  // So could any key be as a tag: `!!binary`.
  if (mayBeObject(text) || /[\\!]/.test(text) || isKustomization(null, null, file)) return false
  const hasContent = format === 'json' ? text.startsWith('{') : SOME_KEY.test(text)
  return hasContent && !hasOddCharacters(text)
}

/** Whether an object without a kind may be one whose kind was forgotten. */
function mayBeObject(text: string): boolean {
  return (text.includes('metadata') && text.includes('spec')) || text.includes('k8s.io/')
}

const SOME_KEY = /^[A-Za-z_][\w.-]*:(?: |\r?$)/m
const KEY = /[A-Za-z_][\w./-]*:(?= |\r?$)/my
const KIND = /kind: +(["']?)([A-Za-z][A-Za-z0-9]*)\1 *(?: #.*)?\r?$/my
const API_VERSION = /apiVersion: +(["']?)([A-Za-z][\w./-]*)\1 *(?: #.*)?\r?$/my

/** Whether the kind that a text says at its top is one that decides nothing; the text mentions none that is used. */
function isOfOtherKind(text: string, file: string): boolean {
  const top = topOf(text)
  if (top?.kind == null) return false
  // Below other keys the line of the kind may be part of a text in quotes; then the object has none.
  const mayLackKind = mayBeObject(text) || text.includes('items:') || isKustomization(null, null, file)
  if (!top.first && mayLackKind) return false
  const apiVersion = top.apiVersion ?? ''
  // Templates hold objects, lists too; an Ingress is of the group of policies, and so might be what is misspelt.
  if (top.kind.endsWith('List') || top.kind === 'Template' || isKustomization(top.kind, apiVersion, null)) return false
  if (mayBeUnreadWorkload(text, apiVersion)) return false
  return classify(top.kind, apiVersion) === 'irrelevant' && !hasOddCharacters(text)
}

interface Top {
  readonly kind: string | null
  readonly apiVersion: string | null
  /** Whether nothing but the apiVersion stands above the kind. */
  readonly first: boolean
}

/**
 * What the top of a block mapping says, or null where that is not plain: every line of the top level must be a plain
 * key, a dash or a comment, so that a kind can stand nowhere else.
 */
function topOf(text: string): Top | null {
  let indent = -1
  let kind: string | null = null
  let isFirst = true
  let apiVersion: string | null = null
  // A word might go on below, where the line is indented deeper.
  let mayGoOn = false
  for (let start = 0; start < text.length; start = endOfLine(text, start) + 1) {
    const end = endOfLine(text, start)
    let at = start
    while (text.charCodeAt(at) === 0x20) at += 1
    const first = at < end ? text.charCodeAt(at) : 0x0d
    if (first === 0x0d /* CR */ || first === 0x23 /* # */) continue
    if (indent === -1) indent = at - start
    if (at - start > indent && !mayGoOn) continue
    if (at - start !== indent) return null
    mayGoOn = false
    if (first === 0x2d /* - */ && (at + 1 === end || text.charCodeAt(at + 1) === 0x20)) continue
    if (matchAt(KEY, text, at) === null) return null
    if (text.startsWith('kind:', at)) {
      const found = wordAt(KIND, text, at)
      if (found === null || kind !== null) return null
      kind = found
      mayGoOn = true
    } else if (text.startsWith('apiVersion:', at)) {
      const found = wordAt(API_VERSION, text, at)
      if (found === null || apiVersion !== null) return null
      apiVersion = found
      mayGoOn = true
    } else if (text.startsWith('items:', at)) {
      // Whatever its kind, it is a list
      return null
    } else if (kind === null) isFirst = false
  }
  return { kind, apiVersion, first: isFirst }
}

function endOfLine(text: string, start: number): number {
  const lineFeed = text.indexOf('\n', start)
  return lineFeed === -1 ? text.length : lineFeed
}

/** The text of a scalar; null where it is none, or another type to the server. */
function wordAt(pattern: RegExp, text: string, at: number): string | null {
  const [, quote, word] = matchAt(pattern, text, at) ?? []
  if (word === undefined) return null
  return quote !== '' || typeof resolvePlain(word) === 'string' ? word : null
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
