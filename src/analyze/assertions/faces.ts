import { hasDoubts } from '../../matrix/classes.js'
import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import type { Direction } from '../../model/direction.js'
import { grouped } from '../../model/grouped.js'
import { once, remembered } from '../../model/once.js'
import type { Certainty } from '../../model/verdict.js'
import { intersection, merge, subtract, type AddressRange } from '../../net/ranges.js'
import type { PortQuestion } from '../../query/port.js'
import { answerPair, type NotedAnswer } from '../answer-pair.js'
import { classOf } from '../class-matrix.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import { pairOf } from './deciding-flow.js'
import type { End } from './ends.js'
import type { AssertionWorld } from './world.js'

/** What is open between two ends over one family or for some addresses, port by port, and how sure that is. */
export interface Face {
  /** The addresses of an outside end; null where there is none. */
  readonly ranges: readonly AddressRange[] | null
  /** As things stand. */
  readonly open: SetId
  /** The ports of which the API leaves open whether they are. */
  readonly undefinedPorts: SetId
  /** The ports of which the input does not say it. */
  readonly indeterminatePorts: SetId
}

/**
 * Tells what is open between two ends: one face for each family or group of addresses that is told apart. Pairs of pods that
 * are open alike mostly have the very same list.
 */
export type FacesOf = (from: End, to: End) => readonly Face[]

/** What a row has for a cell that it does not settle. */
export const UNSETTLED = -1

const WHOLE_SET: PortQuestion = { kind: 'whole-set' }

/**
 * Answers by class where nothing is in doubt, and else by the one-pair engine, which also knows how sure a closed port is;
 * that is asked once for all pairs of the same classes.
 */
export function facesIn(world: AssertionWorld): FacesOf {
  const { matrix } = world
  const { sets, classes } = matrix
  const classAt = once(({ party }: MatrixEndpoint) => classOf(classes, party))
  const certain = remembered((open: SetId): readonly Face[] => [face(null, open, sets)])
  const careful = new Map<number, readonly Face[]>()
  const unsettled = hasDoubts(classes)
  const outside = new Map<string, readonly Face[]>()

  return (from, to) => {
    if (from.kind === 'single' || to.kind === 'single') return facesOfAnswers(sets, ask(world, from, to), from, to)
    if (from.kind === 'endpoint' && to.kind === 'endpoint') {
      const a = classAt(from.endpoint)
      const b = classAt(to.endpoint)
      const isOnHost = a.pod.hostNetwork || b.pod.hostNetwork
      if (!isOnHost) {
        const settled = matrix.settled(a)[b.number] ?? UNSETTLED
        if (settled !== UNSETTLED) return certain(settled)
        const quick = matrix.answer(from.endpoint.party, to.endpoint.party)
        const isPlain = quick.certainty === 'certain' && quick.byFamily.length === 0
        if (isPlain && quick.possible === sets.none) return certain(quick.open)
      }
      const key = isOnHost ? -1 : a.number * classes.classes.length + b.number
      const found = careful.get(key) ?? facesOfAnswers(sets, ask(world, from, to), from, to)
      if (key >= 0) careful.set(key, found)
      return found
    }
    const [near, far] = from.kind === 'endpoint' ? [from, to] : [to, from]
    if (near.kind !== 'endpoint' || far.kind !== 'outside') return []
    const direction = from === near ? 'egress' : 'ingress'
    const key = `${direction} ${near.id}`
    const all = outside.get(key) ?? outsideFaces(direction, near)
    outside.set(key, all)
    return all.flatMap((one) => {
      const ranges = common(one.ranges ?? [], far.ranges)
      return ranges.length === 0 ? [] : [{ ...one, ranges }]
    })
  }

  function outsideFaces(direction: Direction, near: Extract<End, { kind: 'endpoint' }>): readonly Face[] {
    const subject = classOf(classes, near.endpoint.party)
    const walk = matrix.outside(direction, subject, sets.all)
    const plain = [...grouped(walk, ({ value }) => value.open)].map(([open, pieces]) => face(merge(pieces), open, sets))
    if (!unsettled && !subject.pod.hostNetwork) return plain
    const outsideEnd = { kind: 'outside', id: 'external', ranges: merge(walk) } as const
    const answers = direction === 'egress' ? ask(world, near, outsideEnd) : ask(world, outsideEnd, near)
    const unsure = answers.filter(({ certainty }) => certainty !== 'certain')
    return unsure.reduce((faces, answer) => faces.flatMap((one) => withDoubt(sets, one, answer)), plain)
  }
}

function face(ranges: readonly AddressRange[] | null, open: SetId, { none }: ConnectionSets): Face {
  return { ranges, open, undefinedPorts: none, indeterminatePorts: none }
}

function ask(world: AssertionWorld, from: End, to: End): readonly NotedAnswer[] {
  return answerPair(world.matrix.compiled, pairOf(world, from, to), WHOLE_SET)
}

/** The ports of an answer, and how sure it is, in the face of the addresses that it is for. */
function withDoubt(sets: ConnectionSets, one: Face, answer: NotedAnswer): readonly Face[] {
  const inside = common(one.ranges ?? [], answer.outside ?? [])
  if (inside.length === 0) return [one]
  const rest = subtract(one.ranges ?? [], inside)
  const marked = { ...marking(sets, one, portsOf(sets, answer), answer.certainty), ranges: inside }
  return rest.length === 0 ? [marked] : [marked, { ...one, ranges: rest }]
}

function marking(sets: ConnectionSets, one: Face, ports: SetId, certainty: Certainty): Face {
  const { undefinedPorts, indeterminatePorts } = one
  if (certainty === 'undefined') return { ...one, undefinedPorts: sets.union(undefinedPorts, ports) }
  return { ...one, indeterminatePorts: sets.union(indeterminatePorts, ports) }
}

function portsOf(sets: ConnectionSets, { protocol, first, last }: PortAtom): SetId {
  return sets.of([{ protocol, first, last }])
}

/** Faces of answers to all ports: one for each family that they tell apart, or for each group of addresses. */
function facesOfAnswers(sets: ConnectionSets, answers: readonly NotedAnswer[], from: End, to: End): readonly Face[] {
  const hasOutside = [from, to].some(
    (end) => end.kind !== 'endpoint' && (end.kind === 'outside' || end.party.kind === 'outside'),
  )
  const groups = grouped(answers, ({ family, outside }) =>
    JSON.stringify([family, outside?.map((range) => `${range.family} ${range.first}-${range.last}`)]),
  )
  return [...groups.values()].map((some) => {
    const [example] = some
    const set = (wanted: (answer: NotedAnswer) => boolean) => sets.of(some.filter(wanted))
    return {
      ranges: hasOutside ? (example?.outside ?? []) : null,
      open: set(({ verdict }) => verdict === 'allow'),
      undefinedPorts: set(({ certainty }) => certainty === 'undefined'),
      indeterminatePorts: set(({ certainty }) => certainty === 'indeterminate'),
    }
  })
}

/** The addresses that lie in both. */
export function common(a: readonly AddressRange[], b: readonly AddressRange[]): readonly AddressRange[] {
  return a.flatMap((one) => b.flatMap((other) => intersection(one, other) ?? []))
}
