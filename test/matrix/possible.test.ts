import { describe, expect, test } from 'vitest'
import { check, matrix, parseCluster, type MatrixOptions } from '../../src/index.js'

const pod = (name: string, spec = {}, ip?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'x', uid: 'u', resourceVersion: '1', labels: { app: name } },
  spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
  status: { phase: 'Running', ...(ip === undefined ? {} : { podIP: ip }) },
})

const policy = (from: object[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'db', namespace: 'x' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from, ports: [{ port: 5432 }] }] },
})

const clusterOf = (...objects: object[]) =>
  parseCluster(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))

const db = pod('db', {}, '10.0.0.1')
const elsewhere = { ...pod('app', {}, '10.0.0.3'), metadata: { name: 'app', namespace: 'unknown' } }
const POSTGRES = [{ protocol: 'TCP', port: 5432, endPort: 5432 }]

describe('a closed pair that may be open is listed, with all ports that may be', () => {
  test.each<[string, object[], string, MatrixOptions, unknown[]]>([
    [
      'A-45: the address may be in half a family',
      [policy([{ ipBlock: { cidr: '0.0.0.0/1' } }]), pod('app'), db],
      'x/Pod/app',
      {},
      POSTGRES,
    ],
    [
      'A-28: labels of the namespace are unknown',
      [policy([{ namespaceSelector: { matchLabels: { env: 'prod' } } }]), elsewhere, db],
      'unknown/Pod/app',
      {},
      POSTGRES,
    ],
    [
      'A-64: others tell a host apart by its labels',
      [
        policy([{ podSelector: { matchLabels: { app: 'app' } } }]),
        { ...pod('app', { hostNetwork: true, nodeName: 'n1' }), status: { phase: 'Running', hostIP: '192.168.0.1' } },
        {
          ...db,
          spec: { ...db.spec, nodeName: 'n2' },
          status: { phase: 'Running', podIP: '10.0.0.1', hostIP: '192.168.0.2' },
        },
      ],
      'x/Pod/app',
      {},
      POSTGRES,
    ],
    [
      'A-45: a range that the block has no part of',
      [policy([{ ipBlock: { cidr: '0.0.0.0/1' } }]), pod('app'), db],
      'x/Pod/app',
      { podCidrs: ['192.168.0.0/16'] },
      [],
    ],
    [
      'A-43: never',
      [policy([{ ipBlock: { cidr: '0.0.0.0/1' } }]), pod('app'), db],
      'x/Pod/app',
      { ipblockPods: 'never' },
      [],
    ],
  ])('%s', (_, objects, from, options, possible) => {
    const cluster = clusterOf(...objects)
    const answered = matrix(cluster, { ...options, to: 'x/Pod/db', from })
    expect(answered.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    const found = answered.connections
    expect(found).toEqual(possible.length === 0 ? [] : [{ from, to: 'x/Pod/db', ports: [], possible }])
    const { verdict, certainty } = check(cluster, { from, to: 'x/Pod/db', port: 5432 }, options)
    expect([verdict, certainty === 'certain']).toEqual(['deny', possible.length === 0])
    // What is certainly closed passes, and nothing else does
    const strict = matrix(cluster, { ...options, to: 'x/Pod/db', from, port: 5432, strict: true })
    expect(strict.connections === null).toBe(possible.length > 0 || !cluster.answerable)
    expect(matrix(cluster, { ...options, to: 'x/Pod/db', from, port: 80 }).connections).toEqual([])
  })

  test('A-62: a host of unknown node may be let in on every port', () => {
    const cluster = clusterOf(policy([]), db, pod('app', { hostNetwork: true }))
    const [found] = matrix(cluster, { from: 'x/app', to: 'x/db' }).connections ?? []
    // An empty list of peers is everybody, on this port
    expect([found?.ports, found?.possible?.length]).toEqual([POSTGRES, 4])
  })
})
