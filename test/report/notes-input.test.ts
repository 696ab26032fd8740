import { describe, expect, test } from 'vitest'
import { check, parseCluster, type CheckOptions, type FlowResult, type LoadOptions } from '../../src/index.js'

const workload = (name: string, more: { meta?: string; spec?: string; labels?: string } = {}) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}${more.meta ?? ', namespace: x'}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}${more.labels ?? ''}}}
    spec: {containers: [{name: c, image: i}]${more.spec ?? ''}}
`
const ingress = (rules: string, meta = ', namespace: x') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np${meta}}
spec: {podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress], ingress: [${rules}]}
`

function ask(text: string, to: string, options: CheckOptions & LoadOptions = {}, from = 'a'): readonly FlowResult[] {
  const names = { namespace: 'x', ...options }
  return check(parseCluster(text, options), { from, to }, names).flows
}

const codes = (flows: readonly FlowResult[]) => flows.flatMap(({ notes }) => notes.map(({ code }) => code))

describe('A-54g: a port of a plain init container', () => {
  const initial = (more = '') =>
    `, initContainers: [{name: p, image: i, ports: [{name: proxy, containerPort: 8888}]${more}}]`
  const text = (spec: string) => workload('a') + workload('b', { spec }) + ingress('{ports: [{port: proxy}]}')

  test('is said to be one, in a note, of the rule, and where it is asked for by name', () => {
    const [flow] = ask(text(initial()), 'b:8888')
    expect(flow?.notes).toEqual([
      {
        code: 'init-container-port',
        certainty: 'certain',
        message: expect.stringContaining('declares 8888/TCP') as string,
      },
    ])
    expect(flow?.certainty).toBe('certain')
    expect(flow?.ingress.nearMisses[0]?.message).toContain('proxy (which only an init container of the pod declares')
    const byName = check(parseCluster(text(initial())), { from: 'x/a', to: 'x/b:proxy' })
    expect(byName.diagnostics.find(({ code }) => code === 'NP031')?.help).toContain(
      'an init container declares it as 8888/TCP',
    )
    expect(byName.diagnostics.find(({ code }) => code === 'NP118')?.message).toContain('init container')
  })

  test('a sidecar runs as long as the pod, and another port is not of the init container', () => {
    expect(codes(ask(text(initial(', restartPolicy: Always')), 'b:8888'))).toEqual([])
    expect(codes(ask(text(initial()), 'b:8889'))).toEqual([])
    expect(codes(ask(text(initial()), 'b:8888/UDP'))).toEqual([])
    const both = initial().replace(', initContainers', ', initContainers').replace('8888}', '8888}')
    const main =
      workload('a') + workload('b', { spec: both }).replace('image: i}]', 'image: i, ports: [{containerPort: 8888}]}]')
    expect(codes(ask(main + ingress('{}'), 'b:8888'))).toEqual([])
  })

  test('two workloads that differ in nothing else are the same', () => {
    const again = workload('b', { spec: initial() })
    expect(ask(workload('a') + workload('b') + again + ingress('{}'), 'b:80')[0]?.verdict).toBe('allow')
  })
})

describe('A-2: a namespace that was assumed', () => {
  const NONE = ''
  const both = workload('a', { meta: NONE }) + workload('b', { meta: NONE })
  const fromData = '{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: data}}}]}'
  const inDefault = { namespace: undefined }

  test('is said where another one would turn the answer round', () => {
    const [flow] = ask(both + ingress(fromData, NONE), 'default/b:80', inDefault, 'default/a')
    expect(flow?.verdict).toBe('deny')
    expect(flow?.notes).toEqual([
      {
        code: 'namespace-assumed',
        certainty: 'certain',
        message: expect.stringMatching(/^the manifest of default\/Deployment\/a names/) as string,
      },
    ])
    const fromDefault = fromData.replace(': data', ': default')
    expect(codes(ask(both + ingress(fromDefault, NONE), 'default/b:80', inDefault, 'default/a'))).toEqual([
      'namespace-assumed',
    ])
  })

  test('is said of a policy where its own namespace is meant and a pod has another', () => {
    const text =
      workload('a', { meta: ', namespace: z' }) +
      workload('b', { meta: NONE }) +
      ingress('{from: [{podSelector: {}}]}', NONE)
    const [flow] = ask(text, 'default/b:80', inDefault, 'z/a')
    expect(flow?.notes[0]?.message).toContain('the manifest of NetworkPolicy default/np names no namespace')
  })

  test.each([
    ['the user chose it', both + ingress(fromData, NONE), { namespace: 'default' }],
    [
      'no rule asks for namespaces',
      both + ingress('{from: [{podSelector: {matchLabels: {app: z}}}]}', NONE),
      inDefault,
    ],
    ['every namespace matches', both + ingress('{from: [{namespaceSelector: {}}]}', NONE), inDefault],
    ['pod and policy move together', both + ingress('{from: [{podSelector: {}}]}', NONE), inDefault],
    ['another rule lets it through', both + ingress(`${fromData.replace(': data', ': default')}, {}`, NONE), inDefault],
    ['the port is closed as well', both + ingress(fromData.replace(']}', '], ports: [{port: 81}]}'), NONE), inDefault],
    [
      'its manifest says it',
      (both + ingress(fromData, NONE)).replaceAll(/name: (a|b|np)(?=[,}])/g, 'name: $1, namespace: default'),
      inDefault,
    ],
  ])('but not where %s', (_, text, options) => {
    expect(codes(ask(text, 'default/b:80', options, 'default/a'))).toEqual([])
  })
})

