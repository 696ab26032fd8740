import { parseAddress, type Address } from '../reference/addresses.js'
import type { End, Question } from '../reference/evaluate.js'
import {
  at,
  dictOf,
  isDict,
  isKind,
  listOf,
  nameOf,
  namespaceOf,
  textOf,
  without,
  type Dict,
  type Json,
} from './laws-json.js'

export function podsOf(objects: readonly Dict[]): readonly Dict[] {
  return objects.filter((object) => isKind(object, 'Pod'))
}

/** Pods that can be asked about. */
export function livePods(objects: readonly Dict[]): readonly Dict[] {
  return podsOf(objects).filter((pod) => !['Succeeded', 'Failed'].includes(textOf(at(pod, 'status', 'phase'))))
}

/** `namespace/name`. */
export function podText(pod: Dict): string {
  return `${namespaceOf(pod)}/${nameOf(pod)}`
}

/** Whether an end has an address that the input tells; nodes and addresses themselves always have one. */
export function hasAddress(objects: readonly Dict[], end: End): boolean {
  if (!('pod' in end)) return true
  return podsOf(objects).some(({ status, ...pod }) => {
    if (podText(pod) !== end.pod || !isDict(status)) return false
    return textOf(status['podIP']) !== '' || listOf(status['podIPs']).length > 0
  })
}

/** Asks only about flows whose ends have addresses of their own: elsewhere the blocks of one rule count together. */
export function withAddresses(objects: readonly Dict[]): (question: Question) => Question | null {
  const onHost = podsOf(objects)
    .filter((pod) => at(pod, 'spec', 'hostNetwork') === true)
    .map(podText)
  const has = (end: End) => hasAddress(objects, end) && !('pod' in end && onHost.includes(end.pod))
  return (question) => (has(question.from) && has(question.to) ? question : null)
}

/** The pod as a template would make it: nothing but labels and containers. */
export function ordinary(pod: Dict): Dict {
  const spec = without(dictOf(pod['spec']), 'nodeName', 'hostNetwork')
  const metadata = without(dictOf(pod['metadata']), 'deletionTimestamp')
  return { ...without(pod, 'status'), metadata, spec }
}

/** Every address that the input gives to a pod or node. */
export function addressesIn(objects: readonly Dict[]): readonly Address[] {
  const found = (value: Json): readonly Address[] => {
    if (typeof value === 'string') return [parseAddress(value)].filter((address) => address !== undefined)
    return Object.values(value ?? {}).flatMap((part: Json) => found(part))
  }
  return objects.flatMap(({ status }) => found(status ?? null))
}

export interface DeclaredPort {
  readonly name: string | null
  readonly protocol: string
  readonly port: number
}

/** The ports of containers and native sidecars (A-54g). */
export function declaredPorts(pod: Dict): readonly DeclaredPort[] {
  const spec = dictOf(pod['spec'])
  const sidecars = listOf(spec['initContainers']).filter((one) => at(one, 'restartPolicy') === 'Always')
  return [...listOf(spec['containers']), ...sidecars].flatMap((container) =>
    listOf(at(container, 'ports')).map((port) => ({
      name: textOf(at(port, 'name')) || null,
      protocol: textOf(at(port, 'protocol')) || 'TCP',
      port: Number(at(port, 'containerPort')),
    })),
  )
}
