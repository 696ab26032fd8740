import type { SetId } from '../../matrix/connection-sets.js'
import type { AllowOnlyAssertion } from '../../model/assertion.js'
import { once } from '../../model/once.js'
import { FAMILIES } from '../../net/address.js'
import { wholeFamily } from '../../net/ranges.js'
import { disagreement } from './disagreement.js'
import { isPair, type End } from './ends.js'
import { askedOf } from './asked-of-subject.js'
import { entriesByEnd, prepareEntry, termsFor, type PreparedEntry, type Terms } from './entries.js'
import { exceptOf, type KeptPair } from './except.js'
import type { Face } from './faces.js'
import { markOf, sightOf } from './judge.js'
import type { Disagreement, Outcome } from './outcome.js'
import { outsideTerms } from './outside-terms.js'
import { lookedAt, type Scene } from './scene.js'
import { lookedSides, namingsFor, sideOf } from './sides.js'
import { asFixed, byId, finish } from './status.js'
import { nothing } from './unanswerable.js'
import { undeclaredPorts } from './undeclared-ports.js'

/** What a known gap of an entry has come to. */
interface Gap {
  readonly wrong: Disagreement[]
  readonly right: Disagreement[]
}

/** To make a row, which may not be kept until it is asked for again, takes as long as so many pairs. */
const PAIRS_OF_A_ROW = 16

