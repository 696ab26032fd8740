import { relative, resolve } from 'node:path'
import { DISK } from '../load/files/disk.js'
import { existsIn } from '../load/files/file-system.js'
import type { SideResult } from '../report/diff/diff-result.js'
import type { Commit } from '../sides/commit.js'
import { parseSide, type SideWords } from '../sides/side-words.js'
import type { Io } from './io.js'
import { repositoryOf } from './repository.js'
import { UsageError } from './usage-error.js'

/** What the words for a side stand for, before its settings are known. */
export interface Named {
  readonly words: SideWords
  readonly commit: Commit | null
  /** The one path that the words name; null where the inputs are meant. */
  readonly path: string | null
}

/**
 * What the words of the command line name; without a second one, the working tree or what the first one adds. With what-if flags
 * only, the input is compared with itself changed.
 */
export function sideWords(
  [before, after, ...more]: readonly string[],
  isWhatIf: boolean,
): readonly [SideWords, SideWords] {
  if (before === undefined && isWhatIf) return [{ kind: 'working-tree' }, { kind: 'working-tree' }]
  if (before === undefined)
    throw new UsageError('`diff` needs a side to compare with', {
      help: 'name a ref or a path: netpol-sim diff origin/main...',
    })
  if (more.length > 0) throw new UsageError('`diff` takes two sides at most')
  const parsed = [before, ...(after === undefined ? [] : [after])].map((said) => {
    const found = parseSide(said, existsIn(DISK))
    if ('problem' in found) throw new UsageError(found.problem, { code: 'NP040', help: found.help })
    return found
  })
  const [base, head] = parsed
  if (base === undefined) throw new Error('there is a side')
  const twofold = head?.other != null ? after : head !== undefined && base.other !== null ? before : undefined
  if (twofold !== undefined)
    throw new UsageError(`\`${twofold}\` names both sides, and another one is named`, {
      help: 'leave one of the two out',
    })
  const second = head?.side ?? base.other ?? { kind: 'working-tree' }
  if (base.side.kind === 'stdin' && second.kind === 'stdin')
    throw new UsageError('standard input can be one side only', { help: 'write the other one to a file' })
  return [base.side, second]
}

/** Opens what the words for a side stand for. */
export async function named(words: SideWords, io: Io): Promise<Named> {
  if (words.kind === 'path') {
    await insistOnPath(words.path, io)
    return { words, commit: null, path: words.path }
  }
  if (words.kind === 'stdin') return { words, commit: null, path: '-' }
  if (words.kind === 'working-tree') return { words, commit: null, path: null }
  const { openCommit } = await import('../sides/commit.js')
  const top = repositoryOf(io.cwd)
  const commit = openCommit(words, { top, cwd: io.cwd, env: io.env })
  if ('problem' in commit) throw new UsageError(commit.problem, { code: 'NP040', help: commit.help })
  const path = commit.path === null ? null : relative(io.cwd, resolve(top ?? io.cwd, commit.path)) || '.'
  return { words, commit, path }
}

/** What can be nothing but a path, since it says where it begins. */
const CERTAIN_PATH = /^\.{0,2}\/|^\.{1,2}$/
/** What a path seldom has in it, and a revision has: `A...B`, `HEAD~1`, `HEAD^1`, `main:k8s`, `main@{1}`. */
const REVISION = /(?:^|\/)(?!\.\.(?:\/|$))[^/]*(?:\.\.|[~^:]|@\{)/

/**
 * Refuses a path that reads as a commit as well. Whoever wrote the head can make a folder called `origin/main...`, which must
 * not stand for the base that the command names.
 */
async function insistOnPath(path: string, io: Io): Promise<void> {
  const top = repositoryOf(io.cwd)
  if (CERTAIN_PATH.test(path) || top === null) return
  if (!REVISION.test(path)) {
    // No ref ends so
    if (path.endsWith('/')) return
    const { namesCommit } = await import('../sides/commit.js')
    if (!namesCommit(path, { top, cwd: io.cwd, env: io.env })) return
  }
  throw new UsageError(`\`${path}\` is a path, and reads as a commit as well`, {
    code: 'NP040',
    help: `write ./${path} for the path, or ref:${path} for the commit`,
  })
}

/** A ref as the user wrote it. */
export function saidOf(words: SideWords): string {
  return 'said' in words ? words.said.replace(/^ref:/, '') : ''
}

/** A side as JSON has it. */
export function nameOf({ words, commit, path }: Named): SideResult {
  if (commit === null) return { ref: null, commit: null, path }
  return { ref: words.kind === 'ref' ? words.ref : saidOf(words), commit: commit.commit, path: commit.path }
}

/** A side as messages call it. */
export function titleOf({ words, path }: Named): string {
  if (words.kind === 'working-tree') return 'the working tree'
  return words.kind === 'stdin' ? '<stdin>' : words.kind === 'path' ? `\`${path ?? ''}\`` : `\`${saidOf(words)}\``
}
