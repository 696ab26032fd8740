import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Family } from './addresses.js'
import { cellOf } from './cell.js'
import { completions } from './completions.js'
import { evaluate, type Options, type Question } from './evaluate.js'
import { parts } from './generate-unions.js'
import * as u from './generate-universe.js'
import { is, np, pod, world } from './world-w.js'

/** Of each direction: the policies of its subject, each a list of rules. */
type Policies = [peers: object[], ports: unknown][][]

const env = u.pick<object>({ matchLabels: { env: 'prod' } }, { matchExpressions: [{ key: 'env', operator: 'Exists' }] })
const notEnv = u.pick<object>(
  { matchExpressions: [{ key: 'env', operator: 'DoesNotExist' }] },
  { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
)
const selector = u.weighted<object>([1, env], [1, notEnv]).map((namespaceSelector) => ({ namespaceSelector }))
const ports = u.weighted<unknown>(
  [5, fc.constant([])],
  [1, fc.constant([{ port: 80 }])],
  [1, fc.constant([{ port: 81 }])],
)
const rule = (peers: fc.Arbitrary<object[]>): fc.Arbitrary<[object[], unknown]> => fc.tuple(peers, ports)
const block = u
  .pick('10.0.0.0/8', '10.0.1.0/24', '192.168.0.0/16', '::/0')
  .map((cidr) => [{ ipBlock: { cidr } }] as object[])

/** The parts of one union, each in a rule or a policy of its own, and now and then something beside them. */
const policies: fc.Arbitrary<Policies> = fc
  .record({
    blocks: parts,
    ports: fc.array(ports, { minLength: 3, maxLength: 3 }),
    apart: fc.boolean(),
    beside: fc.array(rule(u.weighted([1, block], [1, selector.map((one) => [one])])), { maxLength: 1 }),
  })
  .map(({ blocks, ports, apart, beside }) => {
    const rules = [...blocks.map((one, n): [object[], unknown] => [[one], ports[n]]), ...beside]
    return apart ? rules.map((one) => [one]) : [rules]
  })

const example = fc.record({
  from: u.pick('x/a', 'x/p'),
  egress: u.weighted<Policies>([3, policies], [1, fc.constant([])]),
  ingress: u.weighted<Policies>([1, policies], [1, fc.constant([])], [1, fc.constant([[]])]),
  family: u.pick<Family>('IPv4', 'IPv4', 'IPv6'),
  ranges: u.pick<string[]>([], [], ['10.0.0.0/16', 'fd00:10::/64'], ['10.0.1.0/24', '10.0.2.0/23', 'fd00:10::/64']),
  ipblockPods: u.pick<Options['ipblockPods']>(undefined, undefined, 'never'),
})
type Example = typeof example extends fc.Arbitrary<infer T> ? T : never

function objectsOf({ egress, ingress }: Example): object[] {
  const rules = (side: string, all: Policies[number]) => all.map(([peers, ports]) => ({ [side]: peers, ports }))
  const both = { podIPs: [{ ip: '10.0.1.1' }, { ip: 'fd00:10::1:1' }] }
  return world(
    [
      ...egress.map((all) => np('x', {}, 'E', { egress: rules('to', all) })),
      ...ingress.map((all) => np('y', is({ pod: 'web' }), 'I', { ingress: rules('from', all) })),
    ],
    [pod('y', 'web'), pod('x', 'p'), pod('x', 'a', { status: both })],
    ['y'],
  )
}

/** absent, each value that a selector names, and one more. */
const EVERYTHING = ['0.0.0.0/0', '::/0']
const LABELS = [{}, { env: 'prod' }, { env: 'dev' }]

/**
 * What trying everything says. Where nothing else is known a block matches only if every address is held, and a
 * label is absent.
 */
function byTrying(given: Example, objects: object[], question: Question) {
  const { from, family, ranges, ipblockPods } = given
  const web = { name: 'y/web', side: 'to' as const }
  const pods = from === 'x/p' ? [web, { name: from, side: 'from' as const }] : [web]
  const unknown = { pods, namespace: 'y', labels: LABELS, ranges }
  const all = completions(objects, unknown, family)
  const usual = completions(
    objects,
    { ...unknown, labels: [{}], ranges: ranges.length > 0 ? ranges : EVERYTHING },
    family,
  )
  const ask = (option: Options['ipblockPods']) => {
    const verdict = (one: object[]) => evaluate(one, question, u.compact({ ipblockPods: option })).verdict
    return {
      usual: usual.every((one) => verdict(one) === 'allow') ? 'allow' : 'deny',
      verdicts: all.map(verdict),
    }
  }
  const first = ask(ipblockPods ?? 'match')
  const readings = ipblockPods === 'never' ? [first] : [first, ask('never')]
  const differs = (verdicts: string[]) => verdicts.some((one) => one !== first.usual)
  const unchanged = readings.filter((one) => one.usual === first.usual)
  const certainty = unchanged.some((one) => differs(one.verdicts))
    ? 'indeterminate'
    : readings.length > unchanged.length
      ? 'undefined'
      : 'certain'
  const possible = first.usual === 'deny' && readings.some((one) => one.verdicts.includes('allow'))
  return { verdict: first.usual, certainty, possible, usual }
}

test('A-45, A-28: verdict, certainty and what is possibly open are what trying every completion says', () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(example, (given) => {
      const objects = objectsOf(given)
      const options: Options = { podCidrs: given.ranges, ...u.compact({ ipblockPods: given.ipblockPods }) }
      const { from, family } = given
      const question: Question = { from: { pod: from }, to: { pod: 'y/web' }, protocol: 'TCP', port: 80, family }
      const { usual, ...expected } = byTrying(given, objects, question)
      const { verdict, certainty, rules } = evaluate(objects, question, options)
      const { open, possible } = cellOf(objects, question, options)
      expect({ verdict, certainty, possible }).toEqual(expected)
      expect(open).toBe(verdict === 'allow')
      const key = `${verdict} ${certainty}`
      counts[key] = (counts[key] ?? 0) + 1
      // Wherever the pods are, a rule that was named matches in each direction that has one
      for (const one of usual) {
        const matching = evaluate(one, question, u.compact({ ipblockPods: given.ipblockPods })).rules
        for (const direction of ['egress', 'ingress']) {
          const named = rules.filter((rule) => rule.includes(direction))
          if (named.length > 0) expect(named.some((rule) => matching.includes(rule))).toBe(true)
        }
      }
    }),
    { numRuns: 300 },
  )
  // Every kind of answer was met
  for (const verdict of ['allow', 'deny']) {
    for (const certainty of ['certain', 'undefined', 'indeterminate']) {
      if (`${verdict} ${certainty}` !== 'deny undefined') expect(counts[`${verdict} ${certainty}`]).toBeGreaterThan(3)
    }
  }
}, 60_000)
