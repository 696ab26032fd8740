import type { ReadObject } from '../decode/decode.js'
import type { ObjectName } from '../../model/cluster.js'
import type { Labels } from '../../model/labels.js'
import { objectName, type Decoded } from '../decode/decode.js'
import type { FileDocument } from './document-result.js'
import { readFiles, type Input, type ManifestFile } from './input.js'

/** A change of the objects of an input; an object of the whole cluster has an empty namespace. */
export type Edit =
  /** Adds the objects of a file, each in place of one of its kind and name. */
  | { readonly kind: 'put'; readonly file: ManifestFile }
  | { readonly kind: 'remove'; readonly object: ObjectName }
  /** Sets labels, null takes one away: those of the pods that come of a workload's template, else the object's own. */
  | { readonly kind: 'relabel'; readonly object: ObjectName; readonly labels: ReadonlyMap<string, string | null> }

/** The objects of an input by name, as often as they stand in it. */
export function objectsOf({ documents }: Input): readonly ObjectName[] {
  return documents.flatMap(({ objects }) => objects.map(({ kind, decoded }) => objectName(kind, decoded)))
}

/**
 * The input with a change, without reading its files again; what is not changed is shared. A change of an object that is not
 * in the input changes nothing: ask {@link objectsOf} before.
 */
export function edited(input: Input, edit: Edit): Input {
  switch (edit.kind) {
    case 'put': {
      const files = [edit.file]
      const added = readFiles(files, input.options)
      const names = new Set(added.flatMap(({ objects }) => objects.map(({ name }) => name)))
      const kept = changed(input, (object) => (names.has(object.name) ? null : object))
      return { ...input, files: [...input.files, ...files], documents: [...kept, ...added] }
    }
    case 'remove':
      return { ...input, documents: changed(input, (object) => (isCalled(object, edit.object) ? null : object)) }
    case 'relabel':
      return {
        ...input,
        documents: changed(input, (object) =>
          isCalled(object, edit.object) ? relabelled(object, edit.labels) : object,
        ),
      }
  }
}

function changed({ documents }: Input, change: (object: ReadObject) => ReadObject | null): readonly FileDocument[] {
  return documents.map((document) => {
    const objects = document.objects.flatMap((object) => change(object) ?? [])
    const isSame =
      objects.length === document.objects.length && objects.every((one, at) => one === document.objects[at])
    return isSame ? document : { ...document, objects }
  })
}

function isCalled({ kind, decoded }: ReadObject, wanted: ObjectName): boolean {
  const { namespace, name } = objectName(kind, decoded)
  return kind === wanted.kind && namespace === wanted.namespace && name === wanted.name
}

function relabelled(object: ReadObject, labels: ReadonlyMap<string, string | null>): ReadObject {
  const decoded = withLabels(object.decoded, (before) => {
    const after = new Map(before)
    for (const [key, value] of labels) {
      if (value === null) after.delete(key)
      else after.set(key, value)
    }
    return after
  })
  return { ...object, decoded }
}

function withLabels(decoded: Decoded, change: (labels: Labels) => Labels): Decoded {
  switch (decoded.is) {
    case 'namespace':
      return { ...decoded, object: { ...decoded.object, labels: change(decoded.object.labels) } }
    case 'workload': {
      const { template } = decoded.object
      return { ...decoded, object: { ...decoded.object, template: { ...template, labels: change(template.labels) } } }
    }
    case 'pod': {
      const { template, metadata } = decoded.object
      const labels = change(template.labels)
      return {
        ...decoded,
        object: { ...decoded.object, template: { ...template, labels }, metadata: { ...metadata, labels } },
      }
    }
    // Labels of these decide nothing
    case 'policy':
    case 'node':
    case 'service':
    case 'endpoints':
      return decoded
  }
}
