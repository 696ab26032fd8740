import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../src/engine/compile.js'
import { answerRows } from '../../src/matrix/answers.js'
import { cellBudget } from '../../src/matrix/budget.js'
import { classesOf, hasDoubts } from '../../src/matrix/classes.js'
import { connectionSets } from '../../src/matrix/connection-sets.js'
import { portAtoms } from '../../src/matrix/port-atoms.js'
import { APART } from '../../src/matrix/turns.js'
import { parseCluster } from '../../src/index.js'
import { ruleForms } from '../../src/policy/rule-forms.js'
import { cases } from '../reference/generate.js'
import { pod, policy } from '../support/cli-cluster.js'
import { clusterOf } from '../support/compare.js'
import { withManyPorts } from '../support/many-ports.js'
import { engineOptionsOf } from '../support/matrix-cells.js'
import { inOtherTiers } from '../tiers/other-tiers.js'

const CLUSTERS = Number(process.env['CLUSTERS'] ?? 25)

test('whoever came before, a turn has for every class what a close look at the cell says', { timeout: 600_000 }, () => {
  const seen = { settled: 0, answered: 0, apart: 0 }
  const steps = fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 })
  const kept = fc.constantFrom(0, 3, 200_000)
  fc.assert(
    fc.property(cases, steps, fc.boolean(), fc.boolean(), kept, (made, seeds, hasManyPorts, isTiered, mostAnswers) => {
      const example = hasManyPorts ? withManyPorts(made) : made
      const cluster = clusterOf(example.objects)
      const seedOf = (index: number) => seeds[index % seeds.length] ?? 0
      const forms = ruleForms(cluster.policies).map((form, index) => inOtherTiers(form, seedOf(index)))
      const compiled = compile(cluster, engineOptionsOf(example), ...(isTiered ? [forms] : []))
      const classes = classesOf(compiled)
      const sets = connectionSets(portAtoms(compiled, [{ protocol: 'TCP', first: 80, last: 90 }]))
      const { of, turns } = answerRows({ compiled, classes, sets })
      const sources = classes.asSource.filter(({ pod: { hostNetwork } }) => !hostNetwork)
      if (sources.length === 0) return
      for (const asked of [sets.all, sets.of([{ protocol: 'TCP', first: 80, last: 90 }])]) {
        const { to, answerOf } = turns(asked, mostAnswers)
        const before = new Map<Int32Array, Int32Array>()
        for (let step = 0; step < 3 * sources.length; step++) {
          const source = sources[(seedOf(step) + step) % sources.length]
          if (source === undefined) continue
          const { cells, changed } = to(source)
          const row = of(source)
          for (const destination of classes.classes) {
            const { number } = destination
            const cell = cells[number] ?? APART
            if (destination.pod.hostNetwork) expect(cell).toBe(APART)
            else if (cell === APART) expect(hasDoubts(classes)).toBe(true)
            else {
              const settled = { open: sets.intersect(Math.max(cell, 0), asked), possible: sets.none, byFamily: [] }
              const told = cell < 0 ? answerOf(cell) : { ...settled, certainty: 'certain', note: null }
              expect(row.to(destination, null, asked)).toEqual(told)
            }
            seen[cell === APART ? 'apart' : cell < 0 ? 'answered' : 'settled']++
          }
          // Who keeps what came of cells needs to hear of those only
          const last = before.get(cells)
          if (last !== undefined) {
            const others = [...cells.keys()].filter((number) => cells[number] !== last[number])
            expect(others.filter((number) => !changed.includes(number))).toEqual([])
          }
          before.set(cells, cells.slice())
        }
      }
    }),
    { numRuns: CLUSTERS },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10 * CLUSTERS)
})

test('a source that meets what the last one met changes nothing, and is not looked at again', () => {
  const names = Array.from({ length: 40 }, (_, index) => `p${index}`)
  const text = names.flatMap((name, index) => [
    pod('x', name, { app: name }, null),
    policy('x', name, `ingress: [{from: [{ipBlock: {cidr: 10.0.${index}.0/24}}]}]`).replace(
      '{podSelector: {}',
      `{podSelector: {matchLabels: {app: ${name}}}`,
    ),
  ])
  const compiled = compile(parseCluster(text.join('---\n')), {})
  const classes = classesOf(compiled)
  const sets = connectionSets(portAtoms(compiled))
  const { to } = answerRows({ compiled, classes, sets }).turns(sets.all)
  const spend = cellBudget({ compiled, sets })
  const found = classes.classes.map((source) => {
    const { changed, cells } = to(source)
    return [changed.length, new Set(cells).size]
  })
  // No address is known, so that each may be in every block
  expect(found).toEqual([[40, 1], ...Array.from({ length: 39 }, () => [0, 1])])
  // Six rows for each of the sources, what is open in them, and one answer
  expect(() => {
    spend(150_000_000 + 2000 * 160 - 10_000)
  }).not.toThrow()
})
