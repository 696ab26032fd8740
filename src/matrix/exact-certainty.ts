import { evaluate } from '../engine/evaluate.js'
import { lazy } from '../model/once.js'
import { worst, type Certainty } from '../model/verdict.js'
import type { Family } from '../net/address.js'
import { hasDoubts, type PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { MatrixWorld } from './lens.js'
import { portAtoms } from './port-atoms.js'

/** Two classes, and the families they meet in. */
export interface DoubtedCell {
  readonly source: PodClass
  readonly destination: PodClass
  readonly families: readonly (Family | null)[]
}

/** How sure cells are where labels are unknown. */
export interface ExactCertainty {
  /** Of open ports. Null where it is not asked: the cell then stays in doubt. */
  certainty(cell: DoubtedCell, open: SetId): Certainty | null
  /** Those of some closed ports that may be open, as far as it is asked. */
  possible(cell: DoubtedCell, perhaps: SetId): SetId
  /** Whether something was not asked, since this was asked last, that might have been surer. */
  takeMissed(): boolean
}

const MOST_ATOMS = 64
const MOST_FLOWS = 20_000

/**
 * Rows take doubts as independent, which `env=prod` here and no `env` there are not; the engine tries them out together. It
 * is not asked where there are no such labels, or too many ports, or where enough has been asked.
 */
export function exactCertainty({ compiled, classes, sets }: MatrixWorld): ExactCertainty {
  const doubted = hasDoubts(classes)
  const atoms = lazy(() => portAtoms(compiled).map((atom) => ({ ...atom, set: sets.of([atom]) })))
  const known = new Map<string, readonly AtomCertainty[] | null>()
  // What is closed must not use up what is there for what is open
  const left = { open: MOST_FLOWS, closed: MOST_FLOWS }
  let missed = false

  function ask(
    { source, destination, families }: DoubtedCell,
    ports: SetId,
    state: 'open' | 'closed',
  ): readonly AtomCertainty[] | null {
    // A class does not say on which node its pods are
    if (!doubted) return null
    if (source.pod.hostNetwork || destination.pod.hostNetwork) return miss()
    const key = `${source.number} ${destination.number} ${families.join()} ${ports}`
    const before = known.get(key)
    if (before !== undefined) return before
    const inside = atoms().filter(({ set }) => sets.covers(ports, set))
    const flows = inside.length * families.length
    if (inside.length > MOST_ATOMS || flows > left[state]) return miss()
    left[state] -= flows
    const ends = {
      source: { kind: 'pod', pod: source.pod, replica: 0 },
      destination: { kind: 'pod', pod: destination.pod, replica: source.pod === destination.pod ? 1 : 0 },
    } as const
    const found = inside.map(({ set, protocol, first }) => ({
      set,
      certainty: worst(
        families.map((family) => evaluate(compiled, { ...ends, protocol, port: first, family }).certainty),
      ),
    }))
    known.set(key, found)
    return found
  }

  function miss(): null {
    missed = true
    return null
  }

  return {
    takeMissed() {
      const was = missed
      missed = false
      return was
    },
    certainty(cell, open) {
      const found = ask(cell, open, 'open')
      return found === null ? null : worst(found.map(({ certainty }) => certainty))
    },
    possible(cell, perhaps) {
      const found = ask(cell, perhaps, 'closed')
      if (found === null) return perhaps
      const unsure = found.flatMap(({ set, certainty }) => (certainty === 'certain' ? [] : [set]))
      return unsure.reduce(sets.union, sets.none)
    },
  }
}

interface AtomCertainty {
  readonly set: SetId
  readonly certainty: Certainty
}
