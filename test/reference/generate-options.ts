/** Arbitrary readings of what the text leaves open, and ranges of pods. */
import fc from 'fast-check'
import type { Options } from './evaluate.js'
import * as u from './generate-universe.js'

const V6_RANGES = ['fd00:10::/64']

export const options: fc.Arbitrary<Options> = fc
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
export function withBothFamilies(options: Options, cluster: readonly object[]): Options {
  if (options.podCidrs === undefined || !JSON.stringify(cluster).includes('fd00:9::')) return options
  return { ...options, podCidrs: [...options.podCidrs, ...V6_RANGES] }
}
