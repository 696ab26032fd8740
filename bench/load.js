// npm run bench:load: what loading costs, as a ratio to js-yaml's own `load` (default schema, no listener) on the documents
// that must be parsed, and to JSON.parse. Runs take turns, so that whatever else the machine does hits all of them alike.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { load } from 'js-yaml'
import { dumpOf, handWritten } from './manifests.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = `${root}node_modules/.netpol-sim-bench.mjs`

if (process.argv[2] === 'peak') await peak(process.argv[3], Number(process.argv[4]))
else await compare()

async function compare() {
  await build({
    stdin: {
      contents: `
        export { parseCluster } from './src/index.js'
        export { decidesNothing } from './src/load/documents/relevance.js'
        export { splitDocuments } from './src/load/documents/split.js'
        export { cutList } from './src/load/documents/list.js'`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: built,
    logLevel: 'warning',
  })
  const ours = await import(built)
  const sizes = process.argv.slice(2).map(Number)
  const rows = []
  for (const pods of sizes.length > 0 ? sizes : [100, 1000, 10_000]) {
    rows.push(row('hand-written', pods, handWritten(pods), ours))
    rows.push(row('get -o yaml', pods, dumpOf(pods, 'yaml'), ours))
    rows.push(row('get -o json', pods, dumpOf(pods, 'json'), ours))
  }
  console.table(rows)
  rmSync(built)
}

function row(style, pods, text, { parseCluster, decidesNothing, splitDocuments, cutList }) {
  const parts = splitDocuments(text).flatMap((document) => cutList(document) ?? [document])
  const wanted = parts.filter((part) => !decidesNothing(part.text, { file: 'bench.yaml', ...part }))
  const parsed = wanted.reduce((sum, part) => sum + part.text.length, 0)
  const alone = style.endsWith('json') ? JSON.parse : load
  const times = { alone: [], ours: [] }
  const rounds = Math.max(5, Math.min(41, Math.round(4e7 / text.length)))
  for (let round = 0; round < rounds; round++) {
    times.alone.push(timed(() => wanted.forEach((part) => alone(part.text))))
    times.ours.push(timed(() => parseCluster([{ file: 'bench.yaml', text }])))
  }
  const [base, taken] = [median(times.alone), median(times.ours)]
  return {
    style,
    pods,
    'MB parsed': mega(parsed),
    'MB skipped': mega(text.length - parsed),
    'parser alone, ms': Number(base.toFixed(1)),
    'ours, ms': Number(taken.toFixed(1)),
    ratio: Number((taken / base).toFixed(2)),
    'peak MB': peakOf(style, pods),
  }
}

/** The memory that a process of its own needs at most. */
function peakOf(style, pods) {
  const script = fileURLToPath(import.meta.url)
  return Number(execFileSync(process.execPath, [script, 'peak', style, String(pods)], { encoding: 'utf8' }))
}

async function peak(style, pods) {
  const { parseCluster } = await import(built)
  const text = style === 'hand-written' ? handWritten(pods) : dumpOf(pods, style.endsWith('json') ? 'json' : 'yaml')
  parseCluster([{ file: 'bench.yaml', text }])
  console.log(Math.round(process.resourceUsage().maxRSS / 1024))
}

function timed(action) {
  const start = performance.now()
  action()
  return performance.now() - start
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

function mega(bytes) {
  return Number((bytes / 1e6).toFixed(2))
}