describe('an ambient mesh connects to port 15008', () => {
  const namespace = (mode: string, name = 'x') =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {istio.io/dataplane-mode: ${mode}}}\n`
  const pods = workload('a') + workload('b')
  const only80 = ingress('{ports: [{port: 80}]}')
  const mesh = (flows: readonly FlowResult[]) =>
    flows.flatMap(({ verdict, certainty, notes }) =>
      notes.flatMap(({ code, message }) =>
        code === 'ambient-mesh' ? [`${verdict} ${certainty} ${/policies \w+/.exec(message)?.[0] ?? ''}`] : [],
      ),
    )

  test('a note where policies say otherwise of that port', () => {
    expect(mesh(ask(namespace('ambient') + pods + only80, 'b:80'))).toEqual(['allow undefined policies deny'])
    expect(mesh(ask(namespace('ambient') + pods + ingress('{ports: [{port: 15008}]}'), 'b:80'))).toEqual([
      'deny undefined policies allow',
    ])
    const label = ', istio.io/dataplane-mode: ambient'
    expect(
      mesh(ask(workload('a', { labels: label }) + workload('b', { labels: label }) + only80, 'b:80')),
    ).toHaveLength(1)
  })

  test.each([
    ['policies say the same', namespace('ambient') + pods + ingress('{}'), 'b:80'],
    ['there is no such mesh', namespace('none') + pods + only80, 'b:80'],
    ['the port is that of the mesh', namespace('ambient') + pods + only80, 'b:15008'],
    [
      'the protocol is not TCP',
      namespace('ambient') + pods + only80.replace('port: 80', 'protocol: UDP, port: 80'),
      'b:80/UDP',
    ],
    [
      'one end stays out by its label',
      namespace('ambient') + workload('a', { labels: ', istio.io/dataplane-mode: none' }) + workload('b') + only80,
      'b:80',
    ],
    [
      'one end has a sidecar',
      namespace('ambient') + workload('a') + workload('b', { labels: ', sidecar.istio.io/inject: "true"' }) + only80,
      'b:80',
    ],
    [
      'one end is on the network of its host',
      namespace('ambient') + workload('a', { spec: ', hostNetwork: true' }) + workload('b') + only80,
      'b:80',
    ],
    ['nobody says what labels the namespace has', pods + only80, 'b:80'],
  ])('but not where %s', (_, text, to) => {
    expect(mesh(ask(text, to))).toEqual([])
  })

  test('nor for a client outside', () => {
    expect(mesh(ask(namespace('ambient') + pods + only80, 'b:80', {}, '203.0.113.7'))).toEqual([])
  })
})

describe('A-17: one rule in two', () => {
  const pods = workload('a') + workload('b')
  const fromZ = '{from: [{podSelector: {matchLabels: {app: z}}}]}'
  const fromA = fromZ.replace('z', 'a')
  const on80 = '{ports: [{port: 80}]}'

  test('a rule without peers beside one without ports is pointed at where it alone lets a connection through', () => {
    const [flow] = ask(pods + ingress(`${fromZ}, ${on80}`), 'b:80')
    expect(flow?.notes.map(({ message }) => message)).toEqual([
      'spec.ingress[1] has no `from`, and spec.ingress[0] beside it no `ports`: each opens more than both together would as one rule',
    ])
    expect(codes(ask(pods + ingress(`${on80}, ${fromA}`), 'b:81'))).toEqual(['split-rules'])
  })

  test.each([
    ['both let it through', `${fromA}, ${on80}`, 'b:80'],
    ['both deny it', `${fromZ}, ${on80}`, 'b:81'],
    [
      'they do not stand side by side',
      `${fromZ}, {from: [{podSelector: {matchLabels: {app: y}}}], ports: [{port: 1}]}, ${on80}`,
      'b:80',
    ],
    ['one has both', `${fromZ.replace(']}', '], ports: [{port: 80}]}')}, ${on80}`, 'b:80'],
    ['one has neither', `${fromZ}, {}`, 'b:80'],
  ])('but not where %s', (_, rules, to) => {
    expect(codes(ask(pods + ingress(rules), to))).toEqual([])
  })
})

describe('A-85: a source that cannot resolve names', () => {
  const egress = (rules: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: x}
spec: {podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [${rules}]}
`
  const pods = workload('a') + workload('b')
  const toB = '{to: [{podSelector: {}}], ports: [{port: 80}]}'

  test('is told so where a connection is allowed by a rule and none opens port 53', () => {
    expect(codes(ask(pods + egress(toB), 'b:80'))).toEqual(['dns-closed'])
    // DNS is asked over UDP first
    expect(codes(ask(pods + egress(`${toB}, {ports: [{port: 53}]}`), 'b:80'))).toEqual(['dns-closed'])
  })

  test.each([
    ['some rule opens it', `${toB}, {to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}]}`, 'b:80'],
    ['some rule opens the port of the pods of OpenShift', `${toB}, {ports: [{port: 5353, protocol: UDP}]}`, 'b:80'],
    ['some rule opens every port', '{to: [{podSelector: {}}]}', 'b:80'],
    ['some rule opens a name that may be that of DNS', `${toB}, {ports: [{port: dns, protocol: UDP}]}`, 'b:80'],
    ['the connection is denied', toB, 'b:81'],
    ['an address is asked for', '{to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 80}]}', '203.0.113.7:80'],
  ])('but not where %s', (_, rules, to) => {
    expect(codes(ask(pods + egress(rules), to))).toEqual([])
  })

  test('nor where nothing isolates it', () => {
    expect(codes(ask(pods + ingress('{}'), 'b:80'))).toEqual([])
  })
})
