import { inside } from '../processes.js'
import { part, table } from '../table.js'

/** Large clusters, adversarial ones and those in which every pod is a class, after loading. */
export function benchLarge({ quick, bundle, input, drop, print }) {
  const sizes = quick
    ? [
        ['tenants', 10_000],
        ['adversarial', 1000],
        ['many-ports', 300],
        ['policy-per-pod', 1000],
      ]
    : [
        ['tenants', 100_000],
        ['uniform', 100_000],
        ['blocks', 100_000],
        ['adversarial', 10_000],
        ['many-ports', 1000],
        ['policy-per-pod', 12_000],
      ]
  const rows = sizes.flatMap(([shape, pods]) =>
    ['written', 'live'].map((style) => {
      const made = input(shape, pods, style)
      const found = inside(bundle, 'rows', { folder: made.folder, budget: quick ? 5 : 30 })
      drop(made)
      return {
        shape,
        style,
        pods: made.pods,
        policies: made.policies,
        'input MB': made.bytes / 1e6,
        'loading s': found.load,
        classes: found.classes,
        'compiling s': found.compiled,
        'all rows s': found.rows,
        'rows done': part(found.share),
        'MB above the input': found.above,
        'peak MB': found.peak,
      }
    }),
  )
  print(table('large: all rows after loading; where not all are done, the rest is in proportion', rows))
}
