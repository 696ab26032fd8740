import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../src/index.js'
import { formatAddress } from '../../src/net/address.js'
import { codesOf, load, object, workloadOf } from './manifests.js'

function node(addresses: readonly (readonly [type: string, address: string])[]): object {
  return object('v1', 'Node', 'n1', { status: { addresses: addresses.map(([type, address]) => ({ type, address })) } })
}

function pod(name: string, spec: object, status: object = {}): object {
  return object('v1', 'Pod', `x/${name}`, { spec, status })
}

function addressesOf(cluster: Cluster, name = 'n1'): readonly string[] | undefined {
  return cluster.nodes.get(name)?.addresses.map(formatAddress)
}

describe('D-10: nodes', () => {
  test('a Node has the addresses of its status; host names are passed over', () => {
    const cluster = load([
      node([
        ['Hostname', 'n1.example.com'],
        ['InternalIP', '192.168.9.1'],
        ['InternalIP', 'fd00::1'],
        ['InternalDNS', 'n1.internal'],
        ['ExternalIP', '198.51.100.7'],
      ]),
    ])
    expect(addressesOf(cluster)).toEqual(['192.168.9.1', 'fd00::1'])
    expect(cluster.nodes.get('n1')?.externalAddresses.map(formatAddress)).toEqual(['198.51.100.7'])
    expect(cluster.diagnostics).toEqual([])
  })

  test('a node that only pods name has the addresses of their hosts, each once', () => {
    const status = { hostIP: '192.168.9.1', hostIPs: [{ ip: '192.168.9.1' }, { ip: 'fd00::1' }] }
    const cluster = load([
      pod('a', { nodeName: 'n1' }, status),
      pod('b', { nodeName: 'n1' }, { hostIP: '192.168.9.1' }),
    ])
    expect(addressesOf(cluster)).toEqual(['192.168.9.1', 'fd00::1'])
  })

  test('both together, in any order', () => {
    const objects = [node([['InternalIP', 'fd00::1']]), pod('a', { nodeName: 'n1' }, { hostIP: '192.168.9.1' })]
    expect(addressesOf(load(objects))?.toSorted()).toEqual(['192.168.9.1', 'fd00::1'])
    expect(addressesOf(load(objects.toReversed()))?.toSorted()).toEqual(['192.168.9.1', 'fd00::1'])
  })

  test('A-64: a pod on the network of the host shows its address', () => {
    const host = { nodeName: 'n1', hostNetwork: true }
    expect(addressesOf(load([pod('a', host, { podIP: '192.168.9.1' })]))).toEqual(['192.168.9.1'])
    expect(addressesOf(load([pod('a', { nodeName: 'n1' }, { podIP: '10.0.1.1' })]))).toEqual([])
  })

  test('a pod that waits for a node has none', () => {
    const cluster = load([pod('a', {})])
    expect(cluster.nodes.size).toBe(0)
    expect(workloadOf(cluster, 'x/Pod/a').pods[0]).toMatchObject({ node: null, nodeAddresses: [] })
  })
})

describe('D-10, D-32: addresses of pods', () => {
  const ips = (status: object) =>
    workloadOf(load([pod('a', {}, status)]), 'x/Pod/a').pods[0]?.addresses.map(formatAddress)

  test.each([
    ['podIPs', { podIP: '10.0.1.1', podIPs: [{ ip: '10.0.1.1' }, { ip: 'fd00::1' }] }, ['10.0.1.1', 'fd00::1']],
    ['podIP alone', { podIP: '10.0.1.1' }, ['10.0.1.1']],
    ['podIP beside an empty list', { podIP: '10.0.1.1', podIPs: [] }, ['10.0.1.1']],
    ['none yet', { podIP: '', phase: 'Pending' }, []],
    ['null', { podIP: null, podIPs: null }, []],
    ['no status', {}, []],
  ])('%s', (_, status, expected) => {
    expect(ips(status)).toEqual(expected)
  })

  test('what is no address is refused', () => {
    expect(load([pod('a', {}, { podIP: '10.0.1.256' })]).diagnostics).toMatchObject([
      { code: 'NP009', path: 'status.podIP' },
    ])
  })
})

describe('A-45: the families that the input shows', () => {
  const service = (spec: object) => object('v1', 'Service', 'x/s', { spec })

  test.each([
    ['nothing', [], ['IPv4']],
    ['a pod', [pod('a', {}, { podIP: 'fd00::1' })], ['IPv6']],
    ['two pods', [pod('a', {}, { podIP: 'fd00::1' }), pod('b', {}, { podIP: '10.0.0.1' })], ['IPv4', 'IPv6']],
    ['a host', [pod('a', {}, { hostIP: 'fd00::1' })], ['IPv6']],
    [
      'a node',
      [
        node([
          ['ExternalIP', '2001:db8::1'],
          ['InternalIP', '10.0.0.1'],
        ]),
      ],
      ['IPv4', 'IPv6'],
    ],
    ['ipFamilies of a Service', [service({ ipFamilies: ['IPv4', 'IPv6'] })], ['IPv4', 'IPv6']],
    ['the address of a Service', [service({ clusterIP: 'fd00::1' })], ['IPv6']],
    ['a headless Service', [service({ clusterIP: 'None' })], ['IPv4']],
  ])('%s', (_, objects, families) => {
    expect(load([object('v1', 'Namespace', 'x'), ...objects]).families).toEqual(families)
  })
})

describe('A-28: namespaces that nobody defines', () => {
  const NAME_LABEL = 'kubernetes.io/metadata.name'
  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'p/p', { spec: { podSelector: {} } })
  const deployment = object('apps/v1', 'Deployment', 'd/d', { spec: { template: {} } })

  test('every object makes the one it is in, with one label', () => {
    const cluster = load([pod('a', {}), policy, deployment, object('v1', 'Service', 's/s')])
    expect([...cluster.namespaces.values()].map(({ name, defined }) => [name, defined]).toSorted()).toEqual([
      ['d', false],
      ['p', false],
      ['s', false],
      ['x', false],
    ])
    expect([...(cluster.namespaces.get('x')?.labels ?? [])]).toEqual([[NAME_LABEL, 'x']])
  })

  test.each(['before', 'behind'])('one that is defined %s its objects has its labels', (order) => {
    const defined = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x', labels: { team: 'a' } } }
    const objects = order === 'before' ? [defined, pod('a', {})] : [pod('a', {}), defined]
    expect(load(objects).namespaces.get('x')).toMatchObject({ defined: true })
    expect(load(objects).namespaces.get('x')?.labels.get('team')).toBe('a')
  })

  test('A-2: objects without a namespace are in the one of -n, else in default', () => {
    const nameless = object('v1', 'Pod', 'a')
    expect([...load([nameless]).namespaces.keys()]).toEqual(['default'])
    expect([...load([nameless], { namespace: 'shop' }).namespaces.keys()]).toEqual(['shop'])
    expect(codesOf(load([nameless]))).toEqual([])
  })
})
