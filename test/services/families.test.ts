import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { clusterOf, deployment, policy, service, told } from './shop.js'

describe('A-44: a connection has one family', () => {
  const live = (name: string, ips: readonly string[], spec = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, uid: u, resourceVersion: '1', labels: {app: ${name.slice(0, 3)}}}
spec: {nodeName: n1, ${spec}containers: [{name: c, image: i}]}
status: {podIP: '${ips[0]}', podIPs: [${ips.map((ip) => `{ip: '${ip}'}`).join(', ')}], conditions: [{type: Ready, status: 'True'}]}
`
  const DUAL = 'clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, "fd00:96::10"], ipFamilies: [IPv4, IPv6]'
  const pods = [live('api-4', ['10.0.0.4']), live('api-6', ['fd00::6']), live('web', ['10.0.0.1'])]
  const both = service('api', `${DUAL}, selector: {app: api}, ports: [{port: 80}]`)

  test('a client comes to none of the pods behind a Service that have no address of its family', () => {
    const closed = policy('api', 'policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]')
    expect(told(clusterOf(...pods, both, closed), 'shop/web', 'svc/api:80')).toBe('allow undefined: allow api-4:80/TCP')
    expect(told(clusterOf(...pods, both, closed), '2001:db8::1', 'svc/api:80')).toBe('deny: deny api-6:80/TCP')
  })

  test('that is of the family of the address that is asked for (E-5)', () => {
    const dual = live('web', ['10.0.0.1', 'fd00::1'])
    const asked = (to: string) => told(clusterOf(...pods.slice(0, 2), dual, both), 'shop/web', to)
    expect(asked('10.96.0.10:80')).toBe('allow: allow api-4:80/TCP')
    expect(asked('[fd00:96::10]:80')).toBe('allow: allow api-6:80/TCP')
    const four = clusterOf(pods[0] ?? '', dual, both)
    expect(told(four, 'shop/web', '[fd00:96::10]:80')).toContain('it matches 1 pod, without an address of its family')
  })

  test('a family that the Service does not have is not that of a node', () => {
    const node = `
apiVersion: v1
kind: Node
metadata: {name: n2, uid: u, resourceVersion: '1'}
status: {addresses: [{type: InternalIP, address: 192.168.0.2}, {type: InternalIP, address: 'fd00:9::2'}]}
`
    const pod = live('api', ['10.0.0.4', 'fd00::4'])
    const closed = policy('api', 'policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]')
    const four = service('api', 'ipFamilies: [IPv4], selector: {app: api}, ports: [{port: 80}]')
    expect(told(clusterOf(node, pod, four, closed), 'node/n2', 'svc/api:80')).toBe('allow: allow api:80/TCP')
  })

  test('rules about the other family are not named where no end has an address', () => {
    const open = policy('client', 'policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "::/0"}}]}, {}]')
    const four = service('api', 'clusterIP: 10.96.0.10, selector: {app: api}, ports: [{port: 80}]')
    const cluster = clusterOf(deployment('client'), deployment('api'), live('six', ['fd00::9']), four, open)
    const [flow] = check(cluster, { from: 'shop/client', to: 'shop/Service/api:80' }).flows
    expect(flow?.egress.rules.map(({ path }) => path)).toEqual(['spec.egress[1]'])
  })

  test('a pod that reaches itself is asked about in both (A-61)', () => {
    const six = policy('api', 'policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]')
    const cluster = clusterOf(live('api', ['10.0.0.4', 'fd00::4']), both, six)
    expect(told(cluster, 'shop/api', 'svc/api:80')).toContain('allow undefined')
  })
})

test('A-83: through a headless Service a pod reaches itself directly, which policies cannot block (A-60)', () => {
  const head = service('api', 'clusterIP: None, selector: {app: api}, ports: [{port: 80}]')
  const cluster = clusterOf(deployment('api'), head, policy('api', 'policyTypes: [Ingress, Egress]'))
  expect(told(cluster, 'api', 'svc/api:80')).toBe('allow: allow api:80/TCP')
})

test('C-27, A-28: a pod that reaches itself through a Service is not surely allowed where a policy of the cluster may deny it', () => {
  const api = service('api', 'selector: {app: api}, ports: [{port: 80}]')
  const deny = (direction: string, rest: string) => `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: guard}
spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, ${direction}: [{action: Deny, ${rest}}]}
`
  const unknown = '[{namespaces: {matchLabels: {team: dev}}}]'
  const ask = (...rules: readonly [string, string]) =>
    told(clusterOf(deployment('api'), api, deny(...rules)), 'api', 'svc/api:80')
  expect(ask('egress', `to: ${unknown}`)).toBe('allow indeterminate: allow api:80/TCP')
  expect(ask('ingress', `from: ${unknown}`)).toBe('allow indeterminate: allow api:80/TCP')
  expect(ask('ingress', 'from: [{namespaces: {}}]')).toBe('deny: deny api:80/TCP')
})

test('A-82: a pod whose conditions say nothing of it is not ready; without conditions nothing is known', () => {
  const pod = (conditions: string) => `
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, uid: u, resourceVersion: '1', labels: {app: api}}
status: {podIP: 10.0.0.4${conditions}}
`
  const api = service('api', 'selector: {app: api}, ports: [{port: 80}]')
  const of = (conditions: string) => told(clusterOf(deployment('client'), pod(conditions), api), 'client', 'svc/api:80')
  expect(of('')).toBe('allow: allow api:80/TCP')
  expect(of(", conditions: [{type: PodScheduled, status: 'True'}]")).toContain('it matches 1 pod, not ready')
})
