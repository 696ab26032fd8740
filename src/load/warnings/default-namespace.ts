import type { ReadObject } from '../decode/decode.js'
import { placeOf } from '../../model/source.js'
import type { Remark } from './remark-context.js'

/** Objects that name no namespace beside objects that do: once per file. */
export const defaultNamespace: Remark = ({ objects, namespaceChosen }) => {
  if (namespaceChosen) return []
  const placed = objects.flatMap((object) => {
    const namespace = namespaceOf(object)
    return namespace === null ? [] : [{ object, ...namespace }]
  })
  const unnamed = placed.filter(({ written }) => !written)
  const others = placed.some(({ written, name }) => written && name !== 'default')
  if (!others) return []
  const firstOfFile = new Map(unnamed.toReversed().map((entry) => [entry.object.source.file, entry]))
  return [...firstOfFile.values()].toReversed().map(({ object, name }) => {
    return {
      code: 'NP124',
      severity: 'warning',
      message: `the object names no namespace and is taken to be in \`${name}\`, while others are in use`,
      help: 'choose it with --namespace',
      object: object.name,
      path: 'metadata.namespace',
      ...placeOf(object.source, ['metadata']),
    }
  })
}

function namespaceOf({ decoded }: ReadObject): { readonly name: string; readonly written: boolean } | null {
  switch (decoded.is) {
    case 'namespace':
    case 'node':
      return null
    case 'policy':
    case 'pod':
    case 'workload':
    case 'service':
    case 'endpoints': {
      const { namespace, hasNamespace } = decoded.object.metadata
      return { name: namespace, written: hasNamespace }
    }
  }
}
