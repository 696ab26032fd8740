import type { FileDocument } from '../documents/document-result.js'
import type { ReadObject } from '../decode/decode.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { fingerprint } from '../cluster/duplicates.js'
import { normalPath } from '../files/folder-path.js'
import { GENERATED } from '../decode/metadata.js'

/** What one file holds, in a form in which files can be put together at no great cost. */
export interface FileContent {
  readonly file: string
  /** The number of the content of each object, by name. */
  readonly objects: ReadonlyMap<string, number>
  readonly broken: boolean
  /** A link, which may lead to a place that is not read where only a part is named. */
  readonly isLinked: boolean
}

/** What files hold, by their normal paths. */
export function contentsOf(
  documents: readonly FileDocument[],
  problems: readonly Diagnostic[],
  linked: ReadonlySet<string>,
): ReadonlyMap<string, FileContent> {
  const numbers = new Map<string, number>()
  const contents = new Map<string, { file: string; objects: Map<string, number>; broken: boolean; isLinked: boolean }>()
  const inFile = (name: string) => {
    const file = normalPath(name)
    const known = contents.get(file) ?? {
      file,
      objects: new Map<string, number>(),
      broken: false,
      isLinked: linked.has(name),
    }
    contents.set(file, known)
    return known
  }
  let generated = 0
  for (const { file, objects, diagnostics } of documents) {
    if (file === '<stdin>') continue
    const content = inFile(file)
    content.broken ||= diagnostics.some(({ severity }) => severity === 'error')
    for (const object of objects) {
      const name = object.name.endsWith(GENERATED) ? `${object.name}${generated++}` : object.name
      const number = numberOf(object, numbers)
      content.broken ||= (content.objects.get(name) ?? number) !== number
      content.objects.set(name, number)
    }
  }
  for (const { file, severity } of problems) if (file !== null && severity === 'error') inFile(file).broken = true
  return contents
}

function numberOf({ decoded }: ReadObject, numbers: Map<string, number>): number {
  const text = fingerprint(decoded)
  const number = numbers.get(text) ?? numbers.size
  numbers.set(text, number)
  return number
}
