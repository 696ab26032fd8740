import { isPolicyKind } from '../kinds/kinds.js'
import { isWorkloadKind } from '../decode/owners.js'

/** Whether a name in messages, `Kind namespace/name`, is that of a policy. */
export function isPolicy(name: string): boolean {
  return isPolicyKind(name.slice(0, name.indexOf(' ')))
}

export function isNamespace(name: string): boolean {
  return name.startsWith('Namespace ')
}

/** Whether it is that of a pod or of what owns pods. */
export function isWorkload(name: string): boolean {
  const kind = name.slice(0, name.indexOf(' '))
  return kind === 'Pod' || isWorkloadKind(kind)
}

/** The namespace of an object, by its name in messages; a Namespace is in itself. */
export function namespaceOf(name: string): string {
  return name.slice(name.indexOf(' ') + 1).split('/')[0] ?? ''
}
