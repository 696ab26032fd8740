import { once } from '../model/once.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Matched } from './first-match-sets.js'
import type { Lens, Lenses, MatrixWorld } from './lens.js'
import { unknownPeers } from './unknown-peers.js'

/** What rules match, where the first that does decides. */
export interface Matching {
  /** The ports that a rule matches between a peer and a destination; `surely` says whether its policy surely governs. */
  readonly matched: (rule: ClassRule, surely: boolean, peer: PodClass, destination: PodClass) => Matched
  /** Those whom a rule may name. */
  readonly namedBy: (rule: ClassRule) => readonly number[]
}

export function matching(world: MatrixWorld, { least, most }: Lenses): Matching {
  const {
    classes: { classes },
    sets,
  } = world
  const isSettled = least === most
  const [unknownLeast, unknownMost] = [least, most].map((lens) => unknownPeers(world, lens))
  const alone = once((rule: ClassRule): readonly ClassRule[] => [rule])
  const unknown = classes.filter(({ families }) => families.length === 0).map(({ number }) => number)

  function portsUnder(
    lens: Lens,
    peers: typeof unknownMost,
    rule: ClassRule,
    peer: PodClass,
    destination: PodClass,
  ): SetId {
    if (lens.names(rule, peer)) return lens.portsOf(rule.ports)(destination)
    return peers === undefined || rule.blocks === null ? sets.none : peers.opened(alone(rule), peer, destination)
  }

  return {
    matched(rule, surely, peer, destination) {
      const may = portsUnder(most, unknownMost, rule, peer, destination)
      if (isSettled) return { least: may, most: may }
      return { least: surely ? portsUnder(least, unknownLeast, rule, peer, destination) : sets.none, most: may }
    },
    namedBy: once((rule: ClassRule): readonly number[] => {
      const { anyPeer, selectors, blocks } = rule
      if (anyPeer) return classes.map(({ number }) => number)
      return [
        ...new Set([
          ...selectors.flatMap((group) => most.selected(group)),
          ...(blocks === null ? [] : [...most.held(blocks), ...unknown]),
        ]),
      ]
    }),
  }
}
