import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/compile.js'
import { evaluate, type FlowVerdict } from '../../src/engine/evaluate.js'
import { engineFlow, pods } from './ask.js'
import { formOf, optionsOf } from './forms.js'
import { allows, isSettled, type Asked } from './naive.js'
import { ASKED, cluster, OUTSIDE, PODS, worlds, type Policy, type Rule, type World } from './world.js'

const RUNS = Number(process.env['CLUSTERS'] ?? 25) * 40

/** Every pair of two pods or of a pod and an address outside, at every port where something may change. */
const QUESTIONS: readonly Asked[] = [
  ...PODS.flatMap((from) => PODS.filter((to) => to !== from).map((to) => ({ from, to }))),
  ...PODS.flatMap((pod) =>
    OUTSIDE.flatMap((address) => [
      { from: pod, to: address },
      { from: address, to: pod },
    ]),
  ),
].flatMap((ends) => ASKED.map(([protocol, port]) => ({ ...ends, protocol, port })))

test('the one-pair evaluator decides by tiers as a plain loop does, and is certain where that has no choice (C-1 to C-8, C-10, C-11, C-16)', () => {
  const seen = { allow: 0, deny: 0 }
  fc.assert(
    fc.property(worlds, fc.array(fc.nat(QUESTIONS.length - 1), { minLength: 60, maxLength: 60 }), (world, picked) => {
      const compiled = compile(cluster, optionsOf(world), world.policies.map(formOf))
      for (const asked of picked.flatMap((index) => QUESTIONS[index] ?? [])) {
        const { verdict, certainty } = evaluate(compiled, engineFlow(asked))
        seen[verdict]++
        const expected = `${allows(world, asked) ? 'allow' : 'deny'}, ${isSettled(world, asked) ? 'certain' : 'undefined'}`
        if (`${verdict}, ${certainty}` !== expected) throw new Error(`${text(asked)}: ${verdict}, ${certainty}`)
      }
    }),
    { numRuns: RUNS },
  )
  expect(Math.min(seen.allow, seen.deny)).toBeGreaterThan(RUNS * 5)
})

describe('in an example', () => {
  const [a, b] = pods('x/a', 'x/b')
  const all = { namespaces: {}, pods: null }
  const rule = (action: Rule['action'], ...ports: number[]): Rule => ({
    ...{ action, peers: [all] },
    ports: ports.map((port) => ({ protocol: 'TCP', port })),
  })
  const policy = (tier: Policy['tier'], name: string, order: number, ...ingress: Rule[]): Policy => ({
    ...{ tier, name, order, ingress, egress: null },
    ...(tier === 'NetworkPolicy'
      ? { home: 'x', subject: { namespaces: null, pods: {} } }
      : { home: null, subject: all }),
  })
  const ask = (port: number, ...policies: Policy[]): FlowVerdict => {
    const world: World = { policies, hostNetwork: 'ignore', ipblockPods: 'match' }
    const asked: Asked = { from: b, to: a, protocol: 'TCP', port }
    const found = evaluate(compile(cluster, optionsOf(world), policies.map(formOf)), engineFlow(asked))
    expect(found.verdict === 'allow').toBe(allows(world, asked))
    return found
  }
  const reasonOf = (port: number, ...policies: Policy[]) => {
    const { reason, deciding } = ask(port, ...policies).ingress
    const rules = 'rules' in reason ? reason.rules.map(({ policy, rule }) => `${policy.name}[${rule}]`) : []
    return [reason.kind, ...rules, `by ${deciding.map(({ ref }) => ref.name).join()}`].join(' ')
  }
  const closed = policy('NetworkPolicy', 'np', 0)
  const open = policy('NetworkPolicy', 'np', 0, rule('accept'))

  test('the first tier that decides does, and what none decides is allowed (C-1)', () => {
    expect(reasonOf(80, policy('Admin', 'a', 1, rule('accept')), closed)).toBe('admin-accept a[0] by a')
    expect(reasonOf(80, closed, policy('Baseline', 'b', 1, rule('accept')))).toBe('no-rule-matched by np')
    expect(reasonOf(80, policy('Baseline', 'b', 1, rule('deny')))).toBe('baseline-deny b[0] by b')
    expect(reasonOf(80, policy('Baseline', 'b', 1, rule('accept')))).toBe('baseline-accept b[0] by b')
    expect(reasonOf(80, policy('Baseline', 'b', 1, rule('deny', 81)))).toBe('not-isolated by ')
  })

  test('policies by their priority, rules as they are listed (C-2)', () => {
    const late = policy('Admin', 'a', 10, rule('accept'))
    expect(reasonOf(80, late, policy('Admin', 'z', 2, rule('deny', 81), rule('deny', 80), rule('accept')))).toBe(
      'admin-deny z[1] by z',
    )
    expect(reasonOf(82, late, policy('Admin', 'z', 2, rule('deny', 81), rule('deny', 80)))).toBe(
      'admin-accept a[0] by a',
    )
  })

  test('accept and deny are final (C-3, C-4)', () => {
    expect(reasonOf(80, policy('Admin', 'a', 1, rule('deny')), open)).toBe('admin-deny a[0] by a')
    expect(reasonOf(80, policy('Admin', 'a', 1, rule('accept'), rule('deny')), closed)).toBe('admin-accept a[0] by a')
  })

  test('pass skips the rest of its tier, all policies of it (C-5)', () => {
    const [pass, deny] = [policy('Admin', 'a', 1, rule('pass')), policy('Admin', 'b', 2, rule('deny'))]
    expect(reasonOf(80, pass, deny)).toBe('not-isolated by ')
    expect(reasonOf(80, pass, deny, open)).toBe('rule-matched np[0] by np')
    expect(reasonOf(80, policy('Baseline', 'b', 1, rule('pass'), rule('deny')))).toBe('not-isolated by ')
  })

  test('a subject is not isolated (C-6), and the Baseline is asked only where no policy isolates (C-7)', () => {
    expect(reasonOf(80, policy('Admin', 'a', 1))).toBe('not-isolated by ')
    const egressOnly: Policy = { ...closed, ingress: null, egress: [] }
    expect(reasonOf(80, egressOnly, policy('Baseline', 'b', 1, rule('deny')))).toBe('baseline-deny b[0] by b')
    expect(reasonOf(80, open, policy('Baseline', 'b', 1, rule('deny')))).toBe('rule-matched np[0] by np')
  })

  test('of two with one priority the name decides (C-8)', () => {
    expect(reasonOf(80, policy('Admin', 'n', 1, rule('deny')), policy('Admin', 'm', 1, rule('accept')))).toBe(
      'admin-accept m[0] by m',
    )
  })
})

function text({ from, to, protocol, port }: Asked): string {
  const name = (end: Asked['from']) => (typeof end === 'string' ? end : `${end.namespace}/${end.name}`)
  return `${name(from)} -> ${name(to)}:${port}/${protocol}`
}
