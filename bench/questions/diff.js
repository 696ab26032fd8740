import { inside } from '../processes.js'
import { table } from '../table.js'

/** One changed policy, and nothing but a comment: what comparing takes beyond loading both sides and compiling one. */
export function benchDiff({ quick, bundle, input, drop, print }) {
  const rows = ['tenants', 'uniform'].flatMap((shape) =>
    (quick ? [10_000] : [10_000, 100_000]).flatMap((pods) => {
      const made = input(shape, pods, 'written')
      const found = ['policy', 'comment'].map((change) => ({
        shape,
        change,
        ...inside(bundle, 'diff', { folder: made.folder, change }),
      }))
      drop(made)
      return found.map(({ loaded, compiled, compared, attributed, changes, ...rest }) => ({
        ...rest,
        pods: made.pods,
        policies: made.policies,
        'loading both s': loaded,
        'compiling one s': compiled,
        'comparing beyond s': compared - compiled,
        'edits named s': attributed,
        changes,
      }))
    }),
  )
  print(table('diff: one file differs; comparing compiles both sides, and one of them is taken off', rows))
}
