import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DiffResult } from '../../src/report/diff/diff-result.js'
import type { TestResult } from '../../src/report/test/test-result.js'
import { run } from '../support/cli-io.js'

const PODS = `
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {env: dev}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {env: prod}}
---
apiVersion: v1
kind: Pod
metadata: {name: probe, namespace: dev}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
`
const FROM_DEV = 'from: [{namespaces: {matchLabels: {env: dev}}}]'

interface Given {
  readonly priority?: number
  readonly tier?: string
  readonly rules?: readonly string[]
}

/** A policy that denies what comes from dev, before one that accepts everything. */
function guard({ priority = 10, tier = 'Admin', rules = [`{name: dev, action: Deny, ${FROM_DEV}}`] }: Given = {}) {
  return `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: guard}
spec:
  tier: ${tier}
  priority: ${priority}
  subject: {namespaces: {matchLabels: {env: prod}}}
  ingress:
${rules.map((rule) => `    - ${rule}\n`).join('')}---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: open}
spec: {tier: Admin, priority: 20, subject: {namespaces: {}}, ingress: [{action: Accept, from: [{namespaces: {}}]}]}
`
}

/** The same said by the kinds of v1alpha1. */
function old(priority: number, action: string): string {
  return `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: guard}
spec:
  priority: ${priority}
  subject: {namespaces: {matchLabels: {env: prod}}}
  ingress:
    - {action: ${action}, ${FROM_DEV}}
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: open}
spec: {priority: 20, subject: {namespaces: {}}, ingress: [{action: Allow, from: [{namespaces: {}}]}]}
`
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netpol-sim-tiers-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function side(name: string, policies: string): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'pods.yaml'), PODS)
  writeFileSync(join(path, 'policies.yaml'), policies)
  return path
}

async function diffOf(base: string, head: string): Promise<DiffResult> {
  const { stdout } = await run(['diff', side('base', base), side('head', head), '-o', 'json'])
  return JSON.parse(stdout) as DiffResult
}

const ACCEPT_80 = `{action: Accept, ${FROM_DEV}, protocols: [{tcp: {destinationPort: {number: 80}}}]}`
const DENY_DEV = `{action: Deny, ${FROM_DEV}}`

describe('diff names the one thing that was changed', () => {
  test.each([
    ['C-2', 'moved', 'the priority', guard(), guard({ priority: 30 }), 'spec.priority', '10', '30', 6],
    ['C-1', 'moved', 'the tier', guard(), guard({ tier: 'Baseline' }), 'spec.tier', 'Admin', 'Baseline', 5],
    [
      'C-5',
      'edited',
      'an action',
      guard(),
      guard({ rules: [`{action: Pass, ${FROM_DEV}}`] }),
      'spec.ingress[0].action',
      'Deny',
      'Pass',
      9,
    ],
    [
      'C-3',
      'edited',
      'an action of v1alpha1',
      old(10, 'Deny'),
      old(10, 'Allow'),
      'spec.ingress[0].action',
      'Deny',
      'Allow',
      8,
    ],
    ['C-2', 'moved', 'a priority of v1alpha1', old(10, 'Deny'), old(30, 'Deny'), 'spec.priority', '10', '30', 5],
  ])('%s: %s %s', async (_, change, _what, base, head, path, before, after, line) => {
    const { changes, policiesWithoutEffect } = await diffOf(base, head)
    expect(changes?.map(({ from, to, kind }) => `${kind} ${from} ${to}`)).toEqual([
      'added dev/Pod/probe shop/Pod/db',
      'added dev/Pod/probe shop/Pod/web',
    ])
    expect(changes?.[0]?.because).toMatchObject([
      {
        change,
        policy: { name: 'guard', namespace: null },
        path,
        before,
        after,
        alone: true,
        side: 'head',
        line,
      },
    ])
    expect(policiesWithoutEffect).toEqual([])
    const back = await diffOf(head, base)
    expect(back.changes?.slice(0, 1).map(({ kind, because }) => [kind, because.map((one) => one.path)])).toEqual([
      ['removed', [path]],
    ])
  })

  test('C-2: the order of rules', async () => {
    const { changes } = await diffOf(guard({ rules: [DENY_DEV, ACCEPT_80] }), guard({ rules: [ACCEPT_80, DENY_DEV] }))
    expect(changes?.slice(0, 1)).toMatchObject([
      { from: 'dev/Pod/probe', opened: [{ protocol: 'TCP', port: 80, endPort: 80 }], because: [{ change: 'moved' }] },
    ])
    expect(changes?.[0]?.because[0]?.path).toBe('spec.ingress')
  })
})

describe('test --coverage', () => {
  test('C-2, C-7: mutants of admin rules are killed, survive, or are without effect', async () => {
    const never = `{name: never, ${DENY_DEV.slice(1)}`
    const baseline = guard({ tier: 'Baseline', rules: [`{action: Deny, from: [{namespaces: {}}]}`] })
      .split('---')[0]
      ?.replace('name: guard', 'name: last')
    const own = '{action: Accept, from: [{namespaces: {matchLabels: {env: prod}}}]}'
    const policies = `${guard({ rules: [ACCEPT_80, DENY_DEV, own, never] }).split('---')[0] ?? ''}---\n${baseline ?? ''}`
    const path = side('covered', policies)
    const tests =
      'version: 1\ninputs: [.]\ntests:\n  - allow dev/probe -> shop/db:80\n  - deny dev/probe -> shop/db:81\n'
    writeFileSync(join(path, 'netpol-tests.yaml'), tests)
    const argv = ['test', '--coverage', join(path, 'netpol-tests.yaml'), '-o', 'json']
    const { code, stdout } = await run(argv)
    const { coverage } = JSON.parse(stdout) as TestResult
    expect([code, coverage]).toMatchObject([
      0,
      {
        ...{ killed: 1, survived: 1, noEffect: 3 },
        survivors: [
          { mutation: 'remove-rule', policy: { name: 'guard' }, path: 'spec.ingress[2]', opened: 0, closed: 2 },
        ],
      },
    ])
  })
})
