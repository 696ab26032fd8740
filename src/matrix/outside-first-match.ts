import { blockRanges } from '../engine/unknown-address.js'
import { FAMILIES } from '../net/address.js'
import { grouped } from '../model/grouped.js'
import type { Piece } from '../net/pieces.js'
import type { Direction } from '../model/direction.js'
import type { ClassPolicy, ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import { preceding, undecided } from './first-match-sets.js'
import { governing } from './governing.js'
import type { Lenses, MatrixWorld } from './lens.js'
import { byPlace, tied, together } from './ties.js'
import { sweepOver } from './sweep.js'
import type { TierCell, TierOutside } from './tier-rows.js'

/** A rule of a class, with the ports that it matches. */
interface Step {
  readonly rule: ClassRule
  readonly ports: SetId
  readonly surely: boolean
  /** The place of its policy in the tier, and the number of the policy among those that govern the class. */
  readonly order: number
  readonly policy: number
}

/** The outside world of policies of which the first rule that matches decides (C-2): a sweep over the blocks of those that govern a class. */
export function firstMatchOutside(
  { classes: { classes, blocks }, sets }: MatrixWorld,
  lenses: Lenses,
  policies: readonly ClassPolicy[],
): TierOutside {
  const governs = governing(classes, policies, lenses)
  const precede = preceding(sets, lenses.extent)
  const known = new Map<string, readonly Piece<TierCell>[]>()
  const { ties } = lenses.most.view.reading
  const ofTied = ties === 'by-name' ? null : tied(sets, together(sets, ties))
  const put =
    (some: readonly Step[]) =>
    (after: TierCell): TierCell =>
      some.reduceRight(
        (rest, { rule, ports, surely }) =>
          precede(rest, rule.action, { least: surely ? ports : sets.none, most: ports }),
        after,
      )

  function walk(steps: readonly Step[]): readonly Piece<TierCell>[] {
    const always = steps.flatMap(({ rule }, index) => (rule.anyPeer ? [index] : []))
    const perhaps = lenses.extent === 'value' ? [] : steps.flatMap(({ rule }, index) => (rule.hostNames ? [index] : []))
    const some = steps.flatMap(({ rule }, item) =>
      (rule.blocks === null ? [] : (blocks[rule.blocks]?.blocks ?? []))
        .flatMap(blockRanges)
        .map((range) => ({ range, item })),
    )
    const decide = (active: Iterable<number>): TierCell => {
      const matching = new Set([...always, ...active])
      const asked = [...new Set([...matching, ...perhaps])]
        .sort((a, b) => a - b)
        .flatMap((index) => {
          const step = steps[index]
          return step === undefined ? [] : [{ ...step, surely: step.surely && matching.has(index) }]
        })
      return byPlace(asked, ({ order }) => order).reduceRight((after, group) => {
        const policies = [...grouped(group, ({ policy }) => policy).values()]
        return ofTied === null || policies.length === 1 ? put(group)(after) : ofTied(policies.map(put))(after)
      }, undecided(sets))
    }
    return FAMILIES.flatMap((family) => sweepOver(family, some, decide))
  }

  return (direction: Direction, subject: PodClass) => {
    const list = governs(direction, subject)
    if (list.length === 0) return null
    const destination = direction === 'egress' ? null : subject
    const steps = list.flatMap(({ policy, surely }, number) =>
      (policy.rules[direction] ?? []).map((rule): Step => ({
        rule,
        surely,
        order: policy.order,
        policy: number,
        ports: lenses.most.portsOf(rule.ports)(destination),
      })),
    )
    const places = ofTied === null ? [] : byPlace(list, ({ policy }) => policy.order).map((group) => group.length)
    const rules = steps.map(
      ({ rule, ports, surely, policy }) =>
        `${rule.number} ${ports}${surely ? '!' : ''}${ofTied === null ? '' : `/${policy}`}`,
    )
    const key = `${places.join()} ${rules.join()}`
    const found = known.get(key) ?? walk(steps)
    known.set(key, found)
    return found
  }
}
