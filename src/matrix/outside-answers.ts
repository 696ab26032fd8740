import { overlay, type Piece } from '../net/pieces.js'
import type { Direction } from '../model/flow.js'
import { certaintyOf, readingsOf, type Answer, type Look } from './answers.js'
import { hasDoubts, type PodClass } from './classes.js'
import { lensOf, type MatrixWorld } from './lens.js'
import { outsideUnder } from './outside.js'

/** What pods of a class may open to the outside, or the outside to them, and how sure that is; classes are asked as they come. */
export type OutsideAnswers = (direction: Direction, subject: PodClass) => readonly Piece<Answer>[]

/** Answers about the outside world under every reading that matters to it; blocks hold addresses whatever the reading. */
export function outsideAnswers(world: MatrixWorld): OutsideAnswers {
  const { sets } = world
  const doubts = hasDoubts(world.classes)
  const readings = readingsOf(world).map((reading) => {
    const under = (sure: boolean) => outsideUnder(world, lensOf(world, { family: null, reading, sure }))
    return { reading, plain: under(false), sure: doubts ? under(true) : null }
  })
  const [base] = readings
  if (base === undefined) throw new Error('there is always one reading')
  return (direction, subject) => {
    const walk = base.plain(direction, subject)
    const relevant = readings.filter(
      ({ reading }) =>
        reading.ipblockPods === base.reading.ipblockPods &&
        (subject.pod.hostNetwork || reading.hostNetwork === base.reading.hostNetwork),
    )
    if (relevant.length === 1 && !doubts) {
      return walk.map((piece) => ({ ...piece, value: { open: piece.value, certainty: 'certain', note: null } }))
    }
    const looks = relevant
      .map(({ plain, sure }) => {
        const values = plain(direction, subject)
        return overlay(values, (sure ?? plain)(direction, subject), (value, certain): Look => ({
          value,
          sure: certain,
        }))
      })
      .reduce<readonly Piece<readonly Look[]>[]>(
        (all, some) => overlay(all, some, (before, look) => [...before, look]),
        walk.map((piece) => ({ ...piece, value: [] })),
      )
    return overlay(walk, looks, (open, seen): Answer => ({
      open,
      certainty: certaintyOf(sets, open, seen),
      note: null,
    }))
  }
}
