/** Arbitrary policies that the API server takes (section B). */
import fc from 'fast-check'
import { parsePrefix } from './addresses.js'
import { parts, unions } from './generate-unions.js'
import * as u from './generate-universe.js'

const labelOf = ([key, values]: readonly [string, readonly string[]]): fc.Arbitrary<[string, string]> =>
  fc.tuple(fc.constant(key), fc.constantFrom(...values))

const podLabel = u.weighted(...u.LABELS.map((one) => [1, labelOf(one)] as u.Weighted<[string, string]>))
/** Mostly the name label: what rests on another label of an undefined namespace is indeterminate. */
const spaceLabel = u.weighted<[string, string]>([3, labelOf([u.NAME_LABEL, u.NAMESPACES])], [2, podLabel])

function selectors(label: fc.Arbitrary<[string, string]>): fc.Arbitrary<object> {
  const expression = fc
    .record({
      operator: u.pick('In', 'NotIn', 'NotIn', 'Exists', 'Exists', 'DoesNotExist'),
      one: label,
      two: label,
      twice: fc.boolean(),
      none: u.noList,
    })
    .map(({ operator, one, two, twice, none }) => {
      const values = twice && one[0] === two[0] ? [one[1], two[1]] : [one[1]]
      if (operator === 'In' || operator === 'NotIn') return { key: one[0], operator, values }
      return u.compact({ key: one[0], operator, values: none })
    })
  const pairs = fc.array(label, { minLength: 1, maxLength: 2 }).map((all) => Object.fromEntries(all))
  const expressions = fc.array(expression, { minLength: 1, maxLength: 2 })
  // B-31: a blank value is null, and decodes to the empty string
  const blank = pairs.map((all) => Object.fromEntries(Object.entries(all).map(([k, v]) => [k, v === '' ? null : v])))
  return u.weighted<object>(
    [5, fc.record({ matchLabels: u.weighted<object>([4, pairs], [1, blank]) })],
    [5, fc.record({ matchExpressions: expressions })],
    [2, fc.record({ matchLabels: pairs, matchExpressions: expressions })],
    [1, fc.record({ matchLabels: pairs, matchExpressions: u.noList }).map(u.compact)],
  )
}

const emptySelector: fc.Arbitrary<object> = u.weighted<object>(
  [4, fc.constant({})],
  [1, u.pick({ matchLabels: null }, { matchLabels: {} }, { matchExpressions: [] }, { matchExpressions: null })],
)
export const podSelector = u.weighted<object>([3, selectors(podLabel)], [1, emptySelector])
export const spaceSelector = u.weighted<object>([3, selectors(spaceLabel)], [1, emptySelector])
const subject: fc.Arbitrary<unknown> = u.weighted<unknown>([4, selectors(podLabel)], [3, emptySelector], [2, u.nothing])

const cidrs: fc.Arbitrary<string> = u.weighted<string>(
  [4, fc.constantFrom(...u.V4_BLOCKS)],
  [1, fc.constantFrom(...u.V6_BLOCKS)],
  [1, u.pick('0.0.0.0/0', '0.0.0.0/0', '::/0')],
)

/** B-25: strictly inside. Mapped values are left out on both sides. */
function mayExcept(inner: string, outer: string): boolean {
  const [one, all] = [parsePrefix(inner), parsePrefix(outer)]
  if (one.mapped || all.mapped || one.family !== all.family || one.length <= all.length) return false
  const shift = BigInt((all.family === 'IPv4' ? 32 : 128) - all.length)
  return one.value >> shift === all.value >> shift
}

const ipBlock: fc.Arbitrary<object> = fc
  .record({ cidr: cidrs, excepts: fc.array(fc.nat(), { maxLength: 3 }), some: fc.boolean(), none: u.noList })
  .map(({ cidr, excepts, some, none }) => {
    const legal = [...u.V4_BLOCKS, ...u.V6_BLOCKS].filter((one) => mayExcept(one, cidr))
    const except = legal.length === 0 || !some ? [] : excepts.map((n) => legal[n % legal.length])
    return u.compact({ cidr, except: except.length === 0 ? none : except })
  })

