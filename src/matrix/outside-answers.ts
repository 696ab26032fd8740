import { overlay, type Piece } from '../net/pieces.js'
import type { Direction } from '../model/direction.js'
import { worst } from '../model/verdict.js'
import type { Answer } from './answer.js'
import { judge, readingsOf } from './reading-rows.js'
import { hasDoubts, type PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Extent, MatrixWorld } from './lens.js'
import { outsideUnder } from './outside.js'

/** What addresses outside share, and how sure that is. */
export type OutsideAnswer = Pick<Answer, 'open' | 'possible' | 'certainty'>

/** What pods of a class may open to the outside, or the outside to them, and how sure that is; classes are asked as they come. */
export type OutsideAnswers = (direction: Direction, subject: PodClass, asked: SetId) => readonly Piece<OutsideAnswer>[]

/** Answers about the outside world under every reading that matters to it; blocks hold addresses whatever the reading. */
export function outsideAnswers(world: MatrixWorld): OutsideAnswers {
  const { sets } = world
  const doubts = hasDoubts(world.classes)
  const readings = readingsOf(world).map((reading) => {
    const under = (extent: Extent) => outsideUnder(world, { family: null, reading, extent })
    return {
      reading,
      plain: under('value'),
      sure: doubts ? under('sure') : null,
      possible: doubts ? under('possible') : null,
    }
  })
  const [base] = readings
  if (base === undefined) throw new Error('there is always one reading')
  // Classes with the same policies share a walk
  const settled = new Map<readonly Piece<SetId>[], readonly Piece<OutsideAnswer>[]>()
  return (direction, subject, asked) => {
    const walk = base.plain(direction, subject)
    const relevant = readings.filter(
      ({ reading }) =>
        reading.ipblockPods === base.reading.ipblockPods &&
        (subject.pod.hostNetwork || reading.hostNetwork === base.reading.hostNetwork),
    )
    const certain = (): readonly Piece<OutsideAnswer>[] =>
      walk.map((piece) => {
        return {
          ...piece,
          value: { open: sets.intersect(asked, piece.value), possible: sets.none, certainty: 'certain' },
        }
      })
    if (relevant.length === 1 && !doubts && asked === sets.all) {
      const known = settled.get(walk) ?? certain()
      settled.set(walk, known)
      return known
    }
    return relevant.reduce((answers, { plain, sure, possible }) => {
      const values = plain(direction, subject)
      const perhaps = (possible ?? plain)(direction, subject)
      const looks = overlay(values, (sure ?? plain)(direction, subject), (value, surely) => ({ value, surely }))
      const judged = overlay(answers, looks, (answer, { value, surely }) => ({
        ...answer,
        certainty: worst([answer.certainty, judge(sets, answer.open, value, surely)]),
      }))
      return overlay(judged, perhaps, (answer, all) => ({
        ...answer,
        possible: sets.union(answer.possible, sets.minus(sets.intersect(asked, all), answer.open)),
      }))
    }, certain())
  }
}
