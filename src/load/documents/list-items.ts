import { latest } from '../../model/recent.js'
import { endOfString, endOfValue, skipBlanks } from '../../syntax/json/scan.js'

/** Where an item of a list begins and ends; an end of null is beyond the text. */
export interface ItemRange {
  readonly start: number
  readonly end: number
}

/** The items that stand whole in a text, and where the list ends; null if it goes on beyond the text. */
export interface FoundItems {
  readonly items: readonly ItemRange[]
  readonly end: number | null
}

/** Where the items of a list begin, and how to find them. */
export interface ItemsStart {
  readonly start: number
  /** The items from an offset on; `isWhole` if the text goes no further than the document. */
  readonly find: (text: string, from: number, isWhole: boolean) => FoundItems | null
}

/** Where the items of a JSON object begin, if it has any: the text need not go further than to the first of them. */
export function jsonItems(text: string): ItemsStart | null {
  let at = skipBlanks(text, skipBlanks(text, 0) + 1)
  while (text.charAt(at) === '"') {
    const endOfKey = endOfString(text, at)
    const colon = skipBlanks(text, endOfKey)
    const value = skipBlanks(text, colon + 1)
    if (text.charAt(colon) !== ':') return null
    if (text.slice(at, endOfKey) === '"items"') {
      return text.charAt(value) === '[' ? { start: value + 1, find: findJson } : null
    }
    const end = endOfValue(text, value)
    if (end === -1 || text.charAt(skipBlanks(text, end)) !== ',') return null
    at = skipBlanks(text, skipBlanks(text, end) + 1)
  }
  return null
}

/** A text that is one list: its items, and what stands before and behind them. */
interface ListText {
  readonly items: readonly ItemRange[]
  readonly before: string
  readonly after: string
}

/** The items of a whole text; null where they are not the items of one list, as far as its form tells. */
export function itemsIn(text: string, format: 'yaml' | 'json'): ListText | null {
  return format === 'json' ? itemsInJson(text) : between(text, yamlItems(text))
}

/** Asked for the end of a text first, and then for its items. */
const itemsInJson = latest((text: string) => between(text, jsonItems(text)))

function between(text: string, found: ItemsStart | null): ListText | null {
  const list = found?.find(text, found.start, true)
  if (found == null || list?.end == null) return null
  return { items: list.items, before: text.slice(0, found.start), after: text.slice(list.end) }
}

/** Null where an item is not an object: the list is at fault then, and not for us to cut. */
function findJson(text: string, from: number): FoundItems | null {
  const items: ItemRange[] = []
  let at = from
  for (;;) {
    let start = skipBlanks(text, at)
    if (text.charAt(start) === ']') return { items, end: start }
    // Only items of which nothing was skipped may stand without a comma: the first, and what a window begins with.
    if (at !== from && text.charAt(start) === ',') start = skipBlanks(text, start + 1)
    else if (at !== from && start < text.length) return null
    if (start >= text.length) return { items, end: null }
    if (text.charAt(start) !== '{') return null
    const end = endOfValue(text, start)
    if (end === -1) return { items, end: null }
    items.push({ start, end })
    at = end
  }
}

const ITEMS = /^items: *(?:#.*)?\r?\n/m
const FIRST_DASH = /(?: *(?:#.*)?\r?\n)*( *)-(?: |\r?\n)/y

/** Where the items of a YAML mapping in block style begin, if it has any. */
export function yamlItems(text: string): ItemsStart | null {
  const line = ITEMS.exec(text)
  if (line === null) return null
  const start = line.index + line[0].length
  FIRST_DASH.lastIndex = start
  const first = FIRST_DASH.exec(text)
  const indent = first?.[1]?.length
  if (first === null || indent === undefined) return null
  const edge = new RegExp(`^ {0,${indent}}(?=[^ #\\r\\n])`, 'gm')
  return { start: start + first[0].search(/ *-(?: |\r?\n)$/), find: findYaml }

  /** A line that is indented no deeper than the dashes begins an item, or what comes after the list. */
  function findYaml(source: string, from: number, isWhole: boolean): FoundItems | null {
    const items: ItemRange[] = []
    let start = -1
    edge.lastIndex = from
    for (let found = edge.exec(source); found !== null; found = edge.exec(source)) {
      const at = found.index
      const isDash = found[0].length === indent && /^-[ \r\n]/.test(source.slice(at + indent, at + indent + 2))
      if (start !== -1) items.push({ start, end: at })
      if (!isDash) return { items, end: at }
      start = at
      edge.lastIndex = at + indent + 1
    }
    if (!isWhole) return { items, end: null }
    if (start !== -1) items.push({ start, end: source.length })
    return { items, end: source.length }
  }
}

/** The text of an item as a document: in YAML without its dash, so that every column stays. */
export function itemText(text: string, format: 'yaml' | 'json'): string {
  return format === 'yaml' ? text.replace('-', ' ') : text
}
