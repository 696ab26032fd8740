import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOSTILE_INPUTS } from '../hostile-inputs.js'
import { COMMAND } from '../processes.js'
import { exponent, table } from '../table.js'

/** What a run may take at 3 MiB of input. */
const MOST_SECONDS = 5
const MOST_MEGABYTES = 500
/** A run that is not done by then is ended, and is too much. */
const LONGEST_RUN = 30_000
const QUESTIONS = { 'check any any': ['check', 'any', 'any'], matrix: ['matrix'] }

/** Each hostile input in two sizes: user CPU seconds, since others may share the machine, peak memory, and whether it is too much. */
export function benchHostile({ quick, folder, print }) {
  const bytes = quick ? 300_000 : 3_000_000
  for (const [shape, make] of Object.entries(HOSTILE_INPUTS)) {
    const each = make(200).join('---\n').length / 200
    const [half, whole] = [bytes / 2, bytes].map((size) => {
      const file = join(folder, `hostile-${size}.yaml`)
      writeFileSync(file, make(Math.floor(size / each)).join('---\n'))
      return file
    })
    const rows = Object.entries(QUESTIONS).map(([question, words]) => {
      const [before, after] = [half, whole].map((file) => measured([...words, '-f', file]))
      return {
        question,
        MB: statSync(whole).size / 1e6,
        exit: after.exit,
        'CPU s': after.seconds,
        exponent: exponent(before.seconds, after.seconds),
        'peak MB': after.peak,
        bound: after.seconds <= MOST_SECONDS && after.peak <= MOST_MEGABYTES && after.exit !== 3 ? 'kept' : 'VIOLATED',
      }
    })
    print(table(`hostile: ${shape}; exit 2 is a refusal with the limit`, rows))
  }
}

function measured(args) {
  const { status, output } = spawnSync(process.execPath, ['--require', './bench/peak-memory.cjs', COMMAND, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    timeout: LONGEST_RUN,
    killSignal: 'SIGKILL',
  })
  const report = output[3].length === 0 ? { peak: NaN, seconds: NaN } : JSON.parse(output[3].toString())
  return { exit: status, ...report }
}
