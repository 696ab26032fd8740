import { describe, expect, test } from 'vitest'
import { serviceChanges } from '../../src/analyze/diff/service-changes.js'
import type { Cluster } from '../../src/index.js'
import type { Address } from '../../src/net/address.js'
import type { DiffResult } from '../../src/report/diff/diff-result.js'
import { otherLines } from '../../src/report/diff/diff-words.js'
import { run } from '../support/cli-io.js'
import { diffOf } from '../support/diff.js'
import { clusterOf, deployment, service } from './shop.js'

const API = 'selector: {app: api}, ports: [{port: 80, targetPort: http}]'
const base = [deployment('client'), deployment('api'), service('api', API)]
const changed = (head: readonly string[], from = base, options = {}) =>
  diffOf(clusterOf(...from), clusterOf(...head), { namespace: 'shop', ...options }).servicesChanged

describe('A-82: diff names the Services whose backends changed', () => {
  test('pods that came and went, by label, selector or readiness', () => {
    const head = [deployment('client'), deployment('api', 'other'), deployment('api-v2', 'api'), service('api', API)]
    expect(changed(head)).toEqual([
      {
        id: 'shop/Service/api',
        namespace: 'shop',
        name: 'api',
        backendsAdded: ['shop/Deployment/api-v2'],
        backendsRemoved: ['shop/Deployment/api'],
        portsChanged: [],
      },
    ])
    const selecting = [deployment('client'), deployment('api'), service('api', API.replace('api', 'client'))]
    expect(changed(selecting)).toMatchObject([
      { backendsAdded: ['shop/Deployment/client'], backendsRemoved: ['shop/Deployment/api'] },
    ])
  })

  test('A-81: another port of the same pods, of the Service or of a container', () => {
    const ports = { id: 'shop/Deployment/api', before: ['80/TCP -> 8080'], after: ['80/TCP -> 9090'] }
    const container = [
      deployment('client'),
      deployment('api', 'api', '{containerPort: 9090, name: http}'),
      base[2] ?? '',
    ]
    const mapped = [deployment('client'), deployment('api'), service('api', API.replace('http', '9090'))]
    for (const head of [container, mapped])
      expect(changed(head)).toMatchObject([{ backendsAdded: [], backendsRemoved: [], portsChanged: [ports] }])
  })

  test('endpoints and names outside', () => {
    const far = (address: string) => [
      deployment('client'),
      service('far', 'ports: [{port: 443}]'),
      `
apiVersion: v1
kind: Endpoints
metadata: {name: far, namespace: shop}
subsets: [{addresses: [{ip: ${address}}], ports: [{port: 6443}]}]
`,
      service('db', `type: ExternalName, externalName: db-${address.replaceAll('.', '-')}.example.com`),
    ]
    expect(changed(far('203.0.113.8'), far('203.0.113.7'))).toMatchObject([
      { name: 'db', backendsAdded: ['db-203-0-113-8.example.com'], backendsRemoved: ['db-203-0-113-7.example.com'] },
      { name: 'far', backendsAdded: ['203.0.113.8'], backendsRemoved: ['203.0.113.7'] },
    ])
  })

  test('not one that came, went or leads to the same under another name', () => {
    expect(changed(base)).toEqual([])
    expect(changed([...base, service('new', API)])).toEqual([])
    expect(changed(base.slice(0, 2))).toEqual([])
    const renamed = [
      deployment('client'),
      deployment('api').replace('name: api, namespace', 'name: v2, namespace'),
      base[2] ?? '',
    ]
    expect(changed(renamed)).toEqual([])
  })

  test('only those of the destinations that are asked about', () => {
    const head = [...base.slice(0, 2), deployment('api-v2', 'api'), service('api', API)]
    expect(changed(head, base, { to: 'client' })).toEqual([])
    expect(changed(head, base, { to: 'api-v2', includeNew: true })).toHaveLength(1)
  })

  test('in one line, whatever their number', () => {
    const many = Array.from({ length: 9 }, (_, n) => deployment(`v${n}`, 'api'))
    const head = [
      deployment('client'),
      deployment('api', 'api', '{containerPort: 9090, name: http}'),
      ...many,
      service('api', API),
    ]
    const result = diffOf(clusterOf(...base), clusterOf(...head))
    expect(otherLines(result).filter((line) => line.startsWith('Service'))).toEqual([
      `Service shop/api leads elsewhere: ${[0, 1, 2, 3, 4].map((n) => `+ shop/Deployment/v${n}`).join(', ')} and 5 more`,
    ])
    const fewer = [
      deployment('client'),
      deployment('api', 'api', '{containerPort: 9090, name: http}'),
      service('api', API),
    ]
    expect(otherLines(diffOf(clusterOf(...base), clusterOf(...fewer)))).toContain(
      'Service shop/api leads elsewhere: shop/Deployment/api on 80/TCP -> 9090 instead of 80/TCP -> 8080',
    )
  })

  test('also where both sides come of the same objects, of which a what-if changes one', async () => {
    const { stdout } = await run(['diff', '-f', '-', '--label', 'shop/Deployment/api:app=v2', '-o', 'json'], {
      stdin: base.join('---\n'),
      isPipedIn: true,
    })
    expect((JSON.parse(stdout) as DiffResult).servicesChanged).toMatchObject([
      { id: 'shop/Service/api', backendsAdded: [], backendsRemoved: ['shop/Deployment/api'] },
    ])
  })

  test('a pod on the network of its host, whose node has addresses of another family now', () => {
    const pod = `
apiVersion: v1
kind: Pod
metadata: {namespace: shop, name: agent, labels: {app: api}, uid: u, resourceVersion: '1'}
spec: {hostNetwork: true, nodeName: n1, containers: [{name: c, image: i}]}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
`
    const cluster = clusterOf(pod, service('api', `${API}, ipFamilies: [IPv4]`))
    const on = (address: Address): Cluster => ({
      ...cluster,
      // As where the sides share the file of the pod, and not that of the node
      workloads: cluster.workloads.map((workload) => ({
        ...workload,
        pods: workload.pods.map((one) => ({ ...one, readiness: 'ready', nodeAddresses: [address] })),
      })),
    })
    const [before, after] = [on({ family: 'IPv4', value: 1n }), on({ family: 'IPv6', value: 1n })]
    expect(serviceChanges(before, after, [])).toMatchObject([{ added: [], removed: ['shop/Pod/agent'] }])
  })
})
