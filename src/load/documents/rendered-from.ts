import { shorten } from '../../model/shorten.js'
import { asMap, asString, get } from '../decode/fields.js'
import type { Value } from '../../syntax/text/value.js'

const HELM = '# Source: '
const ORIGIN = 'config.kubernetes.io/origin'

// Attackers write these texts: they are cut at line ends and colons, never matched by expressions that look back

/** The template that helm says it rendered a document from, in the comments above it; null where none is named. */
export function helmSource(text: string): string | null {
  let found: string | null = null
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    if (!line.startsWith('#') && line.trim() !== '') break
    if (line.startsWith(HELM) && line.charAt(HELM.length).trim() !== '') found = line.slice(HELM.length).trimEnd()
    start += line.length + 1
  }
  // A copy: a slice would keep the text of a large file in memory
  return found === null ? null : structuredClone(shorten(found))
}

/** Where kustomize says that it took an object from (`buildMetadata: [originAnnotations]`), with its repository if that is another. */
export function kustomizeOrigin(object: Readonly<Record<string, Value>>): string | null {
  const ignore = (): void => undefined
  const metadata = asMap(get({ value: object, path: [], report: ignore }, 'metadata'))
  const annotations = metadata === null ? null : asMap(get(metadata, 'annotations', ignore))
  const text = annotations === null ? null : asString(get(annotations, ORIGIN, ignore))
  if (text === null) return null
  const lines = text.split('\n')
  const path = valueIn(lines, 'path') ?? valueIn(lines, 'configuredIn')
  if (path === undefined) return null
  const [repository, ref] = [valueIn(lines, 'repo'), valueIn(lines, 'ref')]
  if (repository === undefined) return shorten(path)
  return shorten(`${repository}//${path}${ref === undefined ? '' : `?ref=${ref}`}`)
}

/** What the first line with a key says, without quotes around it. */
function valueIn(lines: readonly string[], key: string): string | undefined {
  const line = lines.find((one) => one.startsWith(`${key}: `) || one.startsWith(`${key}:\t`))
  const value = line?.slice(key.length + 1).trim() ?? ''
  const quote = value.charAt(0)
  const isQuoted = (quote === '"' || quote === "'") && value.length > 2 && value.endsWith(quote)
  return value === '' ? undefined : isQuoted ? value.slice(1, -1) : value
}
