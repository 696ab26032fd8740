import { describe, expect, test } from 'vitest'
import { check, matrix, parseCluster, type LoadOptions } from '../../src/index.js'
import { codesOf, load } from './manifests.js'

const CLUSTER = `apiVersion: v1
kind: Namespace
metadata: {name: x}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: x, labels: {app: a}}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: x, labels: {app: b}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: x}
spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [b, c]}]}}
`

const read = (more: string, options: LoadOptions = {}) =>
  parseCluster(
    [
      { file: 'all.yaml', text: CLUSTER },
      { file: 'more.yaml', text: more },
    ],
    options,
  )

const workload = (apiVersion: string, kind: string, rest: string, name = 'c') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: x}\nspec: {template: {metadata: {labels: {app: c}}, spec: {${rest}}}}\n`

/** What the API server refuses, and an answer about others can do without. */
const REFUSED: Readonly<Record<string, readonly [code: string, text: string]>> = {
  'a label of a pod': [
    'NP021',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: c, namespace: x, labels: {app: no good}}\n',
  ],
  'a port out of range': ['NP026', workload('apps/v1', 'Deployment', 'containers: [{ports: [{containerPort: 0}]}]')],
  'a name': ['NP011', workload('apps/v1', 'Deployment', 'containers: []', 'C_c')],
  'an old group': ['NP007', workload('extensions/v1beta1', 'Deployment', 'containers: []')],
  'a misspelt kind': ['NP007', workload('apps/v1', 'Deploymnt', 'containers: []')],
  'no apiVersion': ['NP010', workload('', 'Deployment', 'containers: []').replace('apiVersion: \n', '')],
  'a key that stands twice': [
    'NP004',
    `${workload('apps/v1', 'Deployment', 'containers: []')}spec: {template: {spec: {}}}\n`,
  ],
  'what cannot be parsed': ['NP003', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: [c\n'],
  'the name of a Namespace': ['NP011', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: _}\n'],
  'the name of a Service': ['NP011', 'apiVersion: v1\nkind: Service\nmetadata: {name: C_c, namespace: x}\n'],
  'the name of a Node': ['NP011', 'apiVersion: v1\nkind: Node\nmetadata: {name: C_c}\n'],
}

describe('B8: an object that the API server refuses is left out, and the answer is incomplete', () => {
  test.each(Object.entries(REFUSED))('%s', (_, [code, text]) => {
    const cluster = read(text)
    expect(cluster).toMatchObject({ answerable: true, incomplete: true, inventory: { error: 1 } })
    expect(codesOf(cluster, 'error')).toEqual([])
    const said = cluster.diagnostics.filter((diagnostic) => diagnostic.code === code)
    expect(said).toMatchObject([{ severity: 'warning', file: 'more.yaml' }])
    expect(said[0]?.message).toMatch(/; the \w+ was left out$/)
    expect(check(cluster, { from: 'x/a', to: 'x/b:80' })).toMatchObject({ verdict: 'deny', incomplete: true })
    expect(check(cluster, { from: 'any', to: 'x/b:80' }).incomplete).toBe(true)
    expect(matrix(cluster).incomplete).toBe(true)
  })

  test.each(Object.entries(REFUSED))('%s: an error under --strict, and where it is all there is', (_, [code, text]) => {
    expect(read(text, { strict: true }).answerable).toBe(false)
    const alone = load(text)
    expect(alone.answerable).toBe(false)
    expect(codesOf(alone, 'error')).toEqual([code])
  })

  test.each(['x/c', 'x/Deployment/c', 'x/deploy/c'])(
    '%s: whoever asks for it is told what is wrong with it',
    (peer) => {
      const cluster = read(REFUSED['a port out of range']?.[1] ?? '')
      const { verdict, diagnostics } = check(cluster, { from: 'x/a', to: `${peer}:80` })
      expect(verdict).toBeNull()
      const found = diagnostics.find(({ severity }) => severity === 'error')?.message
      expect(found).toMatch(/^the Deployment `x\/c` was left out: NP026: .*containerPort.* \(more\.yaml:4:\d+\)$/)
      expect(matrix(cluster, { to: peer }).connections).toBeNull()
    },
  )

  test('nothing is said about policies that may be for it', () => {
    const policy = CLUSTER.slice(CLUSTER.lastIndexOf('---')).replace('[b, c]', '[c]').replace('name: p', 'name: q')
    const [, text = ''] = REFUSED['a port out of range'] ?? []
    expect(codesOf(read(policy))).toContain('NP115')
    expect(codesOf(read(`${text}${policy}`))).not.toContain('NP115')
  })
})

describe('B8, B-41: ports of a Service that the API server refuses', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: c, namespace: x}\nspec: {ports: [{port: 0}]}\n'
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: c, namespace: x}\n'

  test('no other question rests on them: the answer is complete, with a warning', () => {
    const cluster = read(`${service}---\n${pod}`)
    expect([codesOf(cluster, 'warning'), codesOf(cluster, 'error'), cluster.incomplete]).toEqual([['NP034'], [], false])
    expect(check(cluster, { from: 'x/a', to: 'x/b:80' })).toMatchObject({ verdict: 'deny', incomplete: false })
    expect(check(cluster, { from: 'x/a', to: 'x/c:80' }).verdict).toBe('allow')
  })

  test.each(['x/svc/c', 'x/Service/c'])('who asks for %s is told what is wrong with it', (peer) => {
    const { verdict, diagnostics } = check(read(service), { from: 'x/a', to: `${peer}:80` })
    const said = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
    expect([verdict, said]).toEqual([
      null,
      [expect.stringMatching(/^the Service `x\/c` cannot be used: NP034: .*port.*0.* \(more\.yaml:4:\d+\)$/)],
    ])
  })

  test('a good one of that name is another matter', () => {
    const good = service.replace('port: 0', 'port: 80')
    const { diagnostics } = check(read(good), { from: 'x/a', to: 'x/svc/c:80' })
    expect(diagnostics.map(({ message }) => message).join()).not.toContain('NP034')
  })
})

describe('B8: what no answer can do without stops a run', () => {
  test.each([
    [
      'NP012',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: q}\nspec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: x}}]}]}',
    ],
    ['NP011', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: Q_q}\nspec: {podSelector: {}}'],
    ['NP007', 'apiVersion: networking.k8s.io/v1\nkind: Networkpolicy\nmetadata: {name: q}\nspec: {podSelector: {}}'],
    ['NP007', 'apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: q}\nspec: {podSelector: {}}'],
    ['NP021', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: z, labels: {team: no good}}'],
    ['NP004', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: z, labels: {}}\nmetadata: {name: z}'],
    ['NP004', 'apiVersion: apps/v1\nkind: NetworkPolicy\nkind: Deployment\nmetadata: {name: z}\nspec: {template: {}}'],
    ['NP029', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: q}\nsops: {mac: x}'],
    ['NP003', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: [q'],
    [
      'NP003',
      'kind: NetworkPolicyList\napiVersion: networking.k8s.io/v1\nitems:\n- kind: Deployment\n  metadata: [a\n',
    ],
    [
      'NP003',
      'kind: Deployment\nmetadata: [a\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: q}\nspec: {podSelector: {}}',
    ],
    ['NP002', 'apiVersion: networking.k8s.io/v1\nkind: Network\u0001Policy\nmetadata: {name: q}'],
  ])('%s', (code, text) => {
    const cluster = read(text)
    expect(codesOf(cluster, 'error')).toEqual([code])
    expect(cluster.answerable).toBe(false)
  })
})

describe('B8: any other fault is a warning, and the object is read', () => {
  const meta = 'name: c, namespace: x, labels: {own: no good}, annotations: {/x: y}'
  test.each([
    [
      'labels and annotations of a workload',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {${meta}}\nspec: {template: {metadata: {labels: {app: c}, annotations: {/x: y}}}}`,
    ],
    [
      'the selector of a workload',
      workload('apps/v1', 'Deployment', 'containers: []').replace(
        '{template',
        '{selector: {matchLabels: {a: no good}}, template',
      ),
    ],
    [
      'annotations of a pod',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: c, namespace: x, labels: {app: c}, annotations: {/x: y}}',
    ],
  ])('%s', (_, text) => {
    const cluster = read(text)
    expect(cluster).toMatchObject({ answerable: true, incomplete: false })
    expect(codesOf(cluster, 'warning').some((code) => code < 'NP100')).toBe(true)
    expect(check(cluster, { from: 'x/a', to: 'x/c:80' }).verdict).toBe('deny')
    expect(read(text, { strict: true }).answerable).toBe(false)
  })

  test('the rules of a policy with such a fault are read, and the answer is incomplete: it may not be there', () => {
    const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: q, namespace: x, labels: {own: no good}}\nspec: {podSelector: {matchLabels: {app: a}}}`
    const cluster = read(text)
    expect(cluster).toMatchObject({ answerable: true, incomplete: true })
    expect(check(cluster, { from: 'x/b', to: 'x/a:80' })).toMatchObject({ verdict: 'deny', incomplete: true })
  })

  test.each([
    ['NP007', 'apiVersion: batch/v1\nkind: Sparkly\nmetadata: {name: q}', false],
    ['NP007', 'apiVersion: networking.k8s.io/v1\nkind: Sparkly\nmetadata: {name: q}', true],
    ['NP136', '{"log": "\u001b[31merror"}', false],
    ['NP029', 'kind: ENC[AES256_GCM,data:x]\nsops: {mac: x}', true],
  ])('%s: %s', (code, text, incomplete) => {
    const cluster = read(text)
    expect(cluster).toMatchObject({ answerable: true, incomplete })
    expect(codesOf(cluster, 'warning')).toContain(code)
  })
})
