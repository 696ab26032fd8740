import type { DiffAnswer } from '../../analyze/diff/diff.js'
import { workloadOf } from '../../analyze/diff/groups.js'
import type { Cluster } from '../../model/cluster.js'
import { counted } from '../../model/counted.js'
import { few } from '../short-ids.js'
import type { DiffNote } from './diff-result.js'

const MOST_NAMES = 5

/** Says of what may be open now why that is not known: mostly no Namespace object has the labels that a peer asks for. */
export function possibleNote({ namespaces }: Cluster, { possible }: Pick<DiffAnswer, 'possible'>): readonly DiffNote[] {
  if (possible.length === 0) return []
  const unsure = possible.filter(({ certainty }) => certainty === 'indeterminate')
  const ends = unsure.flatMap(({ from, to }) => [from, to].flatMap((end) => (end === null ? [] : [workloadOf(end)])))
  const unknown = [...new Set(ends.map(({ namespace }) => namespace))].filter(
    (name) => namespaces.get(name)?.defined !== true,
  )
  const why =
    unknown.length === 0
      ? '`check` says of a pair what is missing'
      : `it has no Namespace objects, with their labels, for ${few(unknown.sort(), MOST_NAMES)}`
  const which = possible.length === 1 ? 'that was certainly closed' : 'that were certainly closed'
  return [
    {
      code: 'possibly-opened',
      message: `${counted(possible.length, 'connection')} ${which} may be open, as far as the input tells; ${why}`,
    },
  ]
}
