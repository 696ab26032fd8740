import type { CompiledCluster } from '../engine/compile.js'
import { matchPeers } from '../engine/peers.js'
import { chosenReading } from '../engine/readings.js'
import type { View } from '../engine/view.js'
import { grouped } from '../model/grouped.js'
import { orient } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import { entryOf, type PortRange } from '../model/policy.js'
import type { PolicyRef } from '../model/reference.js'
import type { Path } from '../model/source.js'
import type { Action, FormRule, RuleForm } from '../policy/rule-form.js'
import { merge, type AddressRange } from '../net/ranges.js'
import type { Family } from '../net/address.js'
import type { FlowCase } from './flow-answer.js'
import { distanceOf, missesOfPeer, ofSeveral, type PeerMiss } from './peer-miss.js'
import { openedOf } from './opened-ports.js'
import { missOfPort, type PortMiss } from './port-miss.js'

/** A rule that did not match, and what kept it from matching. */
export interface NearMiss {
  readonly policy: PolicyRef
  readonly direction: Direction
  /** Null where the policy has no rules at all in this direction. */
  readonly rule: number | null
  /** What the rule would have done. */
  readonly action: Action
  /** Where the rule stands, or where rules would. */
  readonly path: Path
  /** What failed of the peer that came nearest; empty if some peer matched. */
  readonly peer: readonly PeerMiss[]
  /** Which entry that is, of how many, and how many of them were looked at; null if some peer matched. */
  readonly entry: { readonly index: number; readonly of: number; readonly looked: number } | null
  /** What failed of the other entries, where every entry is asked for; empty if some peer matched. */
  readonly others: readonly EntryMiss[]
  /** Why the first entries of `ports` do not open what is asked; empty if they open all of it. */
  readonly port: readonly PortMiss[]
  /** How many entries there are beyond those. */
  readonly morePorts: number
  /** They open some of the ports that are asked. */
  readonly partly: boolean
  /** What this is said about, where it is not the same for every family and address of the answer. */
  readonly scope: MissScope | null
}

/** An entry of `from` or `to` that does not match. */
export interface EntryMiss {
  readonly index: number
  readonly misses: readonly PeerMiss[]
}

/** A family, or addresses outside the cluster. */
export interface MissScope {
  readonly family: Family | null
  readonly ranges: readonly AddressRange[]
}

/** A rule can have thousands of entries; these many are looked at to explain it. */
const MOST_PEERS = 200
const FEW_PORTS = 4
const MOST_PORTS = 200
/** An answer can stand for many pieces of the address space: so many are looked at, and fewer where there are many rules. */
const MOST_CASES = 64
const MOST_LOOKS = 4000

/**
 * The rules of deciding policies that a flow fails, each with its nearest miss in every case that shares the answer; with
 * all of its entries where `every` is set. The rule that lacks least comes first: it is most likely the one that was meant.
 */
export function nearMisses(
  compiled: CompiledCluster,
  cases: readonly FlowCase[],
  asked: PortRange,
  direction: Direction,
  deciding: readonly RuleForm[],
  every = false,
): readonly NearMiss[] {
  const reading = chosenReading(compiled)
  const size = deciding.reduce((sum, policy) => sum + policy.rules[direction].length, 1)
  const looked = cases.slice(0, Math.max(1, Math.min(MOST_CASES, Math.floor(MOST_LOOKS / size))))
  const isFew = looked.length < cases.length
  const found = deciding.flatMap((policy): readonly NearMiss[] => {
    const rules = policy.rules[direction]
    const nothing = { peer: [], entry: null, others: [], port: [], morePorts: 0, partly: false, scope: null }
    if (rules.length === 0)
      return [{ policy: policy.ref, direction, rule: null, action: 'accept', path: ['spec', direction], ...nothing }]
    return rules.flatMap((rule) => {
      const inCase = looked.flatMap((one) => {
        const miss = missOf(rule, { compiled, flow: one.flow, reading }, direction, policy, asked, every)
        if (miss === null) return []
        return [{ one, miss: isOne(one) ? miss : missOfSeveral(miss) }]
      })
      const alike = [...grouped(inCase, ({ miss }) => keyOf(miss)).values()]
      const differ = isFew || alike.length > 1 || inCase.length < looked.length
      return alike.flatMap((same) => {
        const [first] = same
        if (first === undefined) return []
        const scope = differ ? scopeOf(same.map(({ one }) => one)) : null
        return [{ ...rule.ref, action: rule.action, ...first.miss, scope }]
      })
    })
  })
  return found.sort((a, b) => lackOf(a) - lackOf(b))
}

