import { describe } from 'vitest'
import { NAME_LABEL } from '../reference/generate-universe.js'
import { law } from '../support/laws.js'
import {
  dictOf,
  isDict,
  isKind,
  listOf,
  mapKind,
  mapPolicies,
  mapPorts,
  mapRules,
  nameOf,
  namespaceOf,
  typed,
  without,
  type Dict,
  type Json,
} from '../support/laws-json.js'
import type { Random } from '../support/laws-random.js'

/** The fields in which null, absent and empty are one and the same. */
const LISTS = ['ingress', 'egress', 'from', 'to', 'ports', 'except', 'matchExpressions', 'values', 'policyTypes']
const MAPS = ['labels', 'matchLabels']

/** Everything with its empty fields written in another way, or left out. */
function emptied(value: Json, random: Random): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => emptied(item, random))
  if (!isDict(value)) return value
  const entries = Object.entries(value).flatMap(([key, part]): [string, Json][] => {
    const list = LISTS.includes(key)
    if (!list && !MAPS.includes(key)) return [[key, emptied(part, random)]]
    if (part !== null && Object.keys(part).length > 0) return [[key, emptied(part, random)]]
    return random.pick<[string, Json][]>([[], [[key, null]], [[key, list ? [] : {}]]])
  })
  return Object.fromEntries(entries)
}

/** Every empty rule and port written as null, or as `{}`. */
function withEmpty(policy: Dict, empty: null | Dict): Dict {
  const written = (one: Dict): Json => (Object.keys(one).length === 0 ? empty : one)
  return mapRules(
    mapPorts(policy, (port) => [written(port)]),
    (rule) => [written(rule)],
  )
}

const withProtocol = (port: Dict): Dict => ({ ...port, protocol: port['protocol'] ?? 'TCP' })

const SERVER_METADATA = {
  uid: '6f1c0a5e-0000-4000-8000-000000000001',
  resourceVersion: '4711',
  generation: 1,
  creationTimestamp: null,
  managedFields: [{ manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:spec': {} } }],
  annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"kind":"NetworkPolicy","spec":{}}' },
}

describe('D-31, F-026: written out or not, the same:', () => {
  law('policyTypes', ({ objects }) => ({ after: mapPolicies(objects, (policy) => typed(policy)) }))

  law('the protocol TCP of policy ports', ({ objects }) => ({
    after: mapPolicies(objects, (policy) => mapPorts(policy, (port) => [withProtocol(port)])),
  }))

  law('lists and maps that are empty, null or absent', ({ objects, random }) => ({
    after: mapPolicies(objects, (policy) => dictOf(emptied(policy, random))),
  }))

  law('a rule or port that is null, and an empty one', ({ objects, random }) => {
    const withMore = mapPolicies(objects, (policy) => mapRules(policy, (rule) => [random.chance(15) ? {} : rule]))
    return {
      before: mapPolicies(withMore, (policy) => withEmpty(policy, {})),
      after: mapPolicies(withMore, (policy) => withEmpty(policy, null)),
    }
  })

  law('the defaults of pods: protocol, network of its own, the namespace', ({ objects }) => ({
    after: mapKind(objects, 'Pod', (pod) => {
      const spec = dictOf(pod['spec'])
      const written = (containers: Json | undefined): Json =>
        listOf(containers).map((container) => {
          const ports = listOf(dictOf(container)['ports']).map((port) => withProtocol(dictOf(port)))
          return { ...dictOf(container), ports }
        })
      const all = {
        ...spec,
        hostNetwork: spec['hostNetwork'] === true,
        containers: written(spec['containers']),
        initContainers: written(spec['initContainers']),
      }
      return [{ ...pod, spec: all, metadata: { ...dictOf(pod['metadata']), namespace: namespaceOf(pod) } }]
    }),
  }))

  law('the namespace of policies, and the name label of namespaces', ({ objects }) => ({
    after: mapPolicies(objects, (policy) => ({
      ...policy,
      metadata: { ...dictOf(policy['metadata']), namespace: namespaceOf(policy) },
    })).map((object) => {
      if (!isKind(object, 'Namespace')) return object
      const metadata = dictOf(object['metadata'])
      return {
        ...object,
        metadata: { ...metadata, labels: { ...dictOf(metadata['labels']), [NAME_LABEL]: nameOf(object) } },
      }
    }),
  }))

  law('a policy from git, and as the API server gives it back', ({ objects }) => ({
    after: mapPolicies(objects, (policy) => {
      const stored = mapPorts(typed(policy), (port) => [withProtocol(port)])
      const spec = dictOf(dropEmpty(stored['spec'] ?? {}))
      const metadata = { ...dictOf(policy['metadata']), ...SERVER_METADATA, namespace: namespaceOf(policy) }
      return { ...stored, metadata, spec: { podSelector: {}, ...spec }, status: {} }
    }),
  }))
})

/** Lists without items and fields that are null are not stored; an empty selector of a peer is. */
function dropEmpty(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(dropEmpty)
  if (!isDict(value)) return value
  const gone = Object.entries(value).filter(([, part]) => part === null || (Array.isArray(part) && part.length === 0))
  const kept = without(value, ...gone.map(([key]) => key))
  return Object.fromEntries(
    Object.entries(kept).map(([key, part]) => [key, key === 'matchLabels' ? part : dropEmpty(part)]),
  )
}
