import { blockRanges } from '../engine/unknown-address.js'
import { FAMILIES } from '../net/address.js'
import { overlay, type Piece } from '../net/pieces.js'
import { wholeFamily } from '../net/ranges.js'
import type { Direction } from '../model/direction.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Lens, MatrixWorld } from './lens.js'
import { selecting } from './selecting.js'
import { sweep } from './sweep.js'

/** What a class may exchange with addresses outside the cluster: a walk through both families (E-3). */
export type OutsideOf = (direction: Direction, subject: PodClass) => readonly Piece<SetId>[]

/** Answers for the outside world, by a sweep over the blocks of the policies that isolate a class (E-3). */
export function outsideUnder({ classes: { classes, policies, blocks }, sets }: MatrixWorld, lens: Lens): OutsideOf {
  const subjects = selecting(classes, policies, lens)
  const known = new Map<string, readonly Piece<SetId>[]>()
  const everywhere = FAMILIES.map((family) => ({ ...wholeFamily(family), value: sets.all }))
  const rangesOf = (group: number) => (blocks[group]?.blocks ?? []).flatMap(blockRanges)
  const openTo = (direction: Direction, subject: PodClass, rules: readonly ClassRule[]) => {
    const destination = direction === 'egress' ? null : subject
    const opened = rules.map((rule) => ({ rule, ports: lens.portsOf(rule.ports)(destination) }))
    const always = opened
      .filter(({ rule }) => rule.anyPeer)
      .reduce((open, { ports }) => sets.union(open, ports), sets.none)
    const some = opened.flatMap(({ rule: { blocks: group }, ports }) =>
      group === null ? [] : rangesOf(group).map((range) => ({ range, ports })),
    )
    return FAMILIES.flatMap((family) => sweep(sets, family, always, some))
  }
  return (direction, subject) => {
    const { policies: isolating, free, doubtful } = subjects(direction, subject)
    if (free) return everywhere
    const key = `${direction} ${isolating.join()} ${direction === 'egress' ? '' : subject.namedPorts}`
    const found = known.get(key)
    if (found !== undefined) return found
    const rules = isolating.map((policy) => policies[policy]?.rules[direction] ?? [])
    const pieces: readonly Piece<SetId>[] = doubtful
      ? rules
          .map((some): readonly Piece<SetId>[] => openTo(direction, subject, some))
          .reduce((a, b) => overlay(a, b, sets.intersect))
      : openTo(direction, subject, rules.flat())
    known.set(key, pieces)
    return pieces
  }
}
