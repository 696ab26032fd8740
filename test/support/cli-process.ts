import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The command as it is installed. */
export const BIN = join(process.cwd(), 'bin/netpol-sim.cjs')

/** Builds `dist/` unless it is newer than all that it is made of. */
export function buildIfStale(): void {
  const built = timeOf('dist/cli.cjs')
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((path) => timeOf(join('src', path)))
  if (Math.max(...sources) > built) execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' })
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** What came of a process. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command with these arguments. */
export function netpolSim(
  argv: readonly string[],
  world: { readonly input?: string; readonly preload?: string } = {},
): Ended {
  const options = world.preload === undefined ? [] : ['--import', `data:text/javascript,${world.preload}`]
  return spawnSync(process.execPath, [...options, BIN, ...argv], {
    encoding: 'utf8',
    input: world.input ?? '',
    maxBuffer: 2 ** 28,
  })
}

/** Runs a line of bash, in which `$bin` is the command; `stdout` ends with the exit codes of the last pipeline. */
export function bash(line: string, input = ''): Ended {
  const script = `bin() { "${process.execPath}" "${BIN}" "$@"; }; ${line}; echo "codes \${PIPESTATUS[*]}"`
  return spawnSync('bash', ['-c', script], { encoding: 'utf8', input, maxBuffer: 2 ** 28 })
}
