import type { FlowVerdict } from '../engine/evaluate.js'
import type { TierStep } from '../engine/outcome.js'
import type { Family } from '../net/address.js'
import { merge, type AddressRange } from '../net/ranges.js'
import type { Direction } from '../model/direction.js'
import { grouped } from '../model/grouped.js'
import type { PortRange } from '../model/policy.js'
import { mergePorts } from '../model/port-ranges.js'
import { rulesNamed, type RuleMatch } from '../model/verdict.js'
import type { TierName } from '../policy/rule-form.js'
import { TIERS } from '../policy/tiers.js'
import type { Variant } from './variants.js'

/** What a tier made of a direction, with the rules by which it decided or handed on. */
export interface AnsweredStep extends Omit<TierStep, 'rules'> {
  readonly rules: readonly MatchedRule[]
}

/** A rule that matched, for all that the answer holds for, or for some of its ports, family and addresses. */
export interface MatchedRule extends RuleMatch {
  readonly only: MatchScope | null
}

/** For what a rule matched; what it makes no difference to is null. */
export interface MatchScope {
  readonly ports: readonly PortRange[] | null
  readonly family: Family | null
  readonly ranges: readonly AddressRange[] | null
}

/** One of the answers that are told as one, and what it is for. */
export interface Part {
  readonly answer: FlowVerdict
  readonly ports: PortRange
  readonly variant: Variant
}

/** Each tier once; where it handed on some ports or addresses by a rule and others by none, the rules are told. */
export function joinPaths(parts: readonly Part[], direction: Direction): readonly AnsweredStep[] {
  const steps = parts.flatMap(({ answer }) => answer[direction].path)
  const byTier = grouped(steps, ({ tier }) => tier)
  return TIERS.flatMap(({ name, decides }): readonly AnsweredStep[] => {
    const same = byTier.get(name) ?? []
    const told = same.find(({ decision }) => decision !== 'no-match') ?? same[0]
    const isDecided = steps.some(
      ({ tier, decision }) => tier === 'Admin' && (decision === 'accept' || decision === 'deny'),
    )
    // Where no NetworkPolicy is near, they isolate nobody
    if (told === undefined && decides === 'isolation' && steps.length > 0 && !isDecided)
      return [{ tier: name, decision: 'not-isolated' as const, rules: [] }]
    if (told === undefined) return []
    return [
      {
        tier: name,
        decision: told.decision,
        rules: matchesIn(parts, direction, name).map(({ match, parts: some }) => ({
          ...match,
          only: some.length === parts.length ? null : scopeOf(some, parts),
        })),
      },
    ]
  })
}

interface Named {
  readonly match: RuleMatch
  readonly parts: Part[]
}

/** Each rule that a tier names, once and in the order in which they come first, and the parts that name it. */
function matchesIn(parts: readonly Part[], direction: Direction, tier: TierName): readonly Named[] {
  const found: Named[] = []
  const known = new Map<RuleMatch['policy'], Map<number, Named>>()
  for (const part of parts) {
    for (const match of part.answer[direction].path.flatMap((step) => (step.tier === tier ? step.rules : []))) {
      const ofPolicy = known.get(match.policy) ?? new Map<number, Named>()
      known.set(match.policy, ofPolicy)
      const before = ofPolicy.get(match.rule)
      const named = before ?? { match, parts: [] }
      if (before === undefined) {
        ofPolicy.set(match.rule, named)
        found.push(named)
      }
      if (named.parts.at(-1) !== part) named.parts.push(part)
    }
  }
  return found
}

/** Each rule once, with all entries that matched, in manifest order. */
export function joinRules(parts: readonly Part[], direction: Direction): readonly MatchedRule[] {
  const matches = parts.flatMap((part) => {
    return rulesNamed(part.answer[direction].reason).map((match) => ({ match, part }))
  })
  const ofPolicy = grouped(matches, ({ match }) => match.policy)
  return [...ofPolicy.values()].flatMap((some) =>
    [...grouped(some, ({ match }) => match.rule).values()]
      .flatMap((same): readonly MatchedRule[] => {
        const [first] = same
        if (first === undefined) return []
        const only =
          same.length === parts.length
            ? null
            : scopeOf(
                same.map(({ part }) => part),
                parts,
              )
        const [peers, ports] = [same.map(({ match }) => match.peers), same.map(({ match }) => match.ports)]
        return [{ ...first.match, peers: union(peers), ports: union(ports), only }]
      })
      .sort((a, b) => a.rule - b.rule),
  )
}

/** What some parts of an answer are for, as far as that tells them from the others. */
function scopeOf(some: readonly Part[], all: readonly Part[]): MatchScope {
  const differ = (valueOf: (part: Part) => unknown) => new Set(some.map(valueOf)).size < new Set(all.map(valueOf)).size
  const byVariant = differ(({ variant }) => variant)
  const ranges = some.flatMap(({ variant: { outside } }) => (outside === null ? [] : [outside]))
  return {
    ports: differ(({ ports: { first } }) => first) ? mergePorts(some.map(({ ports }) => ports)) : null,
    family: byVariant && ranges.length === 0 ? (some[0]?.variant.family ?? null) : null,
    ranges: byVariant && ranges.length > 0 ? merge(ranges) : null,
  }
}

/** The entries that matched in any of several cases; null where there are none, which is so in every case or none. */
function union(cases: readonly (readonly number[] | null)[]): readonly number[] | null {
  const all = new Set<number>()
  // The ports of one name share one list, which can be long.
  for (const entries of new Set(cases)) {
    if (entries === null) return null
    for (const entry of entries) all.add(entry)
  }
  return [...all].sort((x, y) => x - y)
}
