import { main } from '../../src/cli/main.js'
import type { Io, Stream } from '../../src/cli/io.js'
import type { CheckResult } from '../../src/index.js'

/** The world around a run; what is left out is a pipe, an empty environment and no input. */
export interface World {
  readonly stdin?: string | Uint8Array
  /** Whether standard input looks like a pipe; it does not if left out. */
  readonly isPipedIn?: boolean
  readonly env?: Io['env']
  /** Columns of the terminal that a stream is; null or left out is a pipe. */
  readonly stdout?: number | null
  readonly stderr?: number | null
  /** The clock; it stands still if left out. */
  readonly now?: Io['now']
  readonly expectMuch?: Io['expectMuch']
  /** What writing the answer throws, as nothing but a bug would make it. */
  readonly crash?: Error
}

/** What came of a run. */
export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The command line, run in this process. */
export async function run(argv: readonly string[], world: World = {}): Promise<Run> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr'): Stream => ({
    isTerminal: typeof world[name] === 'number',
    columns: world[name] ?? null,
    write: (text) => {
      if (name === 'stdout' && world.crash !== undefined) throw world.crash
      written[name] += text
    },
  })
  const { stdin = '' } = world
  const code = await main(argv, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    isPipedIn: () => world.isPipedIn === true,
    readStdin: () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    cwd: process.cwd(),
    now: world.now ?? (() => 0),
    packageRoot: `${process.cwd()}/`,
    expectMuch: world.expectMuch ?? (() => undefined),
    version: '1.2.3',
    env: world.env ?? {},
  })
  return { code, ...written }
}

/** A question about manifests that are given as text. */
export function ask(manifests: string, argv: readonly string[], world: World = {}): Promise<Run> {
  return run(['check', '-f', '-', ...argv], { ...world, stdin: manifests })
}

/** The answer to a question as `-o json` prints it, which must be all of the output. */
export async function askJson(manifests: string, argv: readonly string[]): Promise<CheckResult & { code: number }> {
  const { code, stdout } = await ask(manifests, [...argv, '-o', 'json'])
  return { ...(JSON.parse(stdout) as CheckResult), code }
}
