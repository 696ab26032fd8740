import { dump, type DumpOptions } from 'js-yaml'
import type { ManifestText } from '../../src/index.js'
import { isDict, textOf, without, type Dict, type Json } from './laws-json.js'
import type { Random } from './laws-random.js'

/** A way to write YAML. */
export type Style = Pick<
  DumpOptions,
  'indent' | 'flowLevel' | 'noArrayIndent' | 'condenseFlow' | 'forceQuotes' | 'quotingType' | 'sortKeys'
>

export function styleOf(random: Random): Style {
  const forceQuotes = random.chance(30)
  return {
    indent: random.pick([1, 2, 4, 7]),
    flowLevel: random.pick([-1, -1, 0, 1, 2, 3, 5]),
    noArrayIndent: random.chance(50),
    forceQuotes,
    // js-yaml would quote keys twice
    condenseFlow: !forceQuotes && random.chance(50),
    quotingType: random.pick(['"', "'"]),
    sortKeys: random.chance(30),
  }
}

/** One YAML document without a separator; equal parts become anchors and aliases if they are one object. */
export function yamlOf(object: Dict, style: Style = {}, references = false): string {
  return dump(object, { lineWidth: -1, noRefs: !references, ...style })
}

/** Documents as one stream, in the ways that tools separate them. */
export function streamOf(documents: readonly string[], random: Random): string {
  const separator = () => random.pick(['---\n', '--- \n', '---\n---\n', '---\n# Source: chart/templates/x.yaml\n'])
  const body = documents.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('\0')
  const joined = body.split('\0').reduce((all, text) => `${all}${separator()}${text}`)
  return `${random.chance(50) ? separator() : ''}${joined}${random.chance(30) ? '---\n' : ''}`
}

/** The text with comments between its lines and behind them; it must have no text of several lines. */
export function commented(yaml: string, random: Random): string {
  const lines = yaml.split('\n').flatMap((line) => {
    const behind = line === '' || random.chance(70) ? '' : random.pick([' # [{', '   #: - "', ' # yes'])
    const before = random.chance(20) ? [`${' '.repeat(random.int(9))}# - port: 80 {`] : []
    return [...before, ...(random.chance(10) ? [''] : []), `${line}${behind}`]
  })
  return lines.join('\n')
}

/** Equal mappings and lists become one and the same, so that they are written once and referred to. */
export function shared(value: Json, known = new Map<string, Json>()): Json {
  if (typeof value !== 'object' || value === null) return value
  const key = JSON.stringify(value)
  const before = known.get(key)
  if (before !== undefined) return before
  const parts = !isDict(value)
    ? value.map((item) => shared(item, known))
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shared(part, known)]))
  known.set(key, parts)
  return parts
}

/** Objects in lists of their kinds, whose items leave out what the list says (D-21). */
export function typedLists(objects: readonly Dict[]): readonly Dict[] {
  const kinds = [...new Set(objects.map(({ kind }) => textOf(kind)))]
  return kinds.map((kind) => {
    const items = objects.filter((object) => object['kind'] === kind)
    const apiVersion = items[0]?.['apiVersion'] ?? null
    return { apiVersion, kind: `${kind}List`, items: items.map((item) => without(item, 'kind', 'apiVersion')) }
  })
}

/** Texts under the names of files. */
export function filesOf(texts: readonly string[]): readonly ManifestText[] {
  return texts.map((text, index) => ({ file: `file-${index}.yaml`, text }))
}

/** The bytes of a text as editors save it: with a byte order mark, and some in UTF-16. */
export function bytesOf(text: string, encoding: 'utf8' | 'utf16le' | 'utf16be'): Uint8Array {
  const marked = `\ufeff${text}`
  if (encoding !== 'utf16be') return Buffer.from(marked, encoding)
  return Buffer.from(marked, 'utf16le').swap16()
}
