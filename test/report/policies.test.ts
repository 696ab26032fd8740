import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/compile.js'
import { governing } from '../../src/analyze/governing-policies.js'
import { loadCluster, type Cluster } from '../../src/index.js'
import { ruleForms } from '../../src/policy/rule-forms.js'
import { policies } from '../../src/report/policies/policies.js'
import { run } from '../support/cli-io.js'
import { clusterOf, deployment, policy, service } from '../services/shop.js'

const valid = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('schemas/policies.json', 'utf8')) as Record<string, unknown>,
)
const PEERS =
  '{podSelector: {matchLabels: {app: client}}}, {namespaceSelector: {}}, {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: mon}}, podSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}'
const PARTS = [
  deployment('client'),
  deployment('api'),
  deployment('api-v2', 'api'),
  service('api', 'selector: {app: api}, ports: [{port: 80}]'),
  policy(
    'api',
    `policyTypes: [Ingress, Egress], ingress: [{from: [${PEERS}], ports: [{port: 8080}, {port: 53, protocol: UDP}, {port: 9000, endPort: 9100}, {port: http}]}, {}], egress: [{ports: [{protocol: SCTP}]}]`,
  ),
]
const SHOP = clusterOf(...PARTS)

describe('policies PEER', () => {
  test('A-12: each direction says whether it is isolated, by which policies, and what their rules say', () => {
    const { workloads } = policies(SHOP, { peer: 'shop/api' })
    expect(workloads?.map(({ id }) => id)).toEqual(['shop/Deployment/api'])
    expect(workloads?.[0]?.ingress).toMatchObject({
      isolated: true,
      policies: [
        {
          name: 'on-api',
          tier: 'NetworkPolicy',
          certainty: 'certain',
          rules: [
            {
              path: 'spec.ingress[0]',
              action: 'accept',
              text: 'from pods app=client in this namespace or all pods in all namespaces or all pods in namespace mon or 10.0.0.0/8 except 10.1.0.0/16, TCP 8080, 9000-9100, http and UDP 53',
            },
            { text: 'from anybody, all ports' },
          ],
        },
      ],
    })
    expect(workloads?.[0]?.egress.policies[0]?.rules.map(({ text }) => text)).toEqual(['to anybody, all SCTP ports'])
    expect(policies(SHOP, { peer: 'shop/client' }).workloads?.[0]?.ingress).toEqual({ isolated: false, policies: [] })
  })

  test('A-80: a Service means each of its backends', () => {
    const { workloads } = policies(SHOP, { peer: 'svc/api' }, { namespace: 'shop' })
    expect(workloads?.map(({ id, via }) => [id, via?.id])).toEqual([
      ['shop/Deployment/api', 'shop/Service/api'],
      ['shop/Deployment/api-v2', 'shop/Service/api'],
    ])
  })

  test('D-5: a policy that may select the pods is not said to isolate them', () => {
    const cluster = clusterOf(
      deployment('api'),
      policy('api', 'policyTypes: [Ingress]').replace('app: api', 'pod-template-hash: x'),
    )
    expect(policies(cluster, { peer: 'shop/api' }).workloads?.[0]?.ingress).toMatchObject({
      isolated: null,
      policies: [{ certainty: 'indeterminate' }],
    })
  })

  test('what is not there is an error with a suggestion', () => {
    const help = (question: object) => policies(SHOP, question).diagnostics.at(-1)?.help
    expect(help({ peer: 'shop/apu' })).toContain('shop/Deployment/api')
    expect(help({ of: 'shop/on-apo' })).toBe('did you mean `shop/on-api`?')
    expect(help({})).toContain('policies --of')
    expect(policies(SHOP, { peer: '10.0.0.1' }).workloads).toBeNull()
  })
})

describe('policies --of', () => {
  test('whom a policy selects, and whom each of its peers names', () => {
    const { policies: found } = policies(SHOP, { of: 'on-api' }, { namespace: 'shop' })
    expect(found).toMatchObject([{ name: 'on-api', subjects: ['shop/Deployment/api', 'shop/Deployment/api-v2'] }])
    expect(found?.[0]?.rules[0]?.peers.map(({ path, workloads }) => [path, workloads?.length ?? null])).toEqual([
      ['from[0]', 1],
      ['from[1]', 3],
      ['from[2]', 0],
      ['from[3]', null],
    ])
  })

  test('A-10: a rule that has no effect is said to have none', () => {
    const inert = clusterOf(deployment('api'), policy('api', 'policyTypes: [Ingress], egress: [{}]'))
    expect(policies(inert, { of: 'shop/on-api' }).policies?.[0]?.rules).toMatchObject([{ applies: false }])
  })
})

test('C-2: a rule is never asked where an earlier one of an admin tier decides all that it matches', () => {
  const cluster: Cluster = clusterOf(
    deployment('api'),
    policy('api', 'ingress: [{ports: [{port: 80}]}, {from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]'),
  )
  const [form] = ruleForms(cluster.policies)
  const [workload] = cluster.workloads
  if (form === undefined || workload === undefined) throw new Error('there are both')
  const everyPod = { kind: 'selector', namespaces: { requirements: [] }, pods: null } as const
  const deny = (peers: readonly (typeof everyPod)[]) => ({
    ...form,
    tier: 'Admin' as const,
    home: null,
    subject: everyPod,
    rules: {
      egress: [],
      ingress: form.rules.ingress.slice(0, 1).map((rule) => ({ ...rule, action: 'deny' as const, peers, ports: [] })),
    },
  })
  const decided = (...forms: readonly ReturnType<typeof deny>[]) =>
    governing(compile(cluster, {}, [...forms, form]))({
      kind: 'workload',
      workload,
      pods: workload.pods,
      part: null,
    }).directions.ingress.policies.map(({ rules }) => rules.map(({ decidedBefore }) => decidedBefore !== null))
  expect(decided(deny([]))).toEqual([[false], [true, true]])
  // Addresses outside are no pods, and a rule without peers means them, too
  expect(decided(deny([everyPod]))).toEqual([[false], [false, false]])
})

test('every answer fits the schema, and text says the same', async () => {
  for (const cluster of [SHOP, loadCluster(['fixtures/clusters/demo'])])
    for (const question of [{ peer: 'any' }, { peer: 'nobody' }, { of: 'shop/on-api' }])
      expect(valid(policies(cluster, question)), JSON.stringify(valid.errors)).toBe(true)
  const { code, stdout } = await run(['policies', '-f', '-', 'shop/api'], { stdin: PARTS.join('---\n') })
  expect([code, stdout.split('\n').slice(0, 3)]).toEqual([
    0,
    [
      'shop/api',
      '  ingress  isolated by a policy: only what it lists is allowed',
      '           shop/on-api  <stdin>:41:1',
    ],
  ])
  const of = await run(['policies', '-f', '-', '--of', 'shop/on-api'], { stdin: PARTS.join('---\n') })
  expect(of.stdout).toContain('selects  shop/Deployment/api, shop/Deployment/api-v2')
  expect((await run(['policies', '-f', '-'], { stdin: PARTS.join('---\n') })).code).toBe(2)
})
