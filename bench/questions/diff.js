import { inside } from '../processes.js'
import { table } from '../table.js'

/** One changed policy, and nothing but a comment: what comparing takes beside loading both sides, and beside compiling one. */
export function benchDiff({ quick, bundle, input, drop, print }) {
  const rows = ['tenants', 'uniform'].flatMap((shape) =>
    (quick ? [10_000] : [10_000, 100_000]).flatMap((pods) => {
      const made = input(shape, pods, 'written')
      const found = ['rules', 'port', 'comment'].map((change) => ({
        shape,
        change,
        ...inside(bundle, 'diff', { folder: made.folder, change }),
      }))
      drop(made)
      return found.map(({ loaded, compiled, compared, attributed, counted, changes, unchanged, ...rest }) => ({
        ...rest,
        pods: made.pods,
        policies: made.policies,
        'loading both s': loaded,
        'compiling one s': compiled,
        'comparing s': compared,
        'edits named s': attributed,
        changes,
        'unchanged counted s': counted,
        unchanged,
      }))
    }),
  )
  print(table('diff: one file differs; comparing may take as long as compiling one side, and 0.1 s', rows))
}
