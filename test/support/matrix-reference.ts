import { matrixOf } from '../../src/analyze/class-matrix.js'
import { endpointsOf, type MatrixEndpoint } from '../../src/analyze/matrix-endpoints.js'
import { MAX_PORT, PROTOCOLS } from '../../src/model/protocol.js'
import type { Pod } from '../../src/model/cluster.js'
import { evaluate } from '../reference/evaluate.js'
import type { Case } from '../reference/generate.js'
import { clusterOf } from './compare.js'
import { flowFamilies } from './engine-answer.js'
import { engineOptionsOf, type Compared } from './matrix-cells.js'

/**
 * Asks the reference evaluator about every pair of pods at every port beside which some answer may change. Where the
 * matrix says certain, each open port must be; the reverse is checked with the one-pair evaluator.
 */
export function compareCellsWithReference(example: Case): Compared {
  const { objects, options } = example
  const cluster = clusterOf(objects)
  const matrix = matrixOf(cluster, engineOptionsOf(example))
  const ports = boundaryPorts(objects)
  const endpoints = endpointsOf(cluster, true).filter(({ party }) => party.workload.kind === 'Pod')
  const differences: string[] = []
  let asked = 0
  let open = 0
  for (const from of endpoints) {
    for (const to of endpoints) {
      if (from === to) continue
      const families = flowFamilies(...([from, to].map(endOf) as [End, End]))
      if (families.length === 0) continue
      const { open: set, possible, certainty, byFamily } = matrix.answer(from.party, to.party)
      const opened = matrix.sets.ports(set)
      const told = [possible, ...byFamily.flatMap((one) => [one.open, one.possible])].flatMap((one) =>
        matrix.sets.ports(one),
      )
      for (const protocol of PROTOCOLS) {
        for (const port of ports) {
          const ends = { from: { pod: nameOf(from) }, to: { pod: nameOf(to) }, protocol, port }
          const answers = families.map((family) =>
            evaluate(objects, family === null ? ends : { ...ends, family }, options),
          )
          const expected = answers.every(({ verdict }) => verdict === 'allow')
          const found = opened.some((one) => one.protocol === protocol && one.first <= port && port <= one.last)
          const isTold = told.some((one) => one.protocol === protocol && one.first <= port && port <= one.last)
          const perhaps = !found && !isTold && answers.some((answer) => answer.certainty !== 'certain')
          const unsure = found && certainty === 'certain' && answers.some((answer) => answer.certainty !== 'certain')
          asked++
          if (found) open++
          const flow = `${from.id} -> ${to.id} ${port}/${protocol}`
          if (found !== expected) differences.push(`${flow}: the matrix says ${found ? 'open' : 'closed'}`)
          else if (perhaps) differences.push(`${flow}: the matrix says certainly closed, the reference does not`)
          else if (unsure) differences.push(`${flow}: the matrix is certain, the reference is not`)
        }
      }
    }
  }
  return { asked, open, differences }
}

interface End {
  readonly kind: 'pod'
  readonly pod: Pod
  readonly replica: 0
}

function endOf({ id, party: { pods } }: MatrixEndpoint): End {
  const [pod] = pods
  if (pod === undefined) throw new Error(`${id} has no pods`)
  return { kind: 'pod', pod, replica: 0 }
}

const nameOf = ({ party: { workload } }: MatrixEndpoint) => `${workload.namespace}/${workload.name}`

/** Every number that the objects give for a port, and its neighbours. */
function boundaryPorts(objects: readonly object[]): readonly number[] {
  const numbers = [...JSON.stringify(objects).matchAll(/"(?:port|endPort|containerPort)":(\d+)/g)]
  const beside = numbers.flatMap(([, digits]) => [-1, 0, 1].map((step) => Number(digits) + step))
  return [...new Set([1, MAX_PORT, ...beside])].filter((port) => port >= 1 && port <= MAX_PORT)
}
