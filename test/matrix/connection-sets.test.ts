import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectionSets } from '../../src/matrix/connection-sets.js'
import { gathering } from '../../src/matrix/gathering.js'
import type { PortAtom } from '../../src/matrix/port-atoms.js'
import { runSets } from '../../src/matrix/run-sets.js'
import { MAX_PORT, PROTOCOLS } from '../../src/model/protocol.js'

/** Atoms of all protocols, cut at every hundredth port up to 5000: more than three words of bits. */
const ATOMS: readonly PortAtom[] = PROTOCOLS.flatMap((protocol) =>
  Array.from({ length: 50 }, (_, index) => ({
    protocol,
    first: index * 100 + 1,
    last: index === 49 ? MAX_PORT : (index + 1) * 100,
  })),
)

/** So many that sets are runs: each of the first 500 ports of every protocol, and the others by hundreds. */
const MANY: readonly PortAtom[] = PROTOCOLS.flatMap((protocol) => [
  ...Array.from({ length: 500 }, (_, index) => ({ protocol, first: index + 1, last: index + 1 })),
  ...Array.from({ length: 50 }, (_, index) => ({
    protocol,
    first: 501 + index * 100,
    last: index === 49 ? MAX_PORT : 600 + index * 100,
  })),
])

const ranges = fc.array(
  fc.record({
    protocol: fc.constantFrom(...PROTOCOLS),
    first: fc.integer({ min: 1, max: 5200 }),
    length: fc.integer({ min: 0, max: 900 }),
  }),
  { maxLength: 4 },
)

/** The atoms that a list of ranges touches, each as a text. */
function touchedOf(atoms: readonly PortAtom[]): (list: readonly PortAtom[]) => ReadonlySet<string> {
  return (list) => {
    const isTouched = (atom: PortAtom) =>
      list.some(({ protocol, first, last }) => protocol === atom.protocol && first <= atom.last && atom.first <= last)
    return new Set(atoms.filter(isTouched).map(({ protocol, first }) => `${protocol} ${first}`))
  }
}

const asAtoms = (list: readonly { protocol: PortAtom['protocol']; first: number; length: number }[]) =>
  list.map(({ protocol, first, length }) => ({ protocol, first, last: Math.min(MAX_PORT, first + length) }))

/** Few enough to be bits of a number: all of TCP, and one each of the others. */
const FEW: readonly PortAtom[] = ATOMS.filter(({ protocol }, index) => protocol === 'TCP' && index < 28)
  .map((atom, index) => (index === 27 ? { ...atom, last: MAX_PORT } : atom))
  .concat([
    { protocol: 'UDP', first: 1, last: MAX_PORT },
    { protocol: 'SCTP', first: 1, last: MAX_PORT },
  ])

test.each([
  ['sets by number are joined as sets of atoms are, however many there are', ATOMS],
  ['sets as runs are joined as sets of atoms are', MANY],
  ['sets that are bits are joined as sets of atoms are', FEW],
])('%s', (_, atoms) => {
  const touched = touchedOf(atoms)
  fc.assert(
    fc.property(fc.array(ranges, { minLength: 2, maxLength: 400, size: 'max' }), (lists) => {
      const sets = connectionSets(atoms)
      expect(sets.isBits).toBe(atoms === FEW)
      const known = lists.map((list) => ({ id: sets.of(asAtoms(list)), atoms: touched(asAtoms(list)) }))
      const atomsOf = (id: number) => [...touched(sets.ports(id))].sort()
      for (const [index, a] of known.entries()) {
        const b = known[(index * 7 + 1) % known.length] ?? a
        for (let again = 0; again < 2; again++) {
          expect(atomsOf(sets.union(a.id, b.id))).toEqual([...new Set([...a.atoms, ...b.atoms])].sort())
          expect(atomsOf(sets.intersect(b.id, a.id))).toEqual([...a.atoms].filter((atom) => b.atoms.has(atom)).sort())
        }
        expect(sets.covers(a.id, b.id)).toBe([...b.atoms].every((atom) => a.atoms.has(atom)))
        expect(atomsOf(sets.minus(a.id, b.id))).toEqual([...a.atoms].filter((atom) => !b.atoms.has(atom)).sort())
        expect(sets.unionOf([a.id, b.id])).toBe(sets.union(a.id, b.id))
      }
    }),
    { numRuns: 10 },
  )
})

test.each([
  ['by number', ATOMS],
  ['as runs', MANY],
  ['as bits', FEW],
])('what is gathered %s at one place is the union of all that came there, above what was open anyway', (_, atoms) => {
  const length = 12
  const added = fc.array(fc.tuple(fc.nat({ max: length - 1 }), ranges), { maxLength: 60 })
  fc.assert(
    fc.property(fc.array(ranges, { minLength: length, maxLength: length }), added, added, (base, first, second) => {
      const sets = connectionSets(atoms)
      const gathered = gathering(length, sets)
      const from = Int32Array.from(base, (list) => sets.of(asAtoms(list)))
      for (const adds of [first, second]) {
        const row = new Int32Array(length)
        gathered.begin(row, from)
        const expected = Array.from(from)
        for (const [number, list] of adds) {
          const set = sets.of(asAtoms(list))
          if (adds === first) gathered.add(number, set)
          expected[number] = sets.union(expected[number] ?? sets.none, set)
        }
        if (adds === second)
          gathered.addAll(Int32Array.from(second.flatMap(([number, list]) => [number, sets.of(asAtoms(list))])))
        gathered.end()
        expect(Array.from(row)).toEqual(expected)
      }
    }),
  )
})

test('joins go through what sets have, and not through all ports that policies tell apart', () => {
  const store = runSets(2000)
  const sets = Array.from({ length: 100 }, (_, index) =>
    store.of(Array.from({ length: 5 }, (__, port) => [640 * index + 64 * port, 640 * index + 64 * port] as const)),
  )
  const wide = store.of([[1000, 60_000]])
  expect(store.counts).toEqual({ kept: 101, words: 500 + 1845 })
  for (const set of sets) for (const other of [...sets.slice(0, 9), wide]) store.union(set, other)
  expect(store.counts.words - 2345).toBeLessThan(1000 * 30)
  store.unionOf(sets)
  expect(store.counts.words - 2345).toBeLessThan(1000 * 30 + 3000)
})
