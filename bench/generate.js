// node bench/generate.js SHAPE PODS STYLE FOLDER: writes one of the clusters that the bench asks about.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SHAPES } from './shapes.js'
import { STYLES } from './styles.js'

/** Writes a cluster of a shape and a size in a style into a folder, the same bytes every time; says how large it is. */
export function generate(shape, pods, style, folder) {
  const cluster = SHAPES[shape](pods)
  STYLES[style](cluster, folder)
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  const made = cluster.workloads.reduce((sum, { replicas }) => sum + replicas, 0)
  return { folder, bytes, pods: made, policies: cluster.policies.length }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [shape, pods, style, folder] = process.argv.slice(2)
  if (folder === undefined || SHAPES[shape] === undefined || STYLES[style] === undefined) {
    console.error(
      `node bench/generate.js ${Object.keys(SHAPES).join('|')} PODS ${Object.keys(STYLES).join('|')} FOLDER`,
    )
    process.exitCode = 2
  } else console.log(generate(shape, Number(pods), style, folder))
}
