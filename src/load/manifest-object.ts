import type { Path, Position, Source } from '../model/source.js'
import type { TextDocument } from './documents.js'
import { asMap, asString, get } from './fields.js'
import { locate, locateKey } from './positions.js'
import type { Value } from './value.js'

/** A mapping of a document that may be a Kubernetes object, with what its list says of it. */
export interface ManifestObject {
  readonly kind: string | null
  readonly apiVersion: string | null
  readonly value: Readonly<Record<string, Value>>
  readonly source: ObjectSource
  /** Where the object stands in its document: nowhere but at the top, unless it is an item of a list. */
  readonly base: Path
}

/** A source that can also tell where a key stands, for fields that should not be there. */
export interface ObjectSource extends Source {
  locateKey(path: Path): Position | null
}

/** The objects of a document: itself, or the items of a `List` or `PodList`, which may leave out what the list says (D-21). */
export function objectsOf(value: Value, document: TextDocument, file: string): readonly ManifestObject[] {
  return unwrap(value, [], document, file, null)
}

interface Inherited {
  readonly kind: string
  readonly apiVersion: string | null
}

function unwrap(
  value: Value,
  base: Path,
  document: TextDocument,
  file: string,
  inherited: Inherited | null,
): readonly ManifestObject[] {
  if (!isMapping(value)) return []
  const kind = textOf(value, 'kind') ?? inherited?.kind ?? null
  const apiVersion = textOf(value, 'apiVersion') ?? inherited?.apiVersion ?? null
  const items = kind?.endsWith('List') === true && Object.hasOwn(value, 'items') ? value['items'] : undefined
  if (Array.isArray(items)) {
    const listed: readonly Value[] = items
    const ofItems = kind === null || kind === 'List' ? null : { kind: kind.slice(0, -'List'.length), apiVersion }
    return listed.flatMap((item, index) => unwrap(item, [...base, 'items', index], document, file, ofItems))
  }
  return [{ kind, apiVersion, value, source: sourceOf(document, file, base), base }]
}

/** Where the paths of an object stand in its file. */
export function sourceOf(document: TextDocument, file: string, base: Path): ObjectSource {
  return {
    file,
    locate: (path) => inFile(document, locate(document.text, [...base, ...path])),
    locateKey: (path) => inFile(document, locateKey(document.text, [...base, ...path])),
  }
}

/** Turns a place in a document into a place in its file. */
export function inFile(document: TextDocument, position: Position | null): Position | null {
  if (position === null) return null
  const { line, column } = position
  return { line: line + document.line - 1, column: line === 1 ? column + (document.column ?? 1) - 1 : column }
}

function isMapping(value: Value): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: Readonly<Record<string, Value>>, key: string): string | null {
  const text = Object.hasOwn(value, key) ? value[key] : undefined
  return typeof text === 'string' ? text : null
}

/** How messages name an object that could not be read: by what it has of a name. */
export function labelOf(kind: string, { value }: ManifestObject, defaultNamespace: string): string {
  const ignore = () => undefined
  const metadata = asMap(get({ value, path: [], report: ignore }, 'metadata'))
  if (metadata === null) return kind
  const [name, namespace] = [asString(get(metadata, 'name')), asString(get(metadata, 'namespace'))]
  if (name === null || name === '') return kind
  return kind === 'Namespace' || kind === 'Node'
    ? `${kind} ${name}`
    : `${kind} ${namespace ?? defaultNamespace}/${name}`
}
