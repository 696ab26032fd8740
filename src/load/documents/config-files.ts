import type { ReadDocument } from './document-result.js'
import type { Position } from '../../model/source.js'
import { remark } from '../decode/diagnose.js'
import { readDocument } from './read-document.js'
import { NOTHING } from './document-result.js'
import { splitDocuments } from './split.js'
import type { LoadOptions } from '../decode/load-options.js'
import { parseOwnYaml } from '../../syntax/yaml/config-yaml.js'

const OWN = /(?:^|\/)(?:netpol-sim|netpol-tests|netpol-audit|[^/]*\.netpol-test)\.yaml$/

/** Whether a file is one of our own: settings and assertions, which are not manifests. */
export function isOwnFile(file: string): boolean {
  return OWN.test(file)
}

/**
 * What comes of one of our own files: nothing, if it certainly holds no object. Its name must not hide a policy that a
 * cluster reads; so what we read as one plain document, and the loader of manifests as nothing, is ours alone (NP035).
 */
export function readOwnFile(text: string, file: string, options: LoadOptions): ReadDocument {
  const found = objectIn(text) ?? objectForLoader(text, file, options)
  if (found === null) return NOTHING
  const { message, place } = found
  const help =
    'give a manifest another name; a file of netpol-sim is one plain YAML document without apiVersion and kind'
  return {
    ...NOTHING,
    fate: 'error',
    diagnostics: [remark({ code: 'NP035', message, help }, file, place)],
  }
}

interface Found {
  readonly message: string
  readonly place: Position
}

const HOLDS = "the file has the name of one of netpol-sim's own, and holds an object that a cluster would read"

/** Keys that make an object, a list of objects, or that could bring in either from elsewhere. */
function objectIn(text: string): Found | null {
  const parsed = parseOwnYaml(text)
  if ('problem' in parsed) {
    const { message, position } = parsed.problem
    return {
      message: `the file has the name of one of netpol-sim's own, and cannot be read as one: ${message}`,
      place: position,
    }
  }
  if (!('entries' in parsed.root)) return null
  const keys = new Map([...parsed.root.entries].map(([key, { keyPlace }]) => [key.toLowerCase(), keyPlace]))
  const place = keys.get('items') ?? keys.get('<<') ?? (keys.has('apiversion') ? keys.get('kind') : undefined)
  return place === undefined ? null : { message: HOLDS, place }
}

/** Where the loader finds something, in a text that two readers read differently. */
function objectForLoader(text: string, file: string, options: LoadOptions): Found | null {
  for (const document of splitDocuments(text)) {
    const { fate } = readDocument(document, file, options)
    if (fate !== 'irrelevant' && fate !== 'empty') return { message: HOLDS, place: { line: document.line, column: 1 } }
  }
  return null
}
