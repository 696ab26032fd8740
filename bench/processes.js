import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const env = { ...process.env }
// Reading certificates takes Node 20 longer than all the rest of its start
delete env.NODE_EXTRA_CA_CERTS

/** The command line as arguments of node. */
export const COMMAND = 'bin/netpol-sim.cjs'

/** Processes that only parse a folder: with js-yaml, and with JSON.parse where that can read it. */
export function parsersAlone(style, folder) {
  const alone = (parser) => ['bench/parser-alone.js', folder, parser]
  return style === 'live' ? { yaml: alone('yaml'), json: alone('json') } : { yaml: alone('yaml') }
}

/**
 * Runs node with these arguments, or `{ program, args }`, to its end and says how many milliseconds that took; what it
 * prints goes into `output`, or nowhere. After `limit` milliseconds it is killed, which is a failure like any other.
 */
export function run(command, { output = null, report = false, limit } = {}) {
  const { program, args } = Array.isArray(command) ? { program: process.execPath, args: command } : command
  const stdout = output === null ? 'ignore' : openSync(output, 'w')
  const start = process.hrtime.bigint()
  const result = spawnSync(program, args, {
    cwd: root,
    env,
    stdio: ['ignore', stdout, 'pipe', ...(report ? ['pipe'] : [])],
    maxBuffer: 2 ** 30,
    timeout: limit,
    killSignal: 'SIGKILL',
  })
  const took = Number(process.hrtime.bigint() - start) / 1e6
  if (output !== null) closeSync(stdout)
  const name = Array.isArray(command) ? `node ${args.join(' ')}` : program
  if (result.status !== 0) throw new Error(`${name} ${failure(result, limit)}`)
  return { took, report: report ? JSON.parse(result.output[3].toString()) : null }
}

function failure({ error, status, signal, stderr }, limit) {
  if (error?.code === 'ENOENT') return 'is not installed'
  if (error?.code === 'ETIMEDOUT') return `took longer than ${limit / 1000} s`
  if (error !== undefined) return `could not be run: ${error.code}`
  return `ended with ${status ?? signal}${stderr.length === 0 ? '' : `: ${stderr}`}`
}

/** What a run took: peak memory in MB, modules of Node, files of the package and their bytes. */
export function taken(args, options = {}) {
  return run(['--require', './bench/peak-memory.cjs', ...args], { ...options, report: true }).report
}

/** The medians of several commands that take turns, so that whatever else the machine does hits all of them alike. */
export function medians(commands, rounds, options = {}) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) times[name].push(run(command, options).took)
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
}

/** The middle of a list of numbers. */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

/** Runs a task of bench/tasks.js in a process of its own. */
export function inside(bundle, task, options) {
  const args = ['--expose-gc', '--max-old-space-size=8000', 'bench/inside.js', bundle, task, JSON.stringify(options)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${task} of ${JSON.stringify(options)} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}
