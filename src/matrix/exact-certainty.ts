import { evaluate } from '../engine/evaluate.js'
import { lazy } from '../model/once.js'
import { worst, type Certainty } from '../model/verdict.js'
import type { Family } from '../net/address.js'
import { hasDoubts, type PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { MatrixWorld } from './lens.js'
import { portAtoms } from './port-atoms.js'

/** Two classes, the families they meet in, and the open ports whose certainty is asked. */
export interface DoubtedCell {
  readonly source: PodClass
  readonly destination: PodClass
  readonly families: readonly (Family | null)[]
  readonly open: SetId
}

const MOST_ATOMS = 64
const MOST_FLOWS = 20_000

/**
 * How sure a cell is where labels are unknown. Rows take doubts as independent, which `env=prod` here and no `env` there
 * are not; the engine tries them out together. Null where it is not asked: the cell then stays in doubt, for there are no
 * such labels, or too many ports, or enough has been asked.
 */
export function exactCertainty({ compiled, classes, sets }: MatrixWorld): (cell: DoubtedCell) => Certainty | null {
  const doubted = hasDoubts(classes)
  const atoms = lazy(() => portAtoms(compiled.cluster))
  const known = new Map<string, Certainty>()
  let left = MOST_FLOWS
  return ({ source, destination, families, open }) => {
    // A class does not say on which node its pods are
    if (!doubted || source.pod.hostNetwork || destination.pod.hostNetwork) return null
    const key = `${source.number} ${destination.number} ${families.join()} ${open}`
    const before = known.get(key)
    if (before !== undefined) return before
    const inside = atoms().filter((atom) => sets.covers(open, sets.of([atom])))
    const flows = inside.length * families.length
    if (inside.length > MOST_ATOMS || flows > left) return null
    left -= flows
    const ends = {
      source: { kind: 'pod', pod: source.pod, replica: 0 },
      destination: { kind: 'pod', pod: destination.pod, replica: source.pod === destination.pod ? 1 : 0 },
    } as const
    const found = worst(
      families.flatMap((family) =>
        inside.map(({ protocol, first }) => evaluate(compiled, { ...ends, protocol, port: first, family }).certainty),
      ),
    )
    known.set(key, found)
    return found
  }
}
