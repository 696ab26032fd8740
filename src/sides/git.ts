import { spawnSync } from 'node:child_process'
import { isAbsolute, relative } from 'node:path'
import { sizeText } from '../load/files/read-failure.js'

/** Runs git in a repository. What fails throws a {@link GitError}. */
export interface Git {
  /** Its standard output. */
  readonly run: (args: readonly string[], exchange?: Exchange) => Buffer
  /** Its standard output, and what it warned of. */
  readonly ask: (args: readonly string[], exchange?: Exchange) => { readonly output: Buffer; readonly warnings: string }
}

/** What git gets, and how much it may give. */
export interface Exchange {
  readonly input?: string
  /** The most bytes of standard output; more throws a {@link TooMuchOutput}. */
  readonly most?: number
  /** The most bytes that git may take up for one thing; it reads an object whole, however small it is when packed. */
  readonly memory?: number
}

/** What git said instead of an answer; `status` is null where it could not be started. */
export class GitError extends Error {
  constructor(
    message: string,
    readonly status: number | null,
  ) {
    super(message)
  }
}

/** git gave more than was asked for, or would have taken up more. */
export class TooMuchOutput extends GitError {}

/** So much output is taken unless somebody says otherwise. */
const MOST_OUTPUT = 2 ** 32

/** In bytes. Twice the size from which on git hands files on in pieces. */
const MOST_MEMORY = 2 ** 30
const OUT_OF_MEMORY = /attempting to allocate \d+ over limit/

/** What git needs to know of its surroundings: where it lies, and whom to trust (`safe.directory`). */
const KEPT = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'SYSTEMROOT']

/**
 * What keeps a repository from making git do more than read: no fetch of objects that a partial clone lacks, no replaced
 * or grafted commits, no prompts. Nothing else that begins with `GIT_` is passed on.
 */
const GUARDED: Readonly<Record<string, string>> = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // Older versions know no other way to forbid a fetch; no protocol has this name
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_PROTOCOL_FROM_USER: '0',
  LC_ALL: 'C',
}

const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
  'core.warnAmbiguousRefs=true',
  'advice.graftFileDeprecated=false',
]

/**
 * Git in the repository with this root, reading only. It is taken from `PATH`, but never from the repository itself or from
 * wherever the command happens to run.
 */
export function gitIn(top: string, env: Readonly<Record<string, string | undefined>>): Git {
  const kept = Object.entries(env).filter(([name]) => KEPT.includes(name.toUpperCase()))
  const trusted = kept.map(([name, value]) => [name, name.toUpperCase() === 'PATH' ? outside(top, value) : value])
  const environment = { ...Object.fromEntries(trusted), ...GUARDED } as NodeJS.ProcessEnv
  const before = ['-C', top, '--no-pager', '--no-replace-objects', '--literal-pathspecs']
  const settings = SETTINGS.flatMap((setting) => ['-c', setting])
  const ask: Git['ask'] = (args, { input = '', most = MOST_OUTPUT, memory = MOST_MEMORY } = {}) => {
    const { error, status, signal, stdout, stderr } = spawnSync('git', [...before, ...settings, ...args], {
      cwd: '/',
      env: { ...environment, GIT_ALLOC_LIMIT: String(memory) },
      input,
      maxBuffer: most,
      windowsHide: true,
    })
    const code = error !== undefined && 'code' in error ? error.code : null
    if (code === 'ENOBUFS') throw new TooMuchOutput(`git gives more than ${sizeText(most)}`, null)
    if (error !== undefined) throw new GitError(code === 'ENOENT' ? 'git is not installed' : error.message, null)
    if (status === 0) return { output: stdout, warnings: stderr.toString() }
    const said = stderr
      .toString()
      .trim()
      .replace(/^fatal: /, '')
    if (OUT_OF_MEMORY.test(said)) throw new TooMuchOutput(`an object of git is larger than ${sizeText(memory)}`, status)
    throw new GitError(said === '' ? `git ended with ${signal ?? String(status)}` : said, status)
  }
  return { ask, run: (args, exchange) => ask(args, exchange).output }
}

/** The folders of a search path that do not lie in the repository, where a pull request could put a program. */
function outside(top: string, path = ''): string {
  const folders = path.split(':').filter((folder) => {
    const way = relative(top, folder)
    return isAbsolute(folder) && (way === '..' || way.startsWith('../'))
  })
  return folders.join(':')
}
