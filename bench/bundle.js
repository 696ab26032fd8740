import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the bench measures from within. The library does not export these, and need not for a bench. */
const EXPORTS = `
export { loadCluster } from './src/load/load.js'
export { loadSides } from './src/load/load-sides.js'
export { DISK } from './src/load/files/disk.js'
export { diffAnswer } from './src/analyze/diff/diff.js'
export { compile } from './src/engine/compile.js'
export { evaluate } from './src/engine/evaluate.js'
export { answerPair } from './src/analyze/answer-pair.js'
export { pairUp } from './src/analyze/pairs.js'
export { matrixOf, classOf } from './src/analyze/class-matrix.js'
export { endpointsOf } from './src/analyze/matrix-endpoints.js'
export { checkFlows } from './src/analyze/check.js'
export { matrixReport, printMatrix } from './src/report/matrix/print.js'`

/** Bundles the source into a temporary file, as the build does for the command line; says where. */
export async function bundleInside() {
  const outfile = join(mkdtempSync(join(tmpdir(), 'netpol-sim-bench-')), 'inside.cjs')
  await build({
    absWorkingDir: root,
    stdin: { contents: EXPORTS, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  })
  return outfile
}
