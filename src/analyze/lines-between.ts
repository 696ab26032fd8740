import type { Answer } from '../matrix/answer.js'
import type { SetId } from '../matrix/connection-sets.js'
import type { PortAtom } from '../matrix/port-atoms.js'
import { worst } from '../model/verdict.js'
import type { PortQuestion } from '../query/port.js'
import { portsAsked } from './asked-ports.js'
import type { Matrix } from './class-matrix.js'
import type { ClosedCaveats } from './closed-caveats.js'
import { isTunnelClosed } from './connection-caveats.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import type { Line } from './said.js'

/** An answer with ports that may be open where they are closed, as far as they are asked about. */
export function withPossible<Some extends Pick<Answer, 'open' | 'possible'>>(
  { sets }: Matrix,
  answer: Some,
  perhaps: SetId,
  asked: SetId,
): Some {
  const more = sets.minus(sets.intersect(perhaps, asked), answer.open)
  return more === sets.none ? answer : { ...answer, possible: sets.union(answer.possible, more) }
}

/** What there is to say of a pair: of all families, and of each where they differ. */
export function linesBetween(
  matrix: Matrix,
  from: MatrixEndpoint,
  to: MatrixEndpoint,
  port: PortQuestion,
  answer: Answer,
  caveats: ClosedCaveats,
): readonly Line[] {
  const { sets } = matrix
  const portsOf = (set: SetId) => (set === sets.none ? NO_PORTS : portsAsked(sets.ports(set), port, to))
  const all = [{ family: null, ...answer }, ...answer.byFamily.map((one) => ({ note: null, ...one }))]
  return all.flatMap(({ family, open, possible, certainty, note }): readonly Line[] => {
    const [ports, perhaps] = [portsOf(open), portsOf(possible)]
    if (ports.length + perhaps.length === 0) return []
    const isClosed = caveats.isConcerned && isTunnelClosed(matrix, ports, from, to)
    return [
      { ports, possible: perhaps, family, note, certainty: worst([certainty, isClosed ? 'undefined' : 'certain']) },
    ]
  })
}

const NO_PORTS: readonly PortAtom[] = []
