import type { ObjectSource } from '../decode/object-source.js'
import type { ObjectName } from '../../model/cluster.js'
import type { Path, Position } from '../../model/source.js'
import type { TextDocument } from './split.js'
import { asMap, asString, get } from '../decode/fields.js'
import { isOfCluster } from '../kinds/kinds.js'
import type { Inherited } from './relevance.js'
import { locate, locateKey } from '../../syntax/locate.js'
import { helmSource, kustomizeOrigin } from './rendered-from.js'
import type { Value } from '../../syntax/text/value.js'

/** A mapping of a document that may be a Kubernetes object, with what its list says of it. */
export interface ManifestObject {
  readonly kind: string | null
  readonly apiVersion: string | null
  readonly value: Readonly<Record<string, Value>>
  readonly source: ObjectSource
  /** Where the object stands in its document: nowhere but at the top, unless it is an item of a list. */
  readonly base: Path
}

/** Only a list that stands in no other is opened: kubectl refuses lists in lists. */
export const MOST_LISTS = 1

/**
 * The objects of a document: itself, or the items of a list. Whatever has `items` is one to kubectl, and an item that has
 * neither a kind nor an apiVersion has those of the list (D-21). A list in a list is given as it is; `outer` lists are
 * around the document.
 */
export function objectsOf(value: Value, document: TextDocument, file: string, outer = 0): readonly ManifestObject[] {
  const { inherited = null } = document
  return unwrap(
    value,
    [],
    { document, file, template: document.template ?? helmSource(document.text) },
    inherited,
    outer,
  )
}

/** The items of a list; null for any other mapping. */
function itemsOf(value: Readonly<Record<string, Value>>): readonly Value[] | null {
  const items = Object.hasOwn(value, 'items') ? value['items'] : undefined
  return Array.isArray(items) ? (items as readonly Value[]) : null
}

/** Whether an object is an item and has items itself: whatever its kind, or without one, kubectl refuses both lists. */
export function isListInList({ value, base }: ManifestObject, { inherited }: TextDocument): boolean {
  return (inherited !== undefined || base.length > 0) && itemsOf(value) !== null
}

function unwrap(
  value: Value,
  base: Path,
  within: Within,
  inherited: Inherited | null,
  outer: number,
): readonly ManifestObject[] {
  if (!isMapping(value)) return []
  const own = { kind: textOf(value, 'kind'), apiVersion: textOf(value, 'apiVersion') }
  const { kind, apiVersion } = own.kind === null && own.apiVersion === null && inherited !== null ? inherited : own
  // Without a kind it is no list, and kubectl refuses it
  const items = kind === null ? null : itemsOf(value)
  if (items !== null && outer < MOST_LISTS) {
    const ofItems = inheritedFrom(kind, apiVersion)
    return items.flatMap((item, index) => unwrap(item, [...base, 'items', index], within, ofItems, outer + 1))
  }
  return [{ kind, apiVersion, value, source: sourceOf(within, value, base), base }]
}

/** What the items of a list may leave out, both or neither; those of a plain `List` nothing. */
export function inheritedFrom(kind: string | null, apiVersion: string | null): Inherited | null {
  return kind === null || kind === 'List' ? null : { kind: kind.replace(/List$/, ''), apiVersion }
}

/** The document that objects stand in, and the template that it was rendered from. */
interface Within {
  readonly document: TextDocument
  readonly file: string
  readonly template: string | null
}

/** Where the paths of an object stand in its file. */
function sourceOf(
  { document, file, template }: Within,
  value: Readonly<Record<string, Value>>,
  base: Path,
): ObjectSource {
  const renderedFrom = kustomizeOrigin(value) ?? template
  const start =
    document.column === undefined ? { line: document.line } : { line: document.line, column: document.column }
  const textOf = document.reread === undefined ? keep(document.text) : ifStillThere(document.reread)
  return { ...findIn(textOf, start, base), file, renderedFrom }
}

function keep(text: string): () => string {
  return () => text
}

/** What was read stays the answer when its file is changed or taken away; only its places are not known any more. */
function ifStillThere(reread: () => string): () => string | null {
  return () => {
    try {
      return reread()
    } catch {
      return null
    }
  }
}

/** On its own, so that a source holds on to no text that it can read again. */
function findIn(textOf: () => string | null, start: Start, base: Path): Pick<ObjectSource, 'locate' | 'locateKey'> {
  const placed = (find: typeof locate) => (path: Path) => {
    const text = textOf()
    return text === null ? null : inFile(start, find(text, [...base, ...path]))
  }
  return { locate: placed(locate), locateKey: placed(locateKey) }
}

/** Where in its file a document begins. */
type Start = Pick<TextDocument, 'line' | 'column'>

/** Turns a place in a document into a place in its file. */
export function inFile(document: Start, position: Position | null): Position | null {
  if (position === null) return null
  const { line, column } = position
  return { line: line + document.line - 1, column: line === 1 ? column + (document.column ?? 1) - 1 : column }
}

function isMapping(value: Value): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** For kubectl an empty kind or apiVersion is none. */
function textOf(value: Readonly<Record<string, Value>>, key: string): string | null {
  const text = Object.hasOwn(value, key) ? value[key] : undefined
  return typeof text === 'string' && text !== '' ? text : null
}

/** The name of an object that could not be read; null where it has none. */
export function objectNameOf(kind: string, { value }: ManifestObject, defaultNamespace: string): ObjectName | null {
  const ignore = () => undefined
  const metadata = asMap(get({ value, path: [], report: ignore }, 'metadata'))
  const name = metadata === null ? null : asString(get(metadata, 'name'))
  if (metadata === null || name === null || name === '') return null
  return { kind, name, namespace: isOfCluster(kind) ? '' : (asString(get(metadata, 'namespace')) ?? defaultNamespace) }
}

/** How messages name an object that could not be read: by what it has of a name. */
export function labelOf(kind: string, named: ObjectName | null): string {
  if (named === null) return kind
  return named.namespace === '' ? `${kind} ${named.name}` : `${kind} ${named.namespace}/${named.name}`
}
