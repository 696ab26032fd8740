import { expect } from 'vitest'
import { changedMatrices } from '../../src/analyze/changed-matrices.js'
import { matrixOf, type Matrix } from '../../src/analyze/class-matrix.js'
import { mutantsOf } from '../../src/analyze/assertions/mutants.js'
import { endpointsOf } from '../../src/analyze/matrix-endpoints.js'
import { DIRECTIONS } from '../../src/model/direction.js'
import { isNetworkPolicy } from '../../src/model/policy-kinds.js'
import { clusterOf, engineOptions, everywhere } from '../support/laws.js'

/** So many mutants of a cluster are looked at. */
const MOST = 8

everywhere(
  'the matrix of a mutant that shares classes and rows is the matrix of the changed cluster',
  (sample) => {
    const cluster = clusterOf(sample.objects)
    const options = engineOptions(sample.options)
    const { compiled, sets } = matrixOf(cluster, options)
    const all = cluster.policies.filter(isNetworkPolicy).flatMap(mutantsOf)
    const first = sample.random.int(Math.max(1, all.length - MOST))
    const mutants = all.slice(first, first + MOST)
    const matrices = changedMatrices(compiled, sets, mutants)
    const endpoints = endpointsOf(cluster, false)
    // Twice the same, and those before are not touched
    const unchanged = cellsOf(matrices.before)
    expect(unchanged).toEqual(cellsOf(matrixOf(cluster, options)))
    const differ = mutants.flatMap((mutant) => {
      const policies = cluster.policies.map((one) => (one === mutant.policy ? mutant.changed : one))
      const expected = cellsOf(matrixOf({ ...cluster, policies }, options))
      const found = cellsOf(matrices.after(mutant).matrix)
      const wrong = found.filter((cell, index) => cell !== expected[index])
      return wrong.map((cell) => `${mutant.mutation}: ${cell} is ${expected[found.indexOf(cell)]}`)
    })
    expect(differ).toEqual([])
    expect(cellsOf(matrices.before)).toEqual(unchanged)
    return mutants.length > 0

    function cellsOf(matrix: Matrix): readonly string[] {
      const textOf = (set: number) => JSON.stringify(matrix.sets.ports(set))
      const pairs = endpoints.flatMap((from) =>
        endpoints.map((to) => {
          const { open, possible, certainty, byFamily } = matrix.answer(from.party, to.party)
          const families = byFamily.map((one) => [one.family, textOf(one.open), textOf(one.possible), one.certainty])
          return [from.id, to.id, textOf(open), textOf(possible), certainty, ...families].join(' ')
        }),
      )
      const outside = endpoints.flatMap(({ id, party: { pods } }) =>
        DIRECTIONS.map((direction) => {
          const walk = pods
            .slice(0, 1)
            .flatMap((pod) => matrix.outside(direction, matrix.classes.classOf(pod), matrix.sets.all))
          const said = walk.map(({ family, first: from, last, value: { open, possible, certainty } }) =>
            [family, from, last, textOf(open), textOf(possible), certainty].join(),
          )
          return [id, direction, ...said].join(' ')
        }),
      )
      return [...pairs, ...outside]
    }
  },
  0.4,
)
