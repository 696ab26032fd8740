import type { Answer } from '../../matrix/answer.js'
import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import type { Direction } from '../../model/direction.js'
import { lazy } from '../../model/once.js'
import { FAMILIES } from '../../net/address.js'
import type { AddressRange } from '../../net/ranges.js'
import { overlaps } from '../../net/ranges.js'
import { classOf, matrixOver } from '../class-matrix.js'
import { nodesBetween } from '../nodes-between.js'
import { dnsGapOf, type PairedServer } from './dns-gap.js'
import type { Edit, HasEdit } from './edits/edit.js'
import type { MixedPolicy } from './edits/policy-edits.js'
import { endpointOf, partyOf } from './mixed-ends.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { isolation } from './isolation-changes.js'
import type { JointWorld } from './joint-world.js'
import { jointShapes } from './joint-shapes.js'
import { openness } from './openness.js'
import { scenes, type Scene } from './scenes.js'

/** What counts as open: what is so as things stand, or that and what may be. */
export type Extent = 'value' | 'possible'

/** What comes of some edits, as numbers: sets of ports, or 1 where something is so. */
export type Outcome = readonly number[]

/** What could matter to one answer, and the answer after any of these edits. */
export interface Mixture {
  readonly edits: readonly Edit[]
  readonly outcome: (has: HasEdit) => Outcome
  /** Equal for mixtures in which the same edits do the same; null where that is not known. */
  readonly sharedKey: string | null
}

/** The clusters between two sides, as far as single answers see them. */
export interface Mixtures {
  readonly policies: readonly MixedPolicy[]
  /** All that is open between two endpoints, and over each family; as things stand, or as they may turn out. */
  between(from: EndpointPair, to: EndpointPair, asked: SetId, extent: Extent): Mixture
  /** What is open at every one, and at some, of the addresses. */
  outside(
    near: EndpointPair,
    direction: Direction,
    ranges: readonly AddressRange[],
    asked: SetId,
    extent: Extent,
  ): Mixture
  isolation(near: EndpointPair, direction: Direction): Mixture
  dns(near: EndpointPair): Mixture
}

/** Prepares the clusters between the sides of a comparison; `policies` are all of both sides. */
export function mixtures(
  world: JointWorld,
  policies: readonly MixedPolicy[],
  servers: () => readonly PairedServer[],
): Mixtures {
  const { base, head, sets } = world
  const setScenes = scenes(world, policies)
  const shapes = lazy(() => jointShapes(base.cluster, head.cluster, [base.matrix, head.matrix]))
  const matrixIn = ({ compiled }: Scene) => matrixOver(compiled, [], sets)

  return {
    policies,
    between(from, to, asked, extent) {
      const isSelf = from === to
      const { edits, sceneOf, shareable } = setScenes(isSelf ? [from] : [from, to], [
        [from, 'egress'],
        [to, 'ingress'],
      ])
      return {
        edits,
        sharedKey: shareable && !isSelf ? `${extent} ${shapes()(from)} > ${shapes()(to)} ${asked}` : null,
        outcome(has) {
          const scene = sceneOf(has)
          const [a = null, b = a] = scene.ends
          if (a === null || b === null || (isSelf && !a.another)) return [sets.none, sets.none, sets.none]
          const [source, destination] = [partyOf(a), partyOf(b)]
          const matrix = matrixIn(scene)
          if (extent === 'possible') return possibleIn(sets, matrix.answer(source, destination, asked))
          const opened = matrix
            .rowOf(classOf(matrix.classes, source))
            .opened(classOf(matrix.classes, destination), nodesBetween(source, destination))
          const { all, byFamily } = openness(sets, opened, asked)
          return [all, byFamily.IPv4, byFamily.IPv6]
        },
      }
    },
    outside(near, direction, ranges, asked, extent) {
      const { edits, sceneOf, shareable } = setScenes([near], [[near, direction]])
      const there = ranges.map(({ family, first, last }) => `${family} ${first}-${last}`).join()
      return {
        edits,
        sharedKey: shareable ? `${extent} ${direction} ${shapes()(near)} ${there} ${asked}` : null,
        outcome(has) {
          const scene = sceneOf(has)
          const [end = null] = scene.ends
          if (end === null) return [sets.none, sets.none]
          const matrix = matrixIn(scene)
          const walk = matrix.outside(direction, classOf(matrix.classes, partyOf(end)), asked)
          const open = walk
            .filter((piece) => ranges.some((range) => overlaps(piece, range)))
            .map(({ value: { open, possible } }) => (extent === 'value' ? open : sets.union(open, possible)))
          return [open.reduce<SetId>(sets.intersect, sets.all), open.reduce<SetId>(sets.union, sets.none)]
        },
      }
    },
    isolation(near, direction) {
      const { edits, sceneOf } = setScenes([near], [[near, direction]])
      return {
        edits,
        sharedKey: null,
        outcome(has) {
          const scene = sceneOf(has)
          const [end = null] = scene.ends
          return [end !== null && isolation(matrixIn(scene))(direction, endpointOf(end)) ? 1 : 0]
        },
      }
    },
    dns(near) {
      const ends = [...new Set([near, ...servers().map(({ pair }) => pair)])]
      const { edits, sceneOf } = setScenes(ends, [[near, 'egress'], ...ends.map((pair) => [pair, 'ingress'] as const)])
      return {
        edits,
        sharedKey: null,
        outcome(has) {
          const { compiled, ends: there } = sceneOf(has)
          const parties = there.map((end) => end && partyOf(end))
          const [own = null] = parties
          const found = servers().flatMap(({ pair, ...rest }) => {
            const party = parties[ends.indexOf(pair)] ?? null
            return party === null ? [] : [{ party, ...rest }]
          })
          return [own === null ? 0 : dnsGapOf(compiled, own, found)]
        },
      }
    },
  }
}

/** What may be open over every family that two ends have, and over each. */
function possibleIn(sets: ConnectionSets, answer: Answer): Outcome {
  return [null, ...FAMILIES].map((family) => {
    const { open, possible } = answer.byFamily.find((one) => one.family === family) ?? answer
    return sets.union(open, possible)
  })
}
