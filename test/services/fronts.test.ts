import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { clusterOf, codesOf, deployment, policy, service, told } from './shop.js'

const NODE = `
apiVersion: v1
kind: Node
metadata: {name: w1, uid: u, resourceVersion: "1"}
status: {addresses: [{type: InternalIP, address: 172.18.0.3}]}
`
const PORTS = 'selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]'
const balancer = (more = '') =>
  service(
    'web',
    `type: LoadBalancer, clusterIP: 10.96.0.7, ${PORTS}${more}`,
    'status: {loadBalancer: {ingress: [{ip: 198.51.100.7}, {hostname: lb.example.com}]}}\n',
  )
const OFFICE = policy(
  'web',
  'policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}, {podSelector: {}}], ports: [{port: 8080}]}]',
)
const BOTH = [deployment('web'), deployment('client'), NODE]
const ask = (from: string, to: string, ...parts: readonly string[]) => told(clusterOf(...BOTH, ...parts), from, to)
const notes = (from: string, to: string, ...parts: readonly string[]) =>
  codesOf(check(clusterOf(...BOTH, ...parts), { from, to }, { namespace: 'shop' }))

describe('E-5: what clients outside reach a Service by leads to the pods behind it', () => {
  test('the address of its load balancer, which a manifest may ask for', () => {
    expect(ask('client', '198.51.100.7:80', balancer())).toBe('allow: allow web:8080/TCP')
    const asked = service('web', `type: LoadBalancer, loadBalancerIP: 198.51.100.8, ${PORTS}`)
    expect(ask('client', '198.51.100.8:80', asked)).toBe('allow: allow web:8080/TCP')
    expect(ask('client', '198.51.100.7:81', balancer())).toMatch(/^NP031 the Service `shop\/web` has no port `81\/TCP`/)
  })

  test('its external addresses, also where a node has one of them', () => {
    const external = (address: string) => service('web', `externalIPs: [${address}], ${PORTS}`)
    expect(ask('client', '198.51.100.9:80', external('198.51.100.9'))).toBe('allow: allow web:8080/TCP')
    expect(ask('203.0.113.9', '172.18.0.3:80', external('172.18.0.3'))).toBe('allow: allow web:8080/TCP')
    expect(ask('203.0.113.9', '172.18.0.3:81', external('172.18.0.3'))).toMatch(/^NP030 neither end is a pod/)
  })

  test('its port on a node, by the name of the node and by its address, and no other port', () => {
    const web = service('web', `type: NodePort, ${PORTS}`)
    for (const to of ['node/w1:30080', '172.18.0.3:30080'])
      expect(ask('203.0.113.9', to, web)).toBe('allow: allow web:8080/TCP')
    for (const to of ['node/w1:30081', 'node/w1:30080/UDP', 'node/w1:30000-30100'])
      expect(ask('203.0.113.9', to, web)).toMatch(/^NP030 neither end is a pod/)
    expect(ask('client', 'svc/web:30080', web)).toContain('30080 is its port on every node: did you mean port `80`?')
  })

  test('policies of the pods decide', () => {
    expect(ask('203.0.113.9', '198.51.100.7:80', balancer(), policy('web', 'policyTypes: [Ingress]'))).toMatch(/^deny/)
    expect(ask('client', 'node/w1:30080', balancer(), policy('client', 'policyTypes: [Egress]'))).toMatch(/^deny/)
  })

  test('such an address may be a source, unlike that of the Service in the cluster', () => {
    expect(ask('198.51.100.7', 'web:8080', balancer())).toBe('allow: allow web:8080/TCP')
    expect(ask('10.96.0.7', 'web:8080', balancer())).toMatch(/^NP030 .* no connection comes from that/)
  })
})