/** Evaluates `allowOnlyFrom` and `allowOnlyTo`: what is listed is open, and nothing else of all there is. */
export function evaluateAllowOnly(scene: Scene, test: AllowOnlyAssertion): Outcome {
  const { world, facesOf, lookUp, permit, limits } = scene
  const { sets } = world.matrix
  const isFrom = test.kind === 'allowOnlyFrom'
  const subjects = lookedSides(
    scene,
    isFrom ? 'to' : 'from',
    sideOf(lookUp(test.subject, isFrom ? 'destination' : 'source')),
  )
  const entries = test.entries.map((entry) => prepareEntry(scene, test, entry))
  const except = exceptOf(test.except, lookUp)
  const others = lookedAt(scene, isFrom ? 'from' : 'to', othersOf(scene, entries), ({ id }) => id)
  // Each pair of another subject needs the row of another source
  limits.pairs(subjects.length * others.length * (isFrom && subjects.length > 1 ? PAIRS_OF_A_ROW : 1))
  const naming = entriesByEnd(entries)
  const unnamed: Terms = { permitted: sets.none, required: sets.none, gaps: [] }
  const harmless = new Map<SetId, Set<readonly Face[]>>()
  const failures: Disagreement[] = []
  const gaps = new Map<PreparedEntry, Gap>()
  let pairs = 0
  let isMarked = false

  const evaluate = (
    kept: KeptPair,
    { permitted, required, gaps: known }: Terms,
    asked: SetId,
    faces = facesOf(kept.from, kept.to),
  ) => {
    permit(kept.from, kept.to, permitted)
    for (const face of faces) {
      isMarked ||= test.certainty !== null && markOf(sets, face, asked) === test.certainty
      const { sure, possible } = sightOf(sets, face, test.certainty)
      const say = (problem: Disagreement['problem'], ports: SetId) => {
        limits.disagreement()
        return disagreement(sets, kept, face, problem, ports)
      }
      const unlisted = sets.minus(sets.intersect(sure, asked), permitted)
      const closed = sets.minus(required, possible)
      const unsure = sets.minus(possible, sure)
      if (unlisted !== sets.none) failures.push(say('unlisted', unlisted))
      if (closed !== sets.none) failures.push(say('closed', closed))
      if (unlisted === sets.none && closed === sets.none && unsure !== sets.none) {
        const ofGaps = known.map(({ ports }) => ports).reduce(sets.union, sets.none)
        const matters = sets.union(sets.minus(asked, permitted), sets.union(required, ofGaps))
        const doubted = sets.intersect(unsure, matters)
        if (doubted !== sets.none) failures.push(say('uncertain', doubted))
      }
      for (const { of, ports } of known) {
        const gap = gaps.get(of) ?? { wrong: [], right: [] }
        gaps.set(of, gap)
        const open = sets.intersect(sure, ports)
        if (open !== sets.none) gap.wrong.push(say('open', open))
        else if (sets.intersect(unsure, ports) === sets.none) gap.right.push(say('fixed', ports))
      }
    }
  }

  /** Most ends are in no entry, and of those most pairs are alike. */
  const evaluateUnnamed = (kept: KeptPair, asked: SetId) => {
    const known = harmless.get(asked) ?? new Set()
    harmless.set(asked, known)
    const faces = facesOf(kept.from, kept.to)
    if (known.has(faces)) return
    const before = failures.length
    evaluate(kept, unnamed, asked, faces)
    if (failures.length === before) known.add(faces)
  }

  for (const subject of subjects) {
    const askedWith = askedOf(scene, test, subject)
    for (const other of others) {
      const from = isFrom ? other : subject.end
      const to = isFrom ? subject.end : other
      const isOutsideBoth = subject.end.kind !== 'endpoint' && other.kind !== 'endpoint'
      if (isOutsideBoth || !isPair(from, to) || namingsFor(subject, other).length === 0) continue
      const kept = except.keep(from, to)
      if (kept === null) continue
      pairs += 1
      const asked = askedWith(other)
      const left = isFrom ? kept.from : kept.to
      if (left.kind !== 'outside') {
        const about = naming(other)
        if (about.length === 0) evaluateUnnamed(kept, asked.asked)
        else evaluate(kept, termsFor(scene, test, about, { subject: subject.end, other }, asked), asked.asked)
      } else {
        for (const part of outsideTerms(scene, test, entries, { subject: subject.end, ranges: left.ranges }, asked)) {
          const end: End = { ...left, ranges: part.ranges }
          evaluate(isFrom ? { from: end, to } : { from, to: end }, part, asked.asked)
        }
      }
    }
  }
  if (scene.among === null) {
    except.check(test.place, pairs)
    const idle = entries.find(({ isUsed }) => !isUsed)
    if (idle !== undefined) throw nothing(idle.entry.place, 'the entry has no pair with what the test is about')
    if (pairs === 0) throw nothing(test.place, 'the test pairs nothing: there is nobody else in the input')
  }
  const outcome = finish(test, { pairs, isMarked }, [...failures, ...fixedOf([...gaps.values()])], gapText(entries))
  const remarks = [...outcome.remarks, ...(isFrom ? undeclaredPorts(subjects, test.ports) : [])]
  if (outcome.status === 'failed' || gaps.size === 0) return { ...outcome, remarks }
  const standing = [...gaps.values()].flatMap(({ wrong }) => wrong)
  return { ...outcome, remarks, status: 'known-gap', failures: byId(standing) }
}

function fixedOf(gaps: readonly Gap[]): readonly Disagreement[] {
  return gaps.flatMap(({ wrong, right }) => asFixed(right, wrong.length > 0))
}

function gapText(entries: readonly PreparedEntry[]): string | null {
  const texts = new Set(entries.flatMap(({ entry }) => entry.knownGap ?? []))
  return texts.size === 0 ? null : [...texts].join(', ')
}

const idsOf = once((ends: readonly End[]) => new Set(ends.map(({ id }) => id)))

/** Everybody whom the test quantifies over: every workload, those that an entry names, and the outside. */
function othersOf({ world }: Scene, entries: readonly PreparedEntry[]): readonly End[] {
  const everybody = world.everybody()
  const known = idsOf(everybody)
  const named = new Map(entries.flatMap(({ ends }) => [...ends.values()].map(({ end }) => [end.id, end] as const)))
  return [
    ...everybody,
    ...[...named.values()].filter(({ id }) => !known.has(id)),
    { kind: 'outside', id: 'external', ranges: FAMILIES.map(wholeFamily) },
  ]
}
