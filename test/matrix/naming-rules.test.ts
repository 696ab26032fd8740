import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'
import { compile } from '../../src/engine/compile.js'
import { chosenReading } from '../../src/engine/readings.js'
import { classesOf } from '../../src/matrix/classes.js'
import { connectionSets } from '../../src/matrix/connection-sets.js'
import { lensesOf } from '../../src/matrix/lens.js'
import { namingRules } from '../../src/matrix/naming-rules.js'
import { portAtoms } from '../../src/matrix/port-atoms.js'

const pod = (name: string, { ip, host = false }: { readonly ip?: string; readonly host?: boolean } = {}) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, uid: u-${name}, resourceVersion: "1", labels: {app: ${name}}}
spec: {containers: [], hostNetwork: ${String(host)}}
${ip === undefined ? '' : `status: {phase: Running, podIP: ${ip}, podIPs: [{ip: ${ip}}]}`}
`
const accepting = (name: string, peer: string) => `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec: {tier: Admin, priority: 5, subject: {namespaces: {}}, ingress: [{action: Accept, from: [${peer}]}]}
`
const labelled = (app: string) =>
  accepting(app, `{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: ${app}}}}}`)

/** What the classes of a cluster are named by, and how many steps that takes. */
function named(text: string) {
  const compiled = compile(parseCluster(text), {})
  const classes = classesOf(compiled)
  const world = { compiled, classes, sets: connectionSets(portAtoms(compiled)) }
  const rules = classes.policies.flatMap((policy) => policy.rules.ingress ?? [])
  let steps = 0
  return (['sure', 'value', 'possible'] as const).map((extent) => {
    const lenses = lensesOf(world, { family: null, reading: chosenReading(compiled), extent })
    steps = 0
    const naming = namingRules(rules, classes.classes, lenses, (more) => (steps += more))
    const found = classes.classes.map((source) => ({ source, ...naming(source) }))
    return { lenses, rules, found, steps }
  })
}

describe('C-2: the rules that may name a source are found through its groups', () => {
  const text = [
    '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {kind: app}}\n',
    pod('a', { ip: '10.0.0.1' }),
    pod('b', { ip: '10.0.0.2' }),
    pod('c'),
    pod('d', { ip: '192.168.0.1', host: true }),
    labelled('a'),
    labelled('b'),
    labelled('nobody'),
    accepting('all', '{namespaces: {}}'),
    accepting('kinds', '{namespaces: {matchLabels: {kind: app}}}'),
    accepting('net', '{networks: [10.0.0.0/31]}'),
  ].join('')

  test('they are those of all rules that name it, and for whom has no known address those with blocks (A-45)', () => {
    for (const { lenses, rules, found } of named(text)) {
      for (const { source, places } of found) {
        const expected = rules.flatMap((rule, place) =>
          lenses.most.names(rule, source) || (source.families.length === 0 && rule.blocks !== null) ? [place] : [],
        )
        expect(places).toEqual(expected)
      }
    }
  })

  test('sources have one key where the same rules name them, in the same way', () => {
    for (const { lenses, rules, found } of named(text)) {
      for (const { source, key, places } of found) {
        for (const other of found) {
          const isAlike =
            places.join() === other.places.join() &&
            (source.families.length === 0) === (other.source.families.length === 0) &&
            rules.every((rule) =>
              [lenses.least, lenses.most].every((lens) => lens.names(rule, source) === lens.names(rule, other.source)),
            )
          expect(key === other.key).toBe(isAlike)
        }
      }
    }
  })

  test('a rule that does not name a source costs nothing', () => {
    const steps = [100, 200].map((many) => {
      const names = Array.from({ length: many }, (_, index) => `p${index}`)
      const [made] = named(names.map((name) => pod(name) + labelled(name)).join(''))
      return made?.steps ?? 0
    })
    expect(steps[0]).toBeGreaterThan(0)
    expect(steps[1]).toBe(2 * (steps[0] ?? 0))
  })
})
