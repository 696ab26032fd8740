import { relative, resolve } from 'node:path'
import { asText, realPath } from '../load/files/links.js'
import { blobsOf } from './blobs.js'
import { commitFiles, type CommitFiles } from './commit-files.js'
import { readTree } from './commit-tree.js'
import { GitError, gitIn, type Git } from './git.js'
import { parseSide, type SideProblem, type SideWords } from './side-words.js'

/** What a command line knows of the repository that it runs in. */
export interface Surroundings {
  /** The root of the repository; null outside of one. */
  readonly top: string | null
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A commit that can be read like a disk. */
export interface Commit {
  /** As it was asked for, and its hash. */
  readonly ref: string
  readonly commit: string
  /** The path of `REF:PATH`, from the root of the repository; else null. */
  readonly path: string | null
  /** The two commits of which it is the merge base; null where it was named itself. */
  readonly mergeBaseOf: readonly [string, string] | null
  readonly files: CommitFiles
  /** How messages call a file that was read under a path from the current folder: `main:k8s/a.yaml`. */
  readonly placeOf: (file: string) => string
}

/** Opens the commit that the words for a side name: `REF`, or the merge base of `A...B`. */
export function commitOf(said: string, surroundings: Surroundings): Commit | SideProblem {
  const parsed = parseSide(said, () => false)
  if ('problem' in parsed) return parsed
  return openCommit(parsed.side, surroundings)
}

/** Opens the commit of a side; anything else that a side can be is a problem. */
export function openCommit(side: SideWords, { top, cwd, env }: Surroundings): Commit | SideProblem {
  if (side.kind !== 'ref' && side.kind !== 'merge-base')
    return { problem: 'expected a commit', help: 'name a ref, such as `origin/main...`' }
  if (top === null)
    return { problem: `\`${side.said}\` cannot be read: the current folder is not in a git repository`, help: null }
  try {
    const [realTop, realCwd] = [asText(realPath(top)), asText(realPath(cwd))]
    const git = gitIn(top, env)
    checkTop(git)
    const found = side.kind === 'ref' ? hashOf(git, side.ref) : findMergeBase(git, side.said, side.of)
    if (typeof found !== 'string') return found
    const files = commitFiles(readTree(git, found), blobsOf(git), { top: realTop, cwd: realCwd })
    const path = side.kind === 'ref' && side.path !== null ? inTree(side.path, top, cwd) : null
    const label = side.kind === 'ref' ? side.ref : found.slice(0, SHORT)
    const placeOf = (file: string) => `${label}:${relative(top, resolve(cwd, file))}`
    const mergeBaseOf = side.kind === 'merge-base' ? side.of : null
    return { ref: side.said, commit: found, path, mergeBaseOf, files, placeOf }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const help = error instanceof GitError && error.message.includes('safe.directory') ? SAFE : null
    const [reason = ''] = error.message.split('\n')
    return { problem: `\`${side.said}\` cannot be read: ${reason}`, help }
  }
}

/** Whether a commit has commits that HEAD lacks, so that comparing the two tells of both their changes. */
export function hasDiverged(commit: string, { top, env }: Surroundings): boolean {
  if (top === null) return false
  try {
    return gitIn(top, env).run(['merge-base', commit, 'HEAD']).toString().trim() !== commit
  } catch (error) {
    if (error instanceof GitError) return false
    throw error
  }
}

/**
 * Whether a shallow clone may lack the merge base of two commits and have an older one: between that and the commits some
 * history is cut off.
 */
export function mayBeOlder({ commit: base, mergeBaseOf: of }: Commit, { top, env }: Surroundings): boolean {
  if (top === null || of === null) return false
  const git = gitIn(top, env)
  if (!isShallow(git)) return false
  const hashes = of.map((ref) => hashOf(git, ref)).filter((hash) => typeof hash === 'string')
  // Where history is cut off commits have no parents
  const cut = git.run(['rev-list', '--max-count=1', '--max-parents=0', ...hashes, `^${base}`])
  return cut.toString().trim() !== ''
}

function isShallow(git: Git): boolean {
  return git.run(['rev-parse', '--is-shallow-repository']).toString().trim() === 'true'
}

/** So many digits of a commit are enough for people and for git. */
const SHORT = 12

const SAFE = 'git config --global --add safe.directory FOLDER, if the folder is yours'

/** Where git would look for another repository than the one around the current folder, names would mean other files. */
function checkTop({ run }: Git): void {
  if (run(['rev-parse', '--show-prefix']).toString().trim() !== '')
    throw new Error('git takes another folder for the root of the repository')
}

/** `REF:PATH` counts from the root of the repository, `REF:./PATH` from the current folder, as git has it. */
function inTree(path: string, top: string, cwd: string): string {
  const from = /^\.\.?(?:\/|$)/.test(path) ? cwd : top
  return relative(top, resolve(from, path.replace(/^\/+/, '')))
}

const HASH = /^[0-9a-f]{40,64}$/

/** What git warns of where a branch or a tag has the name that another one, or an abbreviated hash, has as well. */
const AMBIGUOUS = /^warning: refname '(.*)' is ambiguous\.$/m
/** Whoever may push could give a branch these names; git takes them for nothing else than what they are. */
const NEVER_AMBIGUOUS = /^(?:HEAD|[0-9a-f]{40,64})$/

/** Whether a name is that of a commit, for git in the repository. */
export function namesCommit(ref: string, { top, env }: Surroundings): boolean {
  if (top === null) return false
  try {
    gitIn(top, env).run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
    return true
  } catch (error) {
    if (error instanceof GitError) return false
    throw error
  }
}

function hashOf(git: Git, ref: string): string | SideProblem {
  try {
    if (/[\p{Cc}\p{Cs}]/u.test(ref)) throw new GitError('', 1)
    const { output, warnings } = git.ask(['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`])
    const hash = output.toString().trim()
    const [, twofold] = AMBIGUOUS.exec(warnings) ?? []
    if (twofold !== undefined && !NEVER_AMBIGUOUS.test(twofold)) {
      const problem = `\`${ref}\` is ambiguous: more than one branch, tag or commit is called \`${twofold}\``
      return {
        problem,
        help: `write it in full: refs/remotes/${twofold}, refs/heads/${twofold} or refs/tags/${twofold}`,
      }
    }
    if (HASH.test(hash)) return hash
  } catch (error) {
    if (!(error instanceof GitError) || error.status === null) throw error
  }
  const help = 'fetch it first: git fetch origin; with actions/checkout say `fetch-depth: 0`'
  return { problem: `\`${ref}\` is not a commit of this repository`, help }
}

function findMergeBase(git: Git, said: string, of: readonly [string, string]): string | SideProblem {
  const hashes: string[] = []
  for (const ref of of) {
    const hash = hashOf(git, ref)
    if (typeof hash !== 'string') return hash
    hashes.push(hash)
  }
  try {
    const base = git
      .run(['merge-base', ...hashes])
      .toString()
      .trim()
    if (HASH.test(base)) return base
  } catch (error) {
    if (!(error instanceof GitError) || error.status !== 1) throw error
  }
  const shallow = isShallow(git)
  const why = shallow ? 'this clone is shallow, and has no' : 'they have no'
  const help = shallow
    ? 'fetch all of the history: git fetch --unshallow; with actions/checkout say `fetch-depth: 0`'
    : 'name the commit to compare with; a clone of part of the history needs `fetch-depth: 0`'
  return { problem: `\`${said}\`: ${why} commit in common`, help }
}
