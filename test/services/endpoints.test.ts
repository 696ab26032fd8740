import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { clusterOf, codesOf, deployment, policy, service, told } from './shop.js'

const API = service('api', 'clusterIP: 10.96.0.1, ports: [{name: https, port: 443}]')
const NODE = `
apiVersion: v1
kind: Node
metadata: {name: cp, uid: u, resourceVersion: "1"}
status: {addresses: [{type: InternalIP, address: 172.18.0.2}]}
`
const slice = (endpoints: string, rest = 'ports: [{name: https, port: 6443}]', type = 'IPv4', name = 'api-1') => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}, namespace: shop, labels: {kubernetes.io/service-name: api}}
addressType: ${type}
endpoints: [${endpoints}]
${rest}
`
const endpoints = (subsets: string) => `
apiVersion: v1
kind: Endpoints
metadata: {name: api, namespace: shop}
subsets: [${subsets}]
`
const AT_NODE = '{addresses: [172.18.0.2]}'
const egress = (rules: string) => policy('web', `policyTypes: [Egress], egress: [${rules}]`)
const pod = (name: string, ip: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, uid: u, resourceVersion: "1", labels: {app: ${name}}}
spec: {nodeName: w1, containers: [{name: c, image: i}]}
status: {phase: Running, podIP: ${ip}, hostIP: 172.18.0.9, conditions: [{type: Ready, status: "True"}]}
`
const WEB = pod('web', '10.244.0.3')
const ask = (to: string, ...parts: readonly string[]) => told(clusterOf(WEB, API, ...parts), 'web', to)

describe('A-82: a Service without a selector leads to its endpoints', () => {
  test('E-5: to the node, on the port of the slice, whether the Service is named or its address met', () => {
    const parts = [NODE, slice(AT_NODE), egress('{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 6443}]}')]
    for (const to of ['svc/api:443', 'svc/api:https', 'svc/api', '10.96.0.1:443'])
      expect(ask(to, ...parts)).toBe('allow: allow cp:6443/TCP')
  })

  test('to an address that nobody in the input has', () => {
    expect(ask('svc/api:443', slice('{addresses: [203.0.113.7]}'), egress(''))).toBe('deny: deny 203.0.113.7:6443/TCP')
  })

  test('to the pod that has the address, whose ingress policies then count', () => {
    const parts = [pod('db', '10.244.0.5'), policy('db', 'policyTypes: [Ingress]'), slice('{addresses: [10.244.0.5]}')]
    expect(ask('svc/api:443', ...parts)).toBe('deny: deny db:6443/TCP')
  })

  test('A-82: packets go to the address: a targetRef counts only where the pod has no other one', () => {
    const named = (ip: string) => slice(`{addresses: [${ip}], targetRef: {kind: Pod, name: db}}`)
    expect(ask('svc/api:443', pod('db', '10.244.0.5'), named('10.244.0.5'))).toBe('allow: allow db:6443/TCP')
    expect(ask('svc/api:443', pod('db', '10.244.0.5'), named('203.0.113.7'))).toBe('allow: allow 203.0.113.7:6443/TCP')
    const manifest =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop}\nspec: {containers: [{name: c}]}\n'
    expect(ask('svc/api:443', manifest, named('203.0.113.7'))).toBe('allow: allow db:6443/TCP')
  })

  test('ports are joined by name and protocol, so that each address may have another one', () => {
    const other = slice('{addresses: [203.0.113.8]}', 'ports: [{name: https, port: 8443}]', 'IPv4', 'api-2')
    expect(ask('svc/api:443', slice('{addresses: [203.0.113.7]}'), other)).toBe(
      'allow: allow 203.0.113.7:6443/TCP, allow 203.0.113.8:8443/TCP',
    )
    expect(ask('svc/api:443', slice(AT_NODE, 'ports: [{name: web, port: 6443}]'))).toBe(
      'NP031 the Service `shop/api` has no endpoints for its port `443/TCP`, which has the name `https`; ports are joined by their names, and its endpoints have 6443/TCP with the name `web`',
    )
    expect(ask('svc/api:443', slice(AT_NODE, 'ports: [{name: https, port: 6443, protocol: UDP}]'))).toMatch(/^NP031/)
  })

  test('Endpoints count where there is no slice, and only there', () => {
    const subset =
      '{addresses: [{ip: 203.0.113.9}], notReadyAddresses: [{ip: 203.0.113.10}], ports: [{name: https, port: 9443}]}'
    expect(ask('svc/api:443', endpoints(subset))).toBe('allow: allow 203.0.113.9:9443/TCP')
    expect(ask('svc/api:443', endpoints(subset), NODE, slice(AT_NODE))).toBe('allow: allow cp:6443/TCP')
  })

  test('those of a Service with a selector are not asked: the pods decide', () => {
    const selecting = service('api', 'selector: {app: db}, ports: [{name: https, port: 443}]')
    const cluster = clusterOf(WEB, deployment('db'), selecting, slice('{addresses: [203.0.113.7]}'))
    expect(told(cluster, 'web', 'svc/api:443')).toBe('allow: allow db:443/TCP')
  })

  test('only ready ones; where none is, those that are being deleted and still serve', () => {
    const end = (last: number, conditions: string) => `{addresses: [203.0.113.${last}], conditions: {${conditions}}}`
    const going = end(2, 'ready: false, serving: true, terminating: true')
    const dead = end(3, 'ready: false')
    const parts = [slice([end(1, 'ready: true'), going, dead].join())]
    expect(ask('svc/api:443', ...parts)).toBe('allow: allow 203.0.113.1:6443/TCP')
    const cluster = clusterOf(WEB, API, ...parts)
    const [flow] = check(cluster, { from: 'web', to: 'svc/api:443' }, { namespace: 'shop' }).flows
    expect(flow?.notes.map(({ message }) => message).join()).toContain(
      '203.0.113.2 (terminating), 203.0.113.3 (not ready)',
    )
    expect(ask('svc/api:443', slice(`${going}, ${dead}`))).toBe('allow: allow 203.0.113.2:6443/TCP')
    expect(ask('svc/api:443', slice(dead))).toBe(
      'NP031 the Service `shop/api` has no endpoints: those that are listed are not ready; ',
    )
  })

  test('a Service of one family does not lead to addresses of the other', () => {
    const six = slice('{addresses: ["2001:db8::7"]}', undefined, 'IPv6')
    expect(ask('svc/api:443', six)).toContain('those that are listed are not of its address family')
  })

  test('without any it says how to get them', () => {
    expect(ask('svc/api:443')).toBe(
      'NP031 the Service `shop/api` has no selector, and the input does not show its endpoints; add its endpoints: kubectl get endpointslices -n shop -l kubernetes.io/service-name=api -o yaml',
    )
  })

  test('A-46: a block that holds the address of the Service and not the one behind it is uncertain, with its port', () => {
    const rule = egress('{to: [{ipBlock: {cidr: 10.96.0.1/32}}], ports: [{port: 443}]}')
    const cluster = clusterOf(WEB, API, NODE, slice(AT_NODE), rule)
    expect(told(cluster, 'web', 'svc/api:443')).toBe('deny undefined: deny cp:6443/TCP')
    expect(codesOf(check(cluster, { from: 'web', to: 'svc/api:443' }, { namespace: 'shop' }))).toContain(
      'service-address',
    )
  })

  test('A-80: a rule that lists the port of the Service says which port to list, at nodes and addresses too', () => {
    for (const parts of [[NODE, slice(AT_NODE)], [slice('{addresses: [203.0.113.7]}')]]) {
      const cluster = clusterOf(WEB, API, ...parts, egress('{ports: [{port: 443}]}'))
      const [flow] = check(cluster, { from: 'web', to: 'svc/api:443' }, { namespace: 'shop' }).flows
      expect(flow?.egress.nearMisses.map(({ message }) => message)).toEqual([
        'allows 443/TCP (Service shop/api maps 443 to 6443; policies see 6443, so the rule must list that), you asked for 6443/TCP',
      ])
    }
  })

  test('A-80: a rule for all addresses that lists the port of the Service is certain, with a note', () => {
    const cluster = clusterOf(WEB, API, NODE, slice(AT_NODE), egress('{ports: [{port: 443}]}'))
    expect(told(cluster, 'web', 'svc/api:443')).toBe('deny: deny cp:6443/TCP')
    expect(codesOf(check(cluster, { from: 'web', to: 'svc/api:443' }, { namespace: 'shop' }))).toContain(
      'service-port-mapped',
    )
  })
})

