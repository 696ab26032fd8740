import { describe, expect, test } from 'vitest'
import { check, parseCluster, type FlowResult } from '../../src/index.js'

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: x}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]}
`
const service = (spec: string, namespace = 'x') =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: ${namespace}}\nspec: {${spec}}\n`
const ingress = (rules: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np, namespace: x}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [${rules}]}
`
const node = (address: string) =>
  `---\napiVersion: v1\nkind: Node\nmetadata: {name: n1, uid: u, resourceVersion: '1'}\nstatus: {addresses: [{type: InternalIP, address: ${address}}]}\n`
const OFFICE = '{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}'
const BALANCED = 'type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]'

function ask(text: string, from: string, to: string): readonly FlowResult[] {
  const { flows, diagnostics } = check(parseCluster(text), { from, to })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return flows
}

const rewritten = (text: string, from = '203.0.113.7', to = 'x/web:8080') =>
  ask(text, from, to).flatMap(({ certainty, notes }) =>
    notes.flatMap((note) =>
      note.code === 'source-rewritten' ? [`${certainty} ${note.message.split(' may arrive')[0] ?? ''}`] : [],
    ),
  )

describe('A-46, A-83: a Service may replace the address of its clients', () => {
  const said = ['undefined traffic through the LoadBalancer Service x/front']

  test('where an ipBlock decides, whatever it decides', () => {
    expect(rewritten(WEB + service(BALANCED) + ingress(OFFICE))).toEqual(said)
    expect(rewritten(WEB + service(BALANCED) + ingress(OFFICE), '198.51.100.1')).toEqual(said)
    expect(rewritten(WEB + service(BALANCED) + ingress(OFFICE), 'external')).toEqual([...said, ...said])
    expect(rewritten(WEB + service(BALANCED.replace('8080', 'http')) + ingress(OFFICE))).toEqual(said)
  })

  test('through a NodePort, and through external addresses of a Service', () => {
    const text = (spec: string) =>
      rewritten(WEB + service(BALANCED.replace('type: LoadBalancer', spec)) + ingress(OFFICE))
    expect(text('type: NodePort').join()).toContain('the NodePort Service x/front')
    expect(text('externalIPs: [198.51.100.9]').join()).toContain('the Service with externalIPs x/front')
  })

  test('of a Service that stands twice, the one that lets clients in counts', () => {
    const inside = 'selector: {app: web}, ports: [{port: 80, targetPort: 8080}]'
    expect(rewritten(WEB + service(inside) + service(BALANCED) + ingress(OFFICE))).toEqual(said)
  })

  test.each([
    ['the client keeps its address', service(`${BALANCED}, externalTrafficPolicy: Local`) + ingress(OFFICE)],
    [
      'the Service lets nobody in from outside',
      service(BALANCED.replace('LoadBalancer', 'ClusterIP')) + ingress(OFFICE),
    ],
    ['it picks other pods', service(BALANCED.replace('app: web', 'app: db')) + ingress(OFFICE)],
    ['it picks no pods', service(BALANCED.replace('selector: {app: web}, ', '')) + ingress(OFFICE)],
    ['it is in another namespace', service(BALANCED, 'z') + ingress(OFFICE)],
    ['it leads to another port', service(BALANCED.replace('8080', '9090')) + ingress(OFFICE)],
    [
      'it leads to another protocol',
      service(BALANCED.replace('port: 80', 'protocol: UDP, port: 80')) + ingress(OFFICE),
    ],
    ['no policy isolates the pod', service(BALANCED)],
    ['every source is let in', service(BALANCED) + ingress(`${OFFICE}, {ports: [{port: 8080}]}`)],
    ['every address is let in', service(BALANCED) + ingress('{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}')],
    [
      'two blocks hold every address',
      service(BALANCED) + ingress('{from: [{ipBlock: {cidr: 0.0.0.0/1}}]}, {from: [{ipBlock: {cidr: 128.0.0.0/1}}]}'),
    ],
    ['every node is let in', service(BALANCED) + node('203.0.113.9') + ingress(OFFICE)],
  ])('A-82: but not where %s', (_, rest) => {
    expect(rewritten(WEB + rest)).toEqual([])
  })

  test('a node that is not let in matters, and so does a pod as a source not at all', () => {
    expect(rewritten(WEB + service(BALANCED) + node('192.0.2.1') + ingress(OFFICE))).toEqual(said)
    const client = WEB.replaceAll('web', 'client')
    expect(rewritten(`${WEB}---\n${client}${service(BALANCED)}${ingress(OFFICE)}`, 'x/client')).toEqual([])
  })
})

describe('A-80: policies see the port of the pod', () => {
  const notes = (spec: string, port: number) =>
    ask(WEB + service(spec) + ingress('{ports: [{port: 80}]}'), '203.0.113.7', `x/web:${port}`).flatMap((flow) =>
      flow.notes.map(({ code, message }) => `${code}: ${message}`),
    )
  const inside = 'selector: {app: web}, ports: [{port: 80, targetPort: http}]'

  test('asked for the port of its Service, the note names that of the pod', () => {
    expect(notes(inside, 80)).toEqual([
      'service-port: Service x/front maps 80 to 8080; policies see 8080, so ask for that',
    ])
    // A headless Service leads nowhere else, and one that is not of this pod says nothing about it
    expect(notes(`clusterIP: None, ${inside}`, 80)).toEqual([
      expect.stringMatching(/^port-not-declared: no container declares 80\/TCP \(declared: 8080\/TCP\)/),
    ])
    expect(notes(inside.replace('web', 'db'), 80).join()).toMatch(/^port-not-declared/)
    expect(notes(inside, 8080)).toEqual([])
  })

  test('A-81: of several ports of one name the first of the protocol is behind the Service', () => {
    const containers = ['{containerPort: 53, protocol: UDP', '{containerPort: 8080', '{containerPort: 9090'].map(
      (port, index) => `{name: c${index}, image: i, ports: [${port}, name: http}]}`,
    )
    const text = WEB.replace(/containers: .*/, `containers: [${containers.join()}]}`)
    const [flow] = ask(text + service(inside) + ingress('{ports: [{port: 80}]}'), '203.0.113.7', 'x/web:80')
    expect(flow?.notes.map(({ message }) => message).join()).toContain('maps 80 to 8080;')
  })

  test('a rule that lists the port of the Service is told so', () => {
    const misses = (spec: string, port: number) =>
      ask(WEB + service(spec) + ingress('{ports: [{port: 80}]}'), '203.0.113.7', `x/web:${port}`).flatMap((flow) =>
        flow.ingress.nearMisses.map(({ message }) => message),
      )
    expect(misses(inside, 8080)).toEqual([
      'allows 80/TCP (Service x/front maps 80 to 8080; policies see 8080, so the rule must list that), you asked for 8080/TCP',
    ])
    expect(misses(inside, 9090)).toEqual(['allows 80/TCP, you asked for 9090/TCP'])
    expect(misses(inside.replace('80,', '81,'), 8080)).toEqual(['allows 80/TCP, you asked for 8080/TCP'])
  })
})

describe('E-5: the clusterIP of a Service', () => {
  const text = WEB + service('clusterIP: 10.96.0.10, selector: {app: web}, ports: [{port: 53}]') + ingress(OFFICE)

  test('in a range that is asked for is named, once, and only as a destination', () => {
    const codes = (from: string, to: string) =>
      ask(text, from, to).flatMap(({ notes }) => notes.map(({ code }) => code))
    expect(codes('x/web', '10.96.0.0/24:443')).toEqual(['service-addresses-in-range'])
    expect(codes('x/web', '10.97.0.0/24:443')).toEqual([])
    expect(codes('x/web', 'external:443')).toEqual([])
    expect(codes('10.96.0.0/24', 'x/web:8080')).toEqual([])
  })

  test('as a range of one address is as good as the address', () => {
    for (const to of ['10.96.0.10', '10.96.0.10/32']) {
      const [flow] = check(parseCluster(text), { from: '203.0.113.7', to, port: 53 }).flows
      expect([flow?.to.id, flow?.port, flow?.via?.id]).toEqual(['x/Deployment/web', 53, 'x/Service/front'])
    }
  })
})
