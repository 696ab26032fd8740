import { expect, test } from 'vitest'
import type { Cause } from '../../src/analyze/diff/because.js'
import type { DiffAnswer } from '../../src/analyze/diff/diff.js'
import { everyPair, type RandomSide } from '../support/diff-pairs.js'
import { diffOf, told } from '../support/told-diff.js'

const RUNS = Number(process.env['DIFF_RUNS'] ?? 12)

function causeText({ edit: { change, of, path, side }, alone }: Cause): string {
  const thing = 'policy' in of ? of.policy.name : 'object' in of ? of.object.name : of.setting
  return [change, thing, path.join('.'), side, alone].join(' ')
}

/** All that an answer says, in its order; policies without effect are known when all else has been asked about. */
function all({ changes, possible, isolation, dns, services, because, unchanged }: DiffAnswer): object {
  return {
    changes: [...changes, ...possible].map((one) => [one.danger, told(one), ...because.ofChange(one).map(causeText)]),
    isolation: isolation.map((one) => [
      one.pair.id,
      one.direction,
      one.change,
      ...because.ofIsolation(one).map(causeText),
    ]),
    dns: dns.map((one) => [one.pair.id, one.change, ...because.ofDns(one).map(causeText)]),
    services: services.map(({ service, ...rest }) => [service.name, rest]),
    withoutEffect: because.unnamed().map(({ policy, change, side }) => [policy.name, change, side]),
    unchanged: unchanged(),
  }
}

test('where only policies differ, what they can have changed says as much as comparing everything', () => {
  let [narrowed, changed] = [0, 0]
  everyPair(
    2 * RUNS,
    3,
    ({ base, head }, random) => {
      // Sides of one repository share the workloads of files that both have
      const cluster = random.chance(50) ? { ...head.cluster, workloads: base.cluster.workloads } : head.cluster
      const other: RandomSide = { ...head, cluster }
      const question = random.pick([{}, {}, { port: '80/TCP' }, { from: 'x/*' }, { to: 'external' }])
      const near = diffOf(base, other, question)
      expect(all(near)).toEqual(all(diffOf(base, other, question, 'everything')))
      if (near.world.base.cluster.workloads.length < base.cluster.workloads.length) narrowed++
      changed += near.changes.length
    },
    { only: 'policies' },
  )
  expect(narrowed).toBeGreaterThan(RUNS / 2)
  expect(changed).toBeGreaterThan(RUNS)
})
