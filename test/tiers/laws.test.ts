import fc from 'fast-check'
import { expect, test } from 'vitest'
import { governing } from '../../src/analyze/governing-policies.js'
import { compile } from '../../src/engine/compile.js'
import type { DirectionVerdict } from '../../src/engine/direction.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { DIRECTIONS } from '../../src/model/direction.js'
import type { RuleRef } from '../../src/model/reference.js'
import { engineFlow } from './ask.js'
import { formOf, optionsOf } from './forms.js'
import type { Asked } from './naive.js'
import { ASKED, cluster, OUTSIDE, PODS, worlds, type Policy, type Rule, type World } from './world.js'

const RUNS = Number(process.env['CLUSTERS'] ?? 25) * 4

const FLOWS: readonly Asked[] = PODS.flatMap((from) =>
  [...PODS.filter((to) => to !== from), ...OUTSIDE].flatMap((to) =>
    ASKED.slice(0, 5).map(([protocol, port]) => ({ from, to, protocol, port })),
  ),
)
const EVERYBODY = { namespaces: {}, pods: null }
/** Everything in both directions: without peers a rule means everybody. */
const all = (tier: Policy['tier'], order: number, action: Rule['action']): Policy => {
  const rules: readonly Rule[] = [{ action, peers: [], ports: [] }]
  return { tier, order, name: 'zz', home: null, subject: EVERYBODY, ingress: rules, egress: rules }
}

function answers({ policies, ...world }: World, more: readonly Policy[] = []) {
  const compiled = compile(cluster, optionsOf({ policies, ...world }), [...policies, ...more].map(formOf))
  return FLOWS.map((asked) => evaluate(compiled, engineFlow(asked)))
}

/** A law must have met something to be asked about: mostly more than once in a world. */
function everyWorld(law: (world: World) => number, least = RUNS): void {
  let seen = 0
  fc.assert(
    fc.property(worlds, (world) => {
      seen += law(world)
    }),
    { numRuns: RUNS },
  )
  expect(seen).toBeGreaterThan(least)
}

test('C-2: a policy behind every rule that decides changes nothing of what they decide', () => {
  everyWorld((world) => {
    const [before, after] = [answers(world), answers(world, [all('Admin', 1000, 'deny')])]
    const decided = before.flatMap(({ egress, ingress }, index) =>
      [
        [egress.reason.kind, after[index]?.egress.reason.kind] as const,
        [ingress.reason.kind, after[index]?.ingress.reason.kind] as const,
      ].filter(([kind]) => kind === 'admin-accept' || kind === 'admin-deny'),
    )
    expect(decided.filter(([was, is]) => was !== is)).toEqual([])
    return decided.length
  })
})

test('C-5: Pass as the last rule of the Admin tier is no rule', () => {
  everyWorld((world) => {
    const verdictsOf = (more: readonly Policy[]) =>
      answers(world, more).map(({ verdict, certainty }) => [verdict, certainty])
    expect(verdictsOf([all('Admin', 1000, 'pass')])).toEqual(verdictsOf([]))
    return FLOWS.length
  })
})

test('C-4: Deny in the Admin tier is final, whatever later tiers allow', () => {
  everyWorld((world) => {
    const open: readonly Policy[] = [
      ...['x', 'y', 'z'].map((home): Policy => ({
        ...all('NetworkPolicy', 0, 'accept'),
        ...{ home, subject: { namespaces: null, pods: {} } },
      })),
      all('Baseline', 0, 'accept'),
    ]
    const [before, after] = [answers(world), answers(world, open)]
    const denied = before.flatMap(({ egress, ingress }, index) =>
      [egress, ingress].some(({ reason }) => reason.kind === 'admin-deny') ? [after[index]?.verdict] : [],
    )
    expect(new Set(denied).size).toBeLessThanOrEqual(1)
    expect(denied.filter((verdict) => verdict !== 'deny')).toEqual([])
    return denied.length
  })
})

test('C-8: the order in which policies are given never counts, and where equal priorities do it is said', () => {
  everyWorld((world) => {
    const [there, back] = [answers(world), answers({ ...world, policies: world.policies.toReversed() })]
    expect(back.map(({ verdict }) => verdict)).toEqual(there.map(({ verdict }) => verdict))
    const unsure = there.filter(({ certainty }) => certainty === 'undefined')
    const said = unsure.filter(({ doubts }) =>
      doubts.some(({ code }) => code === 'policy-tie' || code === 'baseline-scope'),
    )
    expect(said.length).toBe(unsure.length)
    return FLOWS.length
  })
})

test('C-2, C-5: a rule that is said never to be asked decides nothing and hands on nothing', () => {
  everyWorld((world) => {
    const compiled = compile(cluster, optionsOf(world), world.policies.map(formOf))
    const governedOf = governing(compiled)
    const silent = cluster.workloads.flatMap((workload) => {
      const { directions } = governedOf({ kind: 'workload', workload, pods: workload.pods, part: null })
      return DIRECTIONS.flatMap((direction) =>
        directions[direction].policies.flatMap(({ rules }) =>
          rules.flatMap(({ rule, decidedBefore }) => (decidedBefore === null ? [] : [keyOf(workload.id, rule.ref)])),
        ),
      )
    })
    const asked = FLOWS.flatMap((flow) => {
      const answer = evaluate(compiled, engineFlow(flow))
      return [...heard(flow.from, answer.egress), ...heard(flow.to, answer.ingress)]
    })
    expect(silent.filter((key) => new Set(asked).has(key))).toEqual([])
    return silent.length
  }, RUNS / 20)
})

const keyOf = (id: string, { policy, direction, rule }: RuleRef) => `${id} ${policy.name} ${direction} ${rule}`

/** The rules that a direction of an end went through. */
function heard(end: Asked['to'], { path }: DirectionVerdict): readonly string[] {
  if (typeof end === 'string') return []
  const { namespace, name } = end
  return path.flatMap(({ rules }) => rules.map((rule) => keyOf(`${namespace}/Pod/${name}`, rule)))
}
