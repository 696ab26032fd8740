// npm run bench [-- QUESTION --quick --peer COMMAND]: see bench/README.md. Prints a table for each question.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askedOf } from './asked.js'
import { bundleInside } from './bundle.js'
import { generate } from './generate.js'
import { benchCheck } from './questions/check.js'
import { benchDiff } from './questions/diff.js'
import { benchHostile } from './questions/hostile.js'
import { benchLarge } from './questions/large.js'
import { benchList } from './questions/list.js'
import { benchLoad } from './questions/load.js'
import { benchMatrix } from './questions/matrix.js'
import { benchPeer } from './questions/peer.js'
import { benchStart } from './questions/start.js'
import { benchTest } from './questions/test.js'

const QUESTIONS = {
  start: benchStart,
  load: benchLoad,
  check: benchCheck,
  matrix: benchMatrix,
  large: benchLarge,
  list: benchList,
  test: benchTest,
  diff: benchDiff,
  hostile: benchHostile,
  peer: benchPeer,
}

const { problem, asked, peers, quick } = askedOf(process.argv.slice(2), Object.keys(QUESTIONS))
if (problem !== undefined) {
  console.error(problem)
  process.exit(2)
}
const root = fileURLToPath(new URL('..', import.meta.url))
execFileSync(process.execPath, ['scripts/build.js'], { cwd: root, stdio: 'inherit' })
const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-bench-'))
const bundle = await bundleInside()
const made = new Map()
const bench = {
  quick,
  peers,
  bundle,
  folder,
  /** An input, generated when it is first asked for. */
  input(shape, pods, style) {
    const name = `${shape}-${pods}-${style}`
    const known = made.get(name) ?? generate(shape, pods, style, join(folder, name))
    made.set(name, known)
    return known
  },
  /** Takes an input off the disk that is too large to be kept. */
  drop({ folder: path }) {
    rmSync(path, { recursive: true })
    for (const [name, { folder: other }] of made) if (other === path) made.delete(name)
  },
  print: (text) => console.log(text),
}
try {
  for (const name of asked) QUESTIONS[name](bench)
} finally {
  for (const path of [folder, dirname(bundle)]) if (existsSync(path)) rmSync(path, { recursive: true })
}
