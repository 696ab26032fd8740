import { FAMILIES } from '../net/address.js'
import { overlay, type Piece } from '../net/pieces.js'
import type { Direction } from '../model/direction.js'
import { once } from '../model/once.js'
import { rangesIn } from './block-groups.js'
import type { ClassPolicy, ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Lens, MatrixWorld } from './lens.js'
import { selecting, type Selecting } from './selecting.js'
import { sweep } from './sweep.js'
import type { TierCell, TierOutside } from './tier-rows.js'

/** The outside world of policies that isolate: a sweep over the blocks of those that select a class (A-12, A-16, E-3). */
export function isolationOutside(
  { classes: { classes, blocks }, sets }: MatrixWorld,
  lens: Lens,
  policies: readonly ClassPolicy[],
  place: 'last' | 'before others',
): TierOutside {
  const isLast = place === 'last'
  const subjects = selecting(classes, policies, lens)
  // Classes with the same policies share their list of them, which can be long
  const walksOf = once<Selecting, Map<string, readonly Piece<TierCell>[]>>(() => new Map())
  const rangesOf = (group: number) => rangesIn(blocks[group]?.blocks ?? [])
  const openTo = (direction: Direction, subject: PodClass, rules: readonly ClassRule[]) => {
    const destination = direction === 'egress' ? null : subject
    const opened = rules.map((rule) => ({ rule, ports: lens.portsOf(rule.ports)(destination) }))
    const always = opened
      .filter(({ rule }) => rule.anyPeer)
      .reduce((open, { ports }) => sets.union(open, ports), sets.none)
    const some = opened.flatMap(({ rule: { blocks: group }, ports }) =>
      group === null ? [] : rangesOf(group).map((range) => ({ range, item: ports })),
    )
    return FAMILIES.flatMap((family) => sweep(sets, family, always, some))
  }
  return (direction, subject) => {
    const shared = subjects(direction, subject)
    const { policies: isolating, free, doubtful } = shared
    if (free && (isLast || isolating.length === 0)) return null
    const known = walksOf(shared)
    const key = `${direction} ${direction === 'egress' ? '' : subject.namedPorts}`
    const found = known.get(key)
    if (found !== undefined) return found
    const rules = isolating.map((policy) => policies[policy]?.rules[direction] ?? [])
    const open: readonly Piece<SetId>[] = doubtful
      ? rules
          .map((some): readonly Piece<SetId>[] => openTo(direction, subject, some))
          .reduce((a, b) => overlay(a, b, sets.intersect))
      : openTo(direction, subject, rules.flat())
    const cellOf = (ports: SetId): TierCell =>
      doubtful && !isLast ? { open: sets.none, passed: ports } : { open: ports, passed: free ? sets.all : sets.none }
    const pieces = open.map((piece) => ({ ...piece, value: cellOf(piece.value) }))
    known.set(key, pieces)
    return pieces
  }
}
