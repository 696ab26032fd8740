import { describe, expect, test } from 'vitest'
import { check, parseCluster } from '../../src/index.js'
import { codesOf, idsOf, load, object, workloadOf } from './manifests.js'

const POLICY = object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec: { podSelector: {} } })
const CLIENT = object('v1', 'Pod', 'x/client', { spec: { containers: [] } })

/** A Knative Service; the rest is what its spec has beside the template. */
function knative(template: object, rest: object = {}): object {
  return object('serving.knative.dev/v1', 'Service', 'x/web', { spec: { template, ...rest } })
}

function containers(...ports: readonly (readonly object[] | null)[]): object {
  return { spec: { containers: ports.map((list) => (list === null ? { image: 'c' } : { image: 'c', ports: list })) } }
}

function portsOf(template: object): readonly string[] {
  const [pod] = workloadOf(load([POLICY, knative(template)]), 'x/KnativeService/web').pods
  return (pod?.ports ?? []).map(({ name, port }) => `${name ?? ''} ${port}`)
}

const QUEUE = ['http-autometric 9090', 'http-usermetric 9091', 'queue-port 8012', 'https-port 8112']

describe('D-2: Knative Services', () => {
  test.each([
    ['no port', containers(null), ['user-port 8080', ...QUEUE]],
    ['a port', containers([{ containerPort: 3000 }]), ['user-port 3000', ...QUEUE]],
    ['a name without a number', containers([{ name: 'http1' }]), ['user-port 8080', ...QUEUE]],
    ['two containers', containers(null, [{ containerPort: 3000 }]), ['user-port 3000', ...QUEUE]],
    [
      'HTTP/2',
      containers([{ name: 'h2c', containerPort: 3000 }]),
      ['user-port 3000', ...QUEUE.map((port) => port.replace('8012', '8013'))],
    ],
  ])('the ports of its pods are those that Knative gives them: %s', (_, template, ports) => {
    expect(portsOf(template)).toEqual(ports)
  })

  test('a policy that opens the name of the template opens nothing, one that opens `queue-port` does', () => {
    const verdictFor = (name: string) => {
      const spec = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: name }] }] }
      const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec })
      const cluster = load([policy, CLIENT, knative(containers([{ name: 'http1', containerPort: 80 }]))])
      return [
        check(cluster, { from: 'x/client', to: 'x/web:80' }).verdict,
        check(cluster, { from: 'x/client', to: 'x/web:8012' }).verdict,
      ]
    }
    expect([verdictFor('http1'), verdictFor('user-port'), verdictFor('queue-port')]).toEqual([
      ['deny', 'deny'],
      ['allow', 'deny'],
      ['deny', 'allow'],
    ])
  })

  test('a port that no pod can have is refused', () => {
    expect(codesOf(load([POLICY, CLIENT, knative(containers([{ containerPort: 70000 }]))]))).toContain('NP026')
  })

  test('how many pods run is not known: there may be another to connect to', () => {
    const { replicas, pods } = workloadOf(load([POLICY, knative(containers(null))]), 'x/KnativeService/web')
    expect([replicas, pods.map(({ count }) => count)]).toEqual([null, [null]])
  })

  test('a question about the port of the container says where requests go', () => {
    const cluster = load([POLICY, CLIENT, knative(containers([{ containerPort: 3000 }]))])
    const codes = (to: string) =>
      check(cluster, { from: 'x/client', to: to }).flows.flatMap(({ notes }) =>
        notes.map(({ code, message }) => [code, message]),
      )
    expect(codes('x/web:3000')).toEqual([['knative-requests', expect.stringContaining('arrive at 8012/TCP')]])
    expect(codes('x/web:8012')).toEqual([])
  })
})

describe('D-5: labels of the pods of a Knative Service', () => {
  const labelsOf = (metadata: object) => {
    const [pod] = workloadOf(load([POLICY, knative({ metadata, ...containers(null) })]), 'x/KnativeService/web').pods
    const isUnknown = (key: string) => (pod?.unpredictableLabels.includes(key) === true ? '?' : undefined)
    return ['app', 'serving.knative.dev/service', 'serving.knative.dev/revision', 'serving.knative.dev/route'].map(
      (key) => isUnknown(key) ?? pod?.labels.get(key) ?? null,
    )
  }

  test('a revision that the template names', () => {
    expect(labelsOf({ name: 'web-one' })).toEqual(['web-one', 'web', 'web-one', null])
    expect(labelsOf({ name: 'web-one', labels: { app: 'shop', 'serving.knative.dev/route': 'r' } })).toEqual([
      'shop',
      'web',
      'web-one',
      null,
    ])
  })

  test('a revision that Knative names: its labels are unknown', () => {
    expect(labelsOf({})).toEqual(['?', 'web', '?', null])
    expect(labelsOf({ labels: { app: 'shop' } })).toEqual(['shop', 'web', '?', null])
  })

  test('a verdict that rests on the name of such a revision is not certain', () => {
    const spec = {
      podSelector: { matchLabels: { 'serving.knative.dev/revision': 'web-00001' } },
      policyTypes: ['Ingress'],
    }
    const cluster = load([
      object('networking.k8s.io/v1', 'NetworkPolicy', 'x/p', { spec }),
      CLIENT,
      knative(containers(null)),
    ])
    expect(check(cluster, { from: 'x/client', to: 'x/web:8012' }).certainty).toBe('indeterminate')
  })
})

