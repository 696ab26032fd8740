import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectionSets } from '../../src/matrix/connection-sets.js'
import { gathering } from '../../src/matrix/gathering.js'
import type { PortAtom } from '../../src/matrix/port-atoms.js'
import { MAX_PORT, PROTOCOLS } from '../../src/model/protocol.js'

/** Atoms of all protocols, cut at every hundredth port up to 5000: more than three words of bits. */
const ATOMS: readonly PortAtom[] = PROTOCOLS.flatMap((protocol) =>
  Array.from({ length: 50 }, (_, index) => ({
    protocol,
    first: index * 100 + 1,
    last: index === 49 ? MAX_PORT : (index + 1) * 100,
  })),
)

const ranges = fc.array(
  fc.record({
    protocol: fc.constantFrom(...PROTOCOLS),
    first: fc.integer({ min: 1, max: 5200 }),
    length: fc.integer({ min: 0, max: 900 }),
  }),
  { maxLength: 4 },
)

/** The atoms that a list of ranges touches, each as a text. */
function touched(list: readonly PortAtom[]): ReadonlySet<string> {
  const isTouched = (atom: PortAtom) =>
    list.some(({ protocol, first, last }) => protocol === atom.protocol && first <= atom.last && atom.first <= last)
  return new Set(ATOMS.filter(isTouched).map(({ protocol, first }) => `${protocol} ${first}`))
}

const asAtoms = (list: readonly { protocol: PortAtom['protocol']; first: number; length: number }[]) =>
  list.map(({ protocol, first, length }) => ({ protocol, first, last: Math.min(MAX_PORT, first + length) }))

test('sets by number are joined as sets of atoms are, however many there are', () => {
  fc.assert(
    fc.property(fc.array(ranges, { minLength: 2, maxLength: 400, size: 'max' }), (lists) => {
      const sets = connectionSets(ATOMS)
      const known = lists.map((list) => ({ id: sets.of(asAtoms(list)), atoms: touched(asAtoms(list)) }))
      const atomsOf = (id: number) => [...touched(sets.ports(id))].sort()
      for (const [index, a] of known.entries()) {
        const b = known[(index * 7 + 1) % known.length] ?? a
        for (let again = 0; again < 2; again++) {
          expect(atomsOf(sets.union(a.id, b.id))).toEqual([...new Set([...a.atoms, ...b.atoms])].sort())
          expect(atomsOf(sets.intersect(b.id, a.id))).toEqual([...a.atoms].filter((atom) => b.atoms.has(atom)).sort())
        }
        expect(sets.covers(a.id, b.id)).toBe([...b.atoms].every((atom) => a.atoms.has(atom)))
      }
    }),
    { numRuns: 10 },
  )
})

test('what is gathered at one place is the union of all that came there, above what was open anyway', () => {
  const length = 12
  const added = fc.array(fc.tuple(fc.nat({ max: length - 1 }), ranges), { maxLength: 60 })
  fc.assert(
    fc.property(fc.array(ranges, { minLength: length, maxLength: length }), added, added, (base, first, second) => {
      const sets = connectionSets(ATOMS)
      const gathered = gathering(length, sets)
      const from = Int32Array.from(base, (list) => sets.of(asAtoms(list)))
      for (const adds of [first, second]) {
        const row = new Int32Array(length)
        gathered.begin(row, from)
        const expected = Array.from(from)
        for (const [number, list] of adds) {
          const set = sets.of(asAtoms(list))
          gathered.add(number, set)
          expected[number] = sets.union(expected[number] ?? sets.none, set)
        }
        gathered.end()
        expect(Array.from(row)).toEqual(expected)
      }
    }),
  )
})