/** Whether a rule matches all that is asked, as far as that is looked at. */
export function isMatchedBy(
  compiled: CompiledCluster,
  cases: readonly FlowCase[],
  asked: PortRange,
  direction: Direction,
  policy: RuleForm,
  rule: FormRule,
): boolean {
  const reading = chosenReading(compiled)
  return cases
    .slice(0, MOST_CASES)
    .every(({ flow }) => missOf(rule, { compiled, flow, reading }, direction, policy, asked, false) === null)
}

/** How much a rule lacks; of two that lack one thing the one that names the peer is nearer. A policy without rules was meant to let nothing through. */
function lackOf({ rule, peer, port }: NearMiss): number {
  return rule === null ? Number.MAX_VALUE : 1.5 * distanceOf(peer) + (port.length === 0 ? 0 : 1)
}

function missOfSeveral(miss: Miss): Miss {
  const others = miss.others.map((other) => ({ ...other, misses: other.misses.map(ofSeveral) }))
  return { ...miss, peer: miss.peer.map(ofSeveral), others }
}

function isOne({ outside }: FlowCase): boolean {
  return outside === null || outside.first === outside.last
}

function scopeOf(cases: readonly FlowCase[]): MissScope | null {
  const ranges = merge(cases.flatMap(({ outside }) => (outside === null ? [] : [outside])))
  const family = cases[0]?.flow.family ?? null
  return ranges.length === 0 && family === null ? null : { family, ranges }
}

type Miss = Pick<NearMiss, 'peer' | 'entry' | 'others' | 'port' | 'morePorts' | 'partly'>

function keyOf(miss: Miss): string {
  return JSON.stringify(miss, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

/** What keeps a rule from matching for all ports that are asked; null if nothing does. */
function missOf(
  rule: FormRule,
  view: View,
  direction: Direction,
  policy: RuleForm,
  asked: PortRange,
  every: boolean,
): Miss | null {
  const { peer } = orient(view.flow, direction)
  const peerMatches = matchPeers(rule, peer, view, policy.home, () => rule.ref).truth.value
  const opens = openedOf(rule, view, asked)
  if (peerMatches && opens === 'all') return null
  const each = peerMatches ? [] : missesOfEach(rule, view, direction, policy)
  const nearest = nearestOf(each)
  const most = every ? MOST_PORTS : FEW_PORTS
  return {
    peer: nearest?.misses ?? [],
    entry: nearest === null ? null : { index: nearest.index, of: countOf(rule), looked: MOST_PEERS },
    others: every ? otherEntries(each, nearest) : [],
    port: opens === 'all' ? [] : rule.ports.slice(0, most).map((entry) => missOfPort(entry, view, asked)),
    morePorts: Math.max(0, rule.ports.length - most),
    partly: opens === 'some',
  }
}

function missesOfEach({ peers }: FormRule, view: View, direction: Direction, policy: RuleForm): readonly EntryMiss[] {
  const { peer } = orient(view.flow, direction)
  return peers
    .slice(0, MOST_PEERS)
    .map((entry, index) => ({ index: entryOf(peers, index), misses: missesOfPeer(entry, peer, view, policy) }))
}

/** Those that came less near; of an entry that names several networks the nearest. */
function otherEntries(each: readonly EntryMiss[], nearest: EntryMiss | null): readonly EntryMiss[] {
  const entries = grouped(each, ({ index }) => index)
  return [...entries.values()].flatMap((same) => {
    const best = nearestOf(same)
    return best === null || (nearest !== null && same.includes(nearest)) ? [] : [best]
  })
}

/** How many entries of peers a rule has in the manifest. */
function countOf({ peers }: FormRule): number {
  return new Set(peers.map((_, index) => entryOf(peers, index))).size
}

function nearestOf(entries: readonly EntryMiss[]): EntryMiss | null {
  return entries.reduce<EntryMiss | null>(
    (best, candidate) => (best === null || distanceOf(candidate.misses) < distanceOf(best.misses) ? candidate : best),
    null,
  )
}
