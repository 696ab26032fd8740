import { describe, expect, test } from 'vitest'
import { namespace } from '../support/cli-cluster.js'
import { app, policyOf } from '../support/assertion-cluster.js'
import { diffTexts } from '../support/diff.js'
import { attributes } from '../support/because-law.js'

const RUNS = Number(process.env['DIFF_RUNS'] ?? 12)
describe('because', () => {
  test('names edits that undo a change and that make it, none of them for nothing', () => {
    const { changes } = attributes(RUNS)
    expect(changes).toBeGreaterThan(RUNS)
  })

  const CLUSTER = [
    namespace('shop'),
    app({ namespace: 'shop', name: 'web' }),
    app({ namespace: 'shop', name: 'api', ports: [{ name: 'http', containerPort: 8080 }] }),
  ]
  const api = (rules: string) => policyOf({ namespace: 'shop', name: 'api', select: { app: 'api' }, rules })
  const causesOf = (base: readonly string[], head: readonly string[]) =>
    (diffTexts(base.join('---\n'), head.join('---\n')).changes ?? []).map(({ from, to, because }) => [
      from,
      to,
      ...because.map(({ change, path, before, after, side, alone }) => ({ change, path, before, after, side, alone })),
    ])

  test('of a port that became a range is the port', () => {
    const base = [...CLUSTER, api('ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]')]
    const head = [
      ...CLUSTER,
      api(
        'ingress: [{ports: [{endPort: 81, port: 80, protocol: TCP}], from: [{podSelector: {matchLabels: {app: web}}}]}]',
      ),
    ]
    const cause = { change: 'edited', path: 'spec.ingress[0].ports[0]', before: '80/TCP', after: '80-81/TCP' }
    expect(causesOf(base, head)).toEqual([
      ['shop/Deployment/web', 'shop/Deployment/api', { ...cause, side: 'head', alone: true }],
    ])
  })

  test('of two openings that are both needed names both, and so does one of two that would do', () => {
    const egress = policyOf({ namespace: 'shop', name: 'web', select: { app: 'web' }, rules: 'policyTypes: [Egress]' })
    const open = egress.replace('policyTypes: [Egress]', 'policyTypes: [Egress], egress: [{ports: [{port: 80}]}]')
    const both = causesOf(
      [...CLUSTER, egress, api('ingress: []')],
      [...CLUSTER, open, api('ingress: [{ports: [{port: 80}]}]')],
    )
    const pair = both.find(([from, to]) => from === 'shop/Deployment/web' && to === 'shop/Deployment/api')
    expect(pair?.slice(2)).toMatchObject([
      { change: 'added', path: 'spec.egress', alone: true },
      { change: 'added', path: 'spec.ingress', alone: true },
    ])
    const more = policyOf({
      namespace: 'shop',
      name: 'b',
      select: { app: 'api' },
      rules: 'ingress: [{ports: [{port: 80}]}]',
    })
    const twice = causesOf(
      [...CLUSTER, api('ingress: []')],
      [...CLUSTER, api('ingress: [{ports: [{port: 80}]}]'), more],
    )
    const either = twice.find(([from, to]) => from === 'shop/Deployment/web' && to === 'shop/Deployment/api')
    expect(either?.slice(2)).toMatchObject([
      { change: 'added', path: 'spec.ingress', alone: false },
      { change: 'added', path: 'spec.ingress[0]', alone: false },
    ])
  })

  test('of a policy that went stands at the rule that let the ports through, in the base', () => {
    const base = [
      ...CLUSTER,
      api('ingress: []'),
      policyOf({
        namespace: 'shop',
        name: 'b',
        select: { app: 'api' },
        rules: 'ingress: [{ports: [{port: 1}]}, {ports: [{port: 80}]}]',
      }),
    ]
    const found = causesOf(base, base.slice(0, -1))
    expect(found[0]?.slice(2)).toMatchObject([
      { change: 'removed', path: 'spec.ingress[0]', side: 'base', alone: true },
    ])
  })

  test('of a label of a namespace is the label, and a policy that changes nothing is told apart', () => {
    const ops = (labels: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ops, labels: {${labels}}}\n`
    const tool = app({ namespace: 'ops', name: 'tool' })
    const rules = api('ingress: [{from: [{namespaceSelector: {matchLabels: {role: platform}}}]}]')
    const idle = policyOf({ namespace: 'shop', name: 'idle', select: { app: 'gone' }, rules: 'ingress: []' })
    const [base, head] = [
      [...CLUSTER, ops('a: b'), tool, rules],
      [...CLUSTER, ops('a: b, role: platform'), tool, rules, idle],
    ]
    const result = diffTexts(base.join('---\n'), head.join('---\n'))
    expect(result.changes).toMatchObject([
      {
        danger: 'across-namespaces',
        from: 'ops/Deployment/tool',
        because: [
          {
            object: { kind: 'Namespace', namespace: null, name: 'ops' },
            path: 'metadata.labels.role',
            before: null,
            after: 'platform',
            file: 'head.yaml',
          },
        ],
      },
    ])
    expect(result.policiesWithoutEffect).toMatchObject([{ change: 'added', policy: { name: 'idle' } }])
  })

  test('of two labels is both where a policy governs a pod that has one of them only', () => {
    const pod = (name: string, tier: string) => app({ namespace: 'shop', name: 'api', labels: { app: name, tier } })
    const policies = [
      policyOf({ namespace: 'shop', name: 'db', select: { app: 'db' }, rules: 'ingress: []' }),
      policyOf({ namespace: 'shop', name: 'half', select: { app: 'web', tier: 'web' }, rules: 'ingress: []' }),
    ]
    const [base, head] = [pod('web', 'a'), pod('db', 'web')].map((one) => [...CLUSTER.slice(0, 2), one, ...policies])
    // With the other label alone the pod would be closed in the base as well
    const found = causesOf(base ?? [], head ?? []).find(([from]) => from === 'shop/Deployment/web')
    expect(found?.slice(2)).toMatchObject([
      { path: 'spec.template.metadata.labels.app', before: 'web', after: 'db' },
      { path: 'spec.template.metadata.labels.tier', before: 'a', after: 'web' },
    ])
  })
})
