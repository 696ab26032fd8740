import { expect, test } from 'vitest'
import { parseCluster } from '../../src/load/load.js'
import { matrix, matrixReport } from '../../src/report/matrix/matrix.js'
import { matrixJson } from '../../src/report/matrix/matrix-json.js'

const pod = (namespace: string, name: string, labels = '{}') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: ${labels}}\n`
/** Namespaces before and behind the id `external`, single pods and a workload of several; one policy that lets only some in. */
const CLUSTER = parseCluster(
  [
    ...['a', 'b', 'c'].map((name) => pod('early', name, `{app: ${name}}`)),
    ...['a', 'b'].map((name) => pod('late', name)),
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: late}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: d}}\n  template: {metadata: {labels: {app: d}}}\n',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: early}\nspec: {podSelector: {matchLabels: {app: a}}, ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]}\n',
  ].join('---\n'),
)

test.each([{}, { limit: 1 }, { limit: 7 }, { limit: 30 }, { to: 'early/a' }, { from: 'late/d' }, { within: 'late' }])(
  'connections that are worded together for sources that share them are those that are read one by one: %j',
  (options) => {
    const { connections, omittedConnections } = matrix(CLUSTER, options)
    const report = matrixReport(CLUSTER, options)
    const text = [...matrixJson(report, {})].join('')
    expect(JSON.parse(text)).toMatchObject({ connections })
    expect((JSON.parse(text) as { omittedConnections?: number }).omittedConnections).toBe(omittedConnections)
    expect(connections?.length).toBeGreaterThan(0)
  },
)

test('a line of each format is worded once for all sources that share it', () => {
  const many = parseCluster(Array.from({ length: 60 }, (_, at) => pod('one', `p${at}`)).join('---\n'))
  const worded = { starts: 0, rests: 0 }
  const format = {
    start: () => `${++worded.starts} `,
    rest: () => `${++worded.rests}\n`,
  }
  const lines = [...(matrixReport(many, {}).lines?.(format) ?? [])].join('').trimEnd().split('\n')
  expect(lines.length).toBe(60 * 59 + 120)
  // Those of 60 pods, and 120 about the outside world
  expect(worded.rests).toBe(60 + 120)
  expect(worded.starts).toBe(60 + 120)
})
