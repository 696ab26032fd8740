import type { TextDocument } from './split.js'
import type { Inherited } from './relevance.js'
import { mentionsUsedKind } from '../kinds/kinds.js'
import { itemsIn, itemText, type ItemRange } from './list-items.js'
import { parseJson } from '../../syntax/json/parse-json.js'
import { itemFault } from './document-checks.js'
import { inheritedFrom, objectsOf, type ManifestObject } from './manifest-object.js'
import { hasLoneReturn } from '../../syntax/text/characters.js'
import { hasTemplateActions } from '../kinds/placeholders.js'
import { helmSource } from './rendered-from.js'
import { placeFrom, positions } from '../../syntax/text/position.js'
import type { Value } from '../../syntax/text/value.js'
import { parseYaml } from '../../syntax/yaml/parse-yaml.js'

const IS_LIST = { yaml: /^kind: *["']?\w*List\b/m, json: /"kind"\s*:\s*"\w*List"/ }
/** What an item names by an alias may stand in another. */
const ANCHOR = /[ \t]&[\w-]+(?=[ \t\r\n])/
const SHORT = 2 ** 20

/**
 * Cuts a `List` at its items, each to be read as a document of its own: one that is broken hides no other, and what one
 * parse needs does not grow with the list. Null for anything else, and for lists that are written in an unusual way.
 */
export function cutList(document: TextDocument): readonly TextDocument[] | null {
  const { text, format } = document
  if (!IS_LIST[format].test(text) || hasLoneReturn(text)) return null
  // A short one that speaks of nothing that is used is none of our business, broken or not.
  if (text.length < SHORT && !mentionsUsedKind(text)) return null
  if (format === 'yaml' && (ANCHOR.test(text) || hasTemplateActions(text))) return null
  const list = itemsIn(text, format)
  if (list === null || list.items.length === 0) return null
  const about = inheritedOf(list.before, list.after, format)
  return about === null ? null : itemsAsDocuments(document, list.items, about.inherited)
}

/**
 * The items of a list in JSON that has no fault anywhere, read as one: to find where each ends takes longer than to read it.
 * Null for any other, of which {@link cutList} keeps what is sound.
 */
export function wholeList(document: TextDocument, file: string): readonly ManifestObject[] | null {
  const { text, format } = document
  if (format !== 'json' || !IS_LIST.json.test(text) || hasTemplateActions(text)) return null
  const { value, problems } = parseJson(text, { duplicateKeys: 'error', onlyJson: true })
  if (problems.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { items } = value as Readonly<Record<string, Value>>
  if (!Array.isArray(items) || items.length === 0 || !items.every(isSoundItem)) return null
  return inheritedBy(value as Readonly<Record<string, Value>>) === null ? null : objectsOf(value, document, file)
}

function isSoundItem(item: Value): boolean {
  return itemFault(item) === null && !Object.hasOwn(item as object, 'items')
}

/** What a list says of its items, read from the text around them; null if it is not a list, or is at fault. */
export function inheritedOf(
  before: string,
  after: string,
  format: 'yaml' | 'json',
): { readonly inherited: Inherited | null } | null {
  const parse = format === 'json' ? parseJson : parseYaml
  const { value, problems } = parse(before + after, { duplicateKeys: 'error', onlyJson: true })
  // A quote that is open where the items begin, and is closed behind them, would hide them.
  if (format === 'yaml' && parseYaml(before, { duplicateKeys: 'error' }).value === undefined) return null
  if (problems.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { items } = value as Readonly<Record<string, unknown>>
  // Without its items the list must have none: else what follows them belongs to them.
  if (format === 'json' ? !Array.isArray(items) || items.length > 0 : items !== null) return null
  return inheritedBy(value as Readonly<Record<string, Value>>)
}

/** What a mapping with `items` says of them; null if it is not a list. */
function inheritedBy(value: Readonly<Record<string, Value>>): { readonly inherited: Inherited | null } | null {
  const { kind, apiVersion } = value
  if (typeof kind !== 'string' || !kind.endsWith('List')) return null
  const isOdd = Object.keys(value).some((key) => key !== 'items' && key.toLowerCase() === 'items')
  return isOdd ? null : { inherited: inheritedFrom(kind, typeof apiVersion === 'string' ? apiVersion : null) }
}

/** The items of a list as documents, each where it stands in the file. */
export function itemsAsDocuments(
  { text, format, line, column: firstColumn = 1, origin: start, reread }: TextDocument,
  items: readonly ItemRange[],
  inherited: Inherited | null,
): readonly TextDocument[] {
  const positionOf = positions(text)
  const template = helmSource(text)
  return items.map((item) => {
    const origin = positionOf(item.start)
    const column = origin.line === 1 ? origin.column + firstColumn - 1 : origin.column
    return {
      text: itemText(text.slice(item.start, item.end), format),
      format,
      line: origin.line + line - 1,
      ...(column === 1 ? {} : { column }),
      origin: placeFrom(start, origin),
      inherited,
      ...(template === null ? {} : { template }),
      ...(reread === undefined ? {} : { reread: rereading(reread, format, item) }),
    }
  })
}

/** On its own, so that it holds on to nothing else. */
function rereading(reread: () => string, format: 'yaml' | 'json', { start, end }: ItemRange): () => string {
  return () => itemText(reread().slice(start, end), format)
}
