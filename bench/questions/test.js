import { writeShopTests } from '../assertions.js'
import { COMMAND, medians } from '../processes.js'
import { table } from '../table.js'

/** What tests cost beside the matrix of the same input, and coverage beside tests, as whole processes. */
export function benchTest({ quick, input, print }) {
  const pods = quick ? 200 : 1000
  const rows = (quick ? [20, 40] : [50, 200]).map((count) => {
    const made = input('shop', pods, 'written')
    const { file, tests } = writeShopTests(made, count)
    const commands = {
      matrix: [COMMAND, 'matrix', '-f', made.folder, '-o', 'list', '-q'],
      test: [COMMAND, 'test', file, '-q'],
      coverage: [COMMAND, 'test', file, '--coverage', '-q'],
    }
    const times = medians(commands, quick ? 3 : 7)
    return {
      pods,
      policies: made.policies,
      tests,
      'ms of matrix': times.matrix,
      'test ÷ matrix': times.test / times.matrix,
      'ms a test beyond matrix': (times.test - times.matrix) / tests,
      'coverage ÷ test': times.coverage / times.test,
    }
  })
  print(table('test: a web shop again and again, seven tests to a namespace; whole processes', rows))
}
