import { blockRanges } from '../engine/unknown-address.js'
import { FAMILIES } from '../net/address.js'
import type { Piece } from '../net/pieces.js'
import type { Direction } from '../model/direction.js'
import type { ClassPolicy, ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import { preceding, undecided } from './first-match-sets.js'
import { governing } from './governing.js'
import type { Lenses, MatrixWorld } from './lens.js'
import { sweepOver } from './sweep.js'
import type { TierCell, TierOutside } from './tier-rows.js'

/** A rule of a class, with the ports that it matches. */
interface Step {
  readonly rule: ClassRule
  readonly ports: SetId
  readonly surely: boolean
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
      return [...new Set([...matching, ...perhaps])]
        .sort((a, b) => a - b)
        .reduceRight((after, index) => {
          const { rule, ports, surely } = steps[index] ?? { rule: null, ports: sets.none, surely: false }
          const least = surely && matching.has(index) ? ports : sets.none
          return rule === null ? after : precede(after, rule.action, { least, most: ports })
        }, undecided(sets))
    }
    return FAMILIES.flatMap((family) => sweepOver(family, some, decide))
  }

  return (direction: Direction, subject: PodClass) => {
    const list = governs(direction, subject)
    if (list.length === 0) return null
    const destination = direction === 'egress' ? null : subject
    const steps = list.flatMap(({ policy, surely }) =>
      (policy.rules[direction] ?? []).map((rule): Step => ({
        rule,
        surely,
        ports: lenses.most.portsOf(rule.ports)(destination),
      })),
    )
    const key = steps.map(({ rule, ports, surely }) => `${rule.number} ${ports}${surely ? '!' : ''}`).join()
    const found = known.get(key) ?? walk(steps)
    known.set(key, found)
    return found
  }
}