describe('A-83, A-46: a node may take the place of the client', () => {
  test('of pods as of others, where the way leads through an address for clients outside', () => {
    for (const [from, to] of [
      ['client', '198.51.100.7:80'],
      ['client', 'node/w1:30080'],
      ['203.0.113.9', '198.51.100.7:80'],
    ] as const) {
      expect(ask(from, to, balancer(), OFFICE)).toMatch(/^allow undefined/)
      expect(notes(from, to, balancer(), OFFICE)).toContain('source-rewritten')
    }
  })

  test('not inside the cluster, not with `Local`, and not where policies do not ask', () => {
    for (const to of ['svc/web:80', '10.96.0.7:80']) expect(ask('client', to, balancer(), OFFICE)).toMatch(/^allow: /)
    const local = balancer(', externalTrafficPolicy: Local')
    expect(ask('client', '198.51.100.7:80', local, OFFICE)).toMatch(/^allow: /)
    expect(ask('client', '198.51.100.7:80', balancer())).toMatch(/^allow: /)
    expect(ask('client', '198.51.100.7:80', balancer(), OFFICE, policy('client', 'policyTypes: [Egress]'))).toBe(
      'deny: deny web:8080/TCP',
    )
  })

  test('a node of which the input has no address may have one that policies do not let in', () => {
    const open = policy(
      'web',
      'policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]',
    )
    const elsewhere = `
apiVersion: v1
kind: Pod
metadata: {name: other, namespace: shop, uid: u, resourceVersion: "1"}
spec: {nodeName: w2}
`
    expect(ask('203.0.113.9', '198.51.100.7:80', balancer(), open)).toMatch(/^allow: /)
    expect(ask('203.0.113.9', '198.51.100.7:80', balancer(), open, elsewhere)).toMatch(/^allow undefined/)
  })

  test("A-62: the pod's own node is let in, whatever its address", () => {
    const pod = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {nodeName: w1}
`
    const open = policy('web', 'policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]')
    const front = service('web', 'type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]')
    const elsewhere = pod.replace('name: web', 'name: other').replace('app: web', 'app: other').replace('w1', 'w2')
    const from = (...parts: readonly string[]) =>
      told(clusterOf(front, open, pod, ...parts), '203.0.113.9', 'svc/web:80')
    expect(from()).toMatch(/^allow: /)
    expect(from(elsewhere)).toMatch(/^allow undefined/)
  })

  test('A-46: an egress block that holds the address of the balancer and not the pod', () => {
    const rule = policy('client', 'policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 198.51.100.7/32}}]}]')
    expect(notes('client', '198.51.100.7:80', balancer(), rule)).toContain('service-address')
    expect(notes('client', 'svc/web:80', balancer(), rule)).not.toContain('service-address')
  })

  test('a range that holds the address of a balancer says so; the internet has them all', () => {
    expect(notes('client', '198.51.100.0/24:80', balancer())).toContain('service-addresses-in-range')
    expect(notes('client', 'internet:80', balancer())).not.toContain('service-addresses-in-range')
  })
})

describe('A-83: ExternalName', () => {
  const alias = (name: string, more = '') => service('db', `type: ExternalName, externalName: ${name}${more}`)
  const egress = (to: string) => policy('client', `policyTypes: [Egress], egress: [{to: [${to}]}]`)

  test('E-7: is outside at an address that is not known', () => {
    const db = alias('DB.example.com.', ', ports: [{port: 5432, targetPort: 1}]')
    expect(ask('client', 'svc/db:5432', db)).toBe('allow: allow db.example.com:5432/TCP')
    expect(ask('client', 'svc/db', db)).toBe('allow: allow db.example.com:5432/TCP')
    expect(ask('client', 'svc/db:1', db, egress('{podSelector: {}}'))).toBe('deny: deny db.example.com:1/TCP')
    expect(ask('client', 'svc/db:1', db, egress('{ipBlock: {cidr: 0.0.0.0/0}}'))).toBe(
      'allow: allow db.example.com:1/TCP',
    )
    const but = egress('{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}')
    expect(ask('client', 'svc/db:1', db, but)).toBe('deny indeterminate: deny db.example.com:1/TCP')
  })

  test('is not guessed where it is the name of another Service, whose pods have policies', () => {
    expect(ask('client', 'svc/db:80', alias('web.shop.svc.cluster.local'))).toBe(
      'NP031 the Service `shop/db` is another name for a Service, `web.shop.svc.cluster.local`; ask for `shop/Service/web`',
    )
    expect(ask('client', 'svc/db:80', alias('web.shop.svc'))).toMatch(/ask for `shop\/Service\/web`$/)
    expect(ask('client', 'svc/db:80', alias('web.svc.example.com'))).toMatch(/^allow/)
  })

  test('without a valid name it has no answer', () => {
    expect(ask('client', 'svc/db:80', alias('"a b"'))).toBe('NP031 the Service `shop/db` has no valid `externalName`; ')
  })
})
