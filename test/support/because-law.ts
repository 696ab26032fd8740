import { expect } from 'vitest'
import { diffAnswer, type DiffAnswer } from '../../src/analyze/diff/diff.js'
import type { Change } from '../../src/analyze/diff/change.js'
import type { Edit } from '../../src/analyze/diff/edits/edit.js'
import type { Outcome } from '../../src/analyze/diff/mixtures.js'
import { everyPair, type RandomSide } from './diff-pairs.js'

/** Pairs of one comparison that are looked at; they are of few kinds. */
const MOST = 12

function answerOf(base: RandomSide, head: RandomSide, includeNew: boolean): DiffAnswer {
  const answer = diffAnswer(
    { cluster: base.cluster, options: base.engine },
    { cluster: head.cluster, options: head.engine },
    { namespace: 'default', includeNew },
  )
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

/** The ports of a change on one side, as its outcome has them. */
function isOutcome({ world }: DiffAnswer, change: Change, side: 'before' | 'after', outcome: Outcome): boolean {
  const { sets } = world
  const wanted = sets.of(change[side])
  if (change.ranges !== null) return outcome.every((set) => set === wanted)
  return outcome[change.family === null ? 0 : change.family === 'IPv4' ? 1 : 2] === wanted
}

/** Whether an outcome lacks some of what was opened, or has some of what was closed. */
function takesBack({ world: { sets } }: DiffAnswer, change: Change, now: Outcome, head: Outcome): boolean {
  const [opened, closed] = [sets.of(change.opened), sets.of(change.closed)]
  return head.some((set, slot) => {
    const own = now[slot] ?? sets.none
    const [gone, back] = [sets.minus(set, own), sets.minus(own, set)]
    return sets.intersect(gone, opened) !== sets.none || sets.intersect(back, closed) !== sets.none
  })
}

/** How many changes were looked at, and how many of them need more than one edit. */
export interface Attributed {
  readonly changes: number
  readonly several: number
}

/**
 * Attributes the changes of random pairs: undoing the named edits in the head gives the base, making them in the base gives the
 * head, none can be left out, and the answer is the same each time.
 */
export function attributes(runs: number): Attributed {
  let [changes, several] = [0, 0]
  everyPair(runs, 6, ({ base, head }, random) => {
    const answer = answerOf(base, head, random.chance(30))
    for (const change of random.shuffled(answer.changes).slice(0, MOST)) {
      const { edits, outcome } = answer.because.mixtureOf(change)
      const causes = answer.because.ofChange(change)
      const named = new Set(causes.map(({ edit }) => edit))
      const [none, all] = [outcome(() => false), outcome(() => true)]
      expect(isOutcome(answer, change, 'before', none)).toBe(true)
      expect(isOutcome(answer, change, 'after', all)).toBe(true)
      const holds = (some: ReadonlySet<Edit>) =>
        String(outcome((edit) => some.has(edit))) === String(all) &&
        String(outcome((edit) => !some.has(edit))) === String(none)
      expect(holds(named)).toBe(true)
      for (const one of named) expect(holds(new Set([...named].filter((edit) => edit !== one)))).toBe(false)
      for (const { edit, alone } of causes) {
        const without = outcome((one) => one !== edit)
        expect(takesBack(answer, change, without, all)).toBe(alone)
      }
      expect(edits.length).toBeGreaterThan(0)
      changes += 1
      if (named.size > 1) several += 1
    }
    const again = answerOf(base, head, false)
    const told = ({ because, changes: some }: DiffAnswer) =>
      some
        .slice(0, 3)
        .map((change) =>
          because.ofChange(change).map(({ edit: { path, change: kind, side }, alone }) => [path, kind, side, alone]),
        )
    expect(told(answerOf(base, head, false))).toEqual(told(again))
  })
  return { changes, several }
}
