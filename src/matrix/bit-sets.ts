import { atomFinder, mergeAtoms, type PortAtom } from './port-atoms.js'

/** So many atoms are bits of a number that is none below zero. */
export const MOST_BITS = 30

/** Sets of ports where policies tell few apart: the number of a set is its bits, so that a join is one step and nothing is kept. */
export function bitSets(atoms: readonly PortAtom[]) {
  const atomAt = atomFinder(atoms)
  const shown = new Map<number, readonly PortAtom[]>()
  const all = 2 ** atoms.length - 1
  return {
    none: 0,
    all,
    isBits: true,
    of: (ranges: readonly PortAtom[]) =>
      ranges.reduce((set, { protocol, first, last }) => {
        const [from, to] = [atomAt(protocol, first), atomAt(protocol, last)]
        return set | (2 ** (to + 1) - 2 ** from)
      }, 0),
    union: (a: number, b: number) => a | b,
    intersect: (a: number, b: number) => a & b,
    minus: (a: number, b: number) => a & ~b,
    unionOf: (ids: readonly number[]) => ids.reduce((set, id) => set | id, 0),
    covers: (outer: number, inner: number) => (inner & ~outer) === 0,
    ports(set: number): readonly PortAtom[] {
      const known = shown.get(set) ?? mergeAtoms(atoms.filter((_, bit) => (set & (1 << bit)) !== 0))
      if (shown.size >= MOST_SHOWN) shown.clear()
      shown.set(set, known)
      return known
    },
    counters: { kept: 0, asked: 0, computed: 0, opened: 0 },
  }
}

/** So many sets are kept as ranges: neighbours mostly open the same. */
const MOST_SHOWN = 20_000
