import { shorten } from '../../model/shorten.js'
import { asMap, asString, get } from '../decode/fields.js'
import type { Value } from '../../syntax/text/value.js'

const HELM = /^# Source: (\S.*?)\s*$/
const ORIGIN = 'config.kubernetes.io/origin'

/** The template that helm says it rendered a document from, in the comments above it; null where none is named. */
export function helmSource(text: string): string | null {
  let found: string | null = null
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    if (!line.startsWith('#') && line.trim() !== '') break
    found = HELM.exec(line)?.[1] ?? found
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
  const said = (key: string): string | undefined =>
    text === null ? undefined : new RegExp(`^${key}:[ \\t]+(["']?)(.+?)\\1[ \\t]*$`, 'm').exec(text)?.[2]
  const path = said('path') ?? said('configuredIn')
  if (path === undefined) return null
  const [repository, ref] = [said('repo'), said('ref')]
  if (repository === undefined) return shorten(path)
  return shorten(`${repository}//${path}${ref === undefined ? '' : `?ref=${ref}`}`)
}
