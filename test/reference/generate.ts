/** Arbitrary small clusters with questions about them. Everything is legal input (section B). */
import fc from 'fast-check'
import type { Options, Question } from './evaluate.js'
import { clusters } from './generate-cluster.js'
import { policies } from './generate-policies.js'
import { questionsAbout, questionSeed } from './generate-questions.js'
import * as u from './generate-universe.js'

export interface Case {
  objects: object[]
  options: Options
  questions: Question[]
}

const V6_RANGES = ['fd00:10::/64']

const options: fc.Arbitrary<Options> = fc
  .record({
    ipblockPods: u.weighted<Options['ipblockPods']>([8, u.pick(undefined)], [1, u.pick('match')], [2, u.pick('never')]),
    hostNetwork: u.weighted<Options['hostNetwork']>(
      [8, u.pick(undefined)],
      [3, u.pick('ignore', 'enforce', 'enforce')],
    ),
    podCidrs: u.weighted<string[] | undefined>(
      [8, u.pick(undefined)],
      [4, u.pick(['10.0.0.0/16'], ['10.0.0.0/22'], ['10.0.1.0/24', '10.0.2.0/23'])],
    ),
  })
  .map((parts) => u.compact(parts) as Options)

/** Pod ranges for IPv6 too where the nodes have it: a cluster has ranges for all its families. */
function withBothFamilies(options: Options, cluster: readonly object[]): Options {
  if (options.podCidrs === undefined || !JSON.stringify(cluster).includes('fd00:9::')) return options
  return { ...options, podCidrs: [...options.podCidrs, ...V6_RANGES] }
}

export const cases: fc.Arbitrary<Case> = fc
  .record({ cluster: clusters, policies, options, seeds: fc.array(questionSeed, { minLength: 13, maxLength: 13 }) })
  .map(({ cluster, policies, options, seeds }) => {
    // As a file would give them: plain objects of their own, without absent properties
    const objects = JSON.parse(JSON.stringify([...cluster, ...policies])) as object[]
    const all = withBothFamilies(options, cluster)
    return { objects, options: all, questions: questionsAbout(objects, all.podCidrs ?? [], seeds) }
  })
