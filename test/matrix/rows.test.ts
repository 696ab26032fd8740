import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/compile.js'
import { chosenReading } from '../../src/engine/readings.js'
import { parseCluster } from '../../src/index.js'
import { classesOf } from '../../src/matrix/classes.js'
import { connectionSets } from '../../src/matrix/connection-sets.js'
import type { Extent } from '../../src/matrix/lens.js'
import { portAtoms } from '../../src/matrix/port-atoms.js'
import { rowsUnder } from '../../src/matrix/rows.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'

/** Three pods with a label of their name; `c` is in a namespace of its own, which nobody defines if it is not among these. */
const PODS = [
  namespace('x'),
  pod('x', 'a', { app: 'a' }, null),
  pod('x', 'b', { app: 'b' }, null),
  pod('y', 'c', { app: 'c' }, null),
]

/** Who reaches whom on port 80, a row for each source: `+` open, `.` closed. */
function rowsOf(manifests: readonly string[], extent: Extent): readonly string[] {
  const cluster = parseCluster([{ file: 'm.yaml', text: [...PODS, ...manifests].join('---\n') }])
  const compiled = compile(cluster, {})
  const classes = classesOf(compiled)
  const sets = connectionSets(portAtoms(compiled, [{ protocol: 'TCP', first: 80, last: 80 }]))
  const world = { compiled, classes, sets }
  const rows = rowsUnder(world, { family: 'IPv4', reading: chosenReading(compiled), extent })
  const pods = cluster.workloads.flatMap((workload) => workload.pods).sort((one, two) => (one.name < two.name ? -1 : 1))
  const asked = sets.of([{ protocol: 'TCP', first: 80, last: 80 }])
  return pods.map((source) => {
    const row = rows.from(classes.classOf(source))
    const cells = pods.map((destination) => {
      const open = row[classes.classOf(destination).number] ?? sets.none
      return sets.covers(open, asked) ? '+' : '.'
    })
    return `${source.name} ${cells.join('')}`
  })
}

const OPEN = ['a +++', 'b +++', 'c +++']

describe('a row', () => {
  test.each([
    ['without policies is open', [], OPEN],
    ['of an isolated source has nothing', [policy('x', 'p', 'policyTypes: [Egress]')], ['a ...', 'b ...', 'c +++']],
    ['reaches no isolated destination', [policy('x', 'p', 'policyTypes: [Ingress]')], ['a ..+', 'b ..+', 'c ..+']],
    [
      'reaches those whose rules name the source',
      [policy('x', 'p', 'policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]')],
      ['a +++', 'b ..+', 'c ..+'],
    ],
    [
      'has what both ends let through',
      [
        policy('x', 'in', 'ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]'),
        policy('y', 'out', 'policyTypes: [Egress]'),
      ],
      ['a +++', 'b ..+', 'c ...'],
    ],
    [
      'has the ports of its rules only',
      [
        policy('x', 'p', 'policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}]'),
        policy('y', 'q', 'ingress: [{ports: [{port: 81}]}]'),
      ],
      ['a ++.', 'b ++.', 'c ++.'],
    ],
  ])('%s', (_, manifests, rows) => {
    for (const extent of ['sure', 'value', 'possible'] as const) expect(rowsOf(manifests, extent)).toEqual(rows)
  })
})

describe('what the input leaves open', () => {
  test('about the labels of a namespace is closed as things stand, and possible', () => {
    const manifests = [policy('x', 'p', 'ingress: [{from: [{namespaceSelector: {matchLabels: {team: red}}}]}]')]
    expect(rowsOf(manifests, 'sure')).toEqual(['a ..+', 'b ..+', 'c ..+'])
    expect(rowsOf(manifests, 'value')).toEqual(['a ..+', 'b ..+', 'c ..+'])
    expect(rowsOf(manifests, 'possible')).toEqual(['a ..+', 'b ..+', 'c +++'])
  })

  test('about an address is open where blocks hold every one, and never sure (A-45)', () => {
    const manifests = [
      policy('x', 'p', 'ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/1}}]}, {from: [{ipBlock: {cidr: 128.0.0.0/1}}]}]'),
    ]
    expect(rowsOf(manifests, 'sure')).toEqual(['a ..+', 'b ..+', 'c ..+'])
    expect(rowsOf(manifests, 'value')).toEqual(OPEN)
    expect(rowsOf(manifests, 'possible')).toEqual(OPEN)
  })
})