const peer: fc.Arbitrary<object> = u
  .weighted<Record<string, unknown>>(
    [4, fc.record({ podSelector, namespaceSelector: u.nothing, ipBlock: u.nothing })],
    [4, fc.record({ podSelector: u.nothing, namespaceSelector: spaceSelector, ipBlock: u.nothing })],
    [3, fc.record({ podSelector, namespaceSelector: spaceSelector })],
    [6, fc.record({ podSelector: u.nothing, namespaceSelector: u.nothing, ipBlock })],
  )
  .map(u.compact)

const protocol: fc.Arbitrary<unknown> = u.weighted<unknown>(
  [4, u.pick(undefined, undefined, null)],
  [5, u.pick('TCP', 'TCP', 'UDP', 'UDP', 'SCTP')],
)
const number = u.weighted<number>([1, u.pick(...u.PORTS)], [2, u.pick(53, 80)])
const range = fc
  .tuple(u.pick(...u.PORTS), u.pick(...u.PORTS))
  .map(([a, b]) => ({ port: Math.min(a, b), endPort: Math.max(a, b) }))
const portEntry: fc.Arbitrary<object | null> = u
  .weighted<[object | null, unknown]>(
    [6, fc.tuple(fc.record({ port: number, endPort: u.nothing }), protocol)],
    [5, fc.tuple(range, protocol)],
    [8, fc.tuple(fc.record({ port: u.pick(...u.PORT_NAMES) }), protocol)],
    [3, fc.tuple(fc.record({ port: u.nothing }), protocol)],
    [1, fc.tuple(fc.constant(null), protocol)],
  )
  .map(([parts, protocol]) => (parts === null ? null : u.compact({ ...parts, protocol })))

const portLists = u.weighted<unknown>(
  [4, u.noList],
  [6, fc.array(portEntry, { minLength: 1, maxLength: 3 })],
  [2, u.pick(...u.PORT_NAMES).map((port) => [{ port }])],
)
const peerLists = u.weighted<unknown>([2, u.noList], [12, fc.array(peer, { minLength: 1, maxLength: 3 })], [1, parts])

function rules(side: 'from' | 'to'): fc.Arbitrary<unknown> {
  const rule: fc.Arbitrary<unknown> = u.weighted<unknown>(
    [1, u.pick(null, {})],
    [24, fc.record({ [side]: peerLists, ports: portLists }).map(u.compact)],
  )
  return u.weighted<unknown>([1, u.noList], [4, fc.array(rule, { minLength: 1, maxLength: 3 })])
}

const policyTypes: fc.Arbitrary<unknown> = u.weighted<unknown>(
  [5, u.noList],
  [3, u.pick(['Ingress'], ['Egress'])],
  [4, u.pick(['Ingress', 'Egress'], ['Egress', 'Ingress'])],
  [1, u.pick(['Ingress', 'Ingress'], ['Egress', 'Egress'])],
)

const spec: fc.Arbitrary<unknown> = u.weighted<unknown>(
  [24, fc.record({ podSelector: subject, policyTypes, ingress: rules('from'), egress: rules('to') }).map(u.compact)],
  [1, u.pick(undefined, null, {})],
)

const alone = fc.record({ namespace: u.pick('x', 'x', 'y', 'default', undefined), spec })

export const policies: fc.Arbitrary<object[]> = fc
  .record({
    several: fc.array(alone, { minLength: 3, maxLength: 7 }),
    together: u.weighted<{ namespace: string | undefined; spec: unknown }[]>([2, fc.constant([])], [1, unions]),
  })
  .map(({ several, together }) =>
    [...several, ...together].map(({ namespace, spec }, index) =>
      u.compact({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: u.compact({ name: `p${index}`, namespace }),
        spec,
      }),
    ),
  )
