import type { Endpoint } from '../model/flow.js'
import type { AnyRule, IpBlock, SelectorPeer } from '../model/policy.js'
import type { AddressRange } from '../net/ranges.js'
import { matchBlocks } from './ip-blocks.js'
import { matchDomains } from './domains.js'
import { matchNodes } from './node-peers.js'
import { isPassedOver, nameOfEnd } from './readings.js'
import type { OtherPeer, RuleIndex } from './rule-index.js'
import { selects } from './selectors.js'
import { any, NO, YES, type Doubt, type DoubtSite, type Truth } from './truth.js'
import { blockRanges } from './unknown-address.js'
import type { View } from './view.js'

/** What the peers of one rule make of an endpoint; `peers` are the entries that matched, null where there are none. */
export interface PeerMatch {
  readonly truth: Truth
  readonly peers: readonly number[] | null
  /** What blocks have to do with it, if the address of the endpoint is not known. */
  readonly unknown: UnknownMatch | null
}

/** The blocks of one rule that may hold an address which is not known; they count together with those of other rules. */
export interface UnknownMatch {
  /** Whether the rule matches by its other entries. */
  readonly otherwise: Truth
  /** The entries that may hold the address, and those that match otherwise. */
  readonly peers: readonly number[]
  readonly holds: readonly AddressRange[]
  readonly doubts: readonly Doubt[]
  /** The blocks of this rule alone hold all that the address may be. */
  readonly isEnough: boolean
}

/** Whether some entry of `from` or `to`, or some selector among them, names the endpoint; no entries at all name everything there is. */
export function matchPeers(
  rule: AnyRule,
  peer: Endpoint,
  view: View,
  home: string | null,
  siteOf: (entry: number) => DoubtSite,
  some: 'all' | 'selectors' = 'all',
): PeerMatch {
  if (rule.peers.length === 0) return { truth: YES, peers: null, unknown: null }
  const { selectors, entryOf, holding, ...index } = view.compiled.indexOf(rule)
  const { others, blocks } = some === 'all' ? index : NO_ADDRESSES
  const bySelector = selectors.map(({ entry, peer: named }) => ({
    entry,
    truth: matchSelectors(named, peer, view, home, siteOf(entry)),
  }))
  const byOther = others.map(({ entry, peer: named }) => ({
    entry,
    truth: matchOther(named, peer, view, siteOf(entry)),
  }))
  const besides = [...bySelector, ...byOther]
  const byAddress =
    blocks.length === 0 ? null : matchBlocks(blocks, holding, peer, view, (block) => siteOf(entryOf.get(block) ?? 0))
  const entriesWith = (some: readonly IpBlock[]) =>
    [
      ...besides.filter(({ truth }) => truth.value).map(({ entry }) => entry),
      ...some.map((block) => entryOf.get(block) ?? 0),
    ].sort((a, b) => a - b)
  const otherwise = any(besides.map(({ truth }) => truth))
  return {
    truth: byAddress === null ? otherwise : any([otherwise, byAddress.truth]),
    peers: entriesWith(byAddress?.blocks ?? []),
    unknown:
      byAddress === null || byAddress.touching.length === 0
        ? null
        : {
            otherwise,
            peers: entriesWith(byAddress.touching),
            holds: byAddress.touching.flatMap(blockRanges),
            doubts: byAddress.doubts,
            isEnough: byAddress.truth.value,
          },
  }
}

const NO_ADDRESSES: Pick<RuleIndex, 'others' | 'blocks'> = { others: [], blocks: [] }

function matchOther(named: OtherPeer, peer: Endpoint, view: View, site: DoubtSite): Truth {
  switch (named.kind) {
    case 'nodes':
      return matchNodes(named, peer, view, site)
    case 'domain-names':
      return matchDomains(named, peer, { code: 'domain-name-unknown', about: nameOfEnd(peer), site })
    case 'unknown':
      return NO
  }
}

/** Selectors match pods and nothing else; pods on the host's network only where policies see them. */
function matchSelectors(
  peer: SelectorPeer,
  endpoint: Endpoint,
  { compiled, reading, completion }: View,
  home: string | null,
  site: DoubtSite,
): Truth {
  if (endpoint.kind !== 'pod') return NO
  const { pod } = endpoint
  if (isPassedOver(pod, reading)) return NO
  return selects(peer, home, compiled.cluster, pod, site, completion, endpoint.replica)
}