describe('NP046: endpoints that a cluster refuses', () => {
  const codes = (...parts: readonly string[]) => {
    const { diagnostics, answerable, incomplete } = clusterOf(WEB, API, ...parts)
    expect([answerable, incomplete]).toEqual([true, false])
    return diagnostics.filter(({ code }) => code < 'NP100').map(({ code, path }) => `${code} ${path ?? ''}`)
  }

  test('warn at their place and are skipped; the rest is used', () => {
    const parts = [slice('{addresses: ["2001:db8::1"]}, {addresses: [203.0.113.7]}')]
    expect(codes(...parts)).toEqual(['NP046 endpoints[0].addresses[0]'])
    expect(ask('svc/api:443', ...parts)).toBe('allow: allow 203.0.113.7:6443/TCP')
    const ports = 'ports: [{name: https, port: 0}, {name: https, port: 1}, {name: https, port: 2}]'
    expect(codes(slice(AT_NODE, ports))).toEqual(['NP046 ports[0].port', 'NP046 ports[2]'])
    expect(codes(slice('{addresses: [nowhere]}'))).toEqual(['NP009 endpoints[0].addresses[0]'])
  })

  test('more than a cluster takes is cut, with a warning', () => {
    const many = Array.from({ length: 1001 }, (_, n) => `{addresses: [10.1.${n >> 8}.${n % 256}]}`).join()
    expect(codes(slice(many))).toEqual(['NP046 endpoints'])
    expect(clusterOf(API, slice(many)).services[0]?.endpoints).toHaveLength(1000)
  })

  test('host names are not used by kube-proxy, and are skipped', () => {
    expect(codes(slice('{addresses: [db.example.com]}', undefined, 'FQDN'))).toEqual([])
  })
})