describe('A Service of Kubernetes of the same name is another object', () => {
  const service = object('v1', 'Service', 'x/web', { spec: { type: 'ExternalName', externalName: 'gateway.example' } })
  const cluster = load([POLICY, CLIENT, service, knative(containers(null))])

  test('both are read', () => {
    expect([codesOf(cluster), idsOf(cluster), cluster.services.map(({ name }) => name)]).toEqual([
      [],
      ['x/KnativeService/web', 'x/Pod/client'],
      ['web'],
    ])
  })

  test.each(['x/web', 'x/ksvc/web', 'x/KnativeService/web'])('%s means the workload', (peer) => {
    expect(check(cluster, { from: 'x/client', to: `${peer}:8012` }).flows.map(({ to }) => to.id)).toEqual([
      'x/KnativeService/web',
    ])
  })

  test('svc/web means the other', () => {
    const { verdict, flows } = check(cluster, { from: 'x/client', to: 'x/svc/web:80' })
    expect([verdict, flows.map(({ to, via }) => [to.id, via?.id])]).toEqual([
      'allow',
      [['host/gateway.example', 'x/Service/web']],
    ])
  })

  test('a Service without a template is still left out or read as what it is', () => {
    const broken = parseCluster([
      { file: 'a.yaml', text: JSON.stringify(knative({}, { template: null })) },
      { file: 'b.yaml', text: JSON.stringify(POLICY) },
      { file: 'c.yaml', text: JSON.stringify(CLIENT) },
    ])
    expect([idsOf(broken), broken.incomplete]).toEqual([['x/Pod/client'], true])
  })

  test('NP138: the kind of another version is named, not read', () => {
    const beta = object('serving.knative.dev/v1beta1', 'Service', 'x/web', { spec: { template: containers(null) } })
    const { incomplete, diagnostics } = load([POLICY, CLIENT, beta])
    expect([incomplete, diagnostics.map(({ code }) => code)]).toEqual([true, ['NP138']])
  })
})

describe('NP138: revisions that are not in the input', () => {
  test.each([
    [[{ latestRevision: true, percent: 100 }], []],
    [[{ revisionName: 'web-one', percent: 100 }], []],
    [
      [
        { revisionName: 'web-zero', percent: 90 },
        { latestRevision: true, percent: 10 },
      ],
      ['NP138'],
    ],
  ])('%j', (traffic, codes) => {
    const cluster = load([POLICY, knative({ metadata: { name: 'web-one' }, ...containers(null) }, { traffic })])
    expect([codesOf(cluster), cluster.incomplete]).toEqual([codes, codes.length > 0])
  })
})

describe('D-7: live pods of a Knative Service', () => {
  const labels = {
    app: 'web-00001',
    'serving.knative.dev/service': 'web',
    'serving.knative.dev/configuration': 'web',
    'serving.knative.dev/revision': 'web-00001',
    'pod-template-hash': '5f',
  }
  const owned = (kind: string, name: string) => [{ kind, name, controller: true, apiVersion: 'v1' }]
  const live = { uid: 'u', resourceVersion: '1' }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...live,
      namespace: 'x',
      name: 'web-00001-deployment-5f-a',
      labels,
      ownerReferences: owned('ReplicaSet', 'web-00001-deployment-5f'),
    },
    status: { phase: 'Running', podIP: '10.0.0.1' },
  }

  test.each([
    ['with its Service', [knative(containers(null))], 'x/KnativeService/web'],
    ['without it', [], 'x/Deployment/web-00001-deployment'],
  ])('%s', (_, objects, id) => {
    const { workloads } = load([POLICY, pod, ...objects])
    expect(workloads.filter(({ pods }) => pods.some(({ addresses }) => addresses.length > 0)).map((w) => w.id)).toEqual(
      [id],
    )
  })

  test('the Deployment of a revision is not a workload beside it', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        ...live,
        namespace: 'x',
        name: 'web-00001-deployment',
        ownerReferences: owned('Revision', 'web-00001'),
      },
      spec: { template: { metadata: { labels }, ...containers(null) } },
    }
    expect(idsOf(load([POLICY, deployment, knative(containers(null))]))).toEqual(['x/KnativeService/web'])
  })
})
