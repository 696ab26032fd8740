import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A git repository that a test makes and throws away. */
export interface ScratchRepository {
  readonly root: string
  readonly git: (...args: readonly string[]) => string
  /** Writes files by their paths; `{ link }` makes a link. */
  readonly write: (files: Readonly<Record<string, string | Buffer | { readonly link: string }>>) => void
  /** Commits all that is there, and gives the hash. */
  readonly commit: (message?: string) => string
  readonly remove: () => void
}

const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
}

/** A new repository with the branch `main`, or one in a folder that is there. */
export function scratchRepository(root = mkdtempSync(join(realpathSync(tmpdir()), 'netpol-sim-'))): ScratchRepository {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: root, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  git('init', '-q', '-b', 'main')
  return {
    root,
    git,
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        const full = join(root, path)
        mkdirSync(dirname(full), { recursive: true })
        rmSync(full, { force: true })
        if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, full)
        else writeFileSync(full, content)
      }
    },
    commit(message = 'change') {
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', message)
      return git('rev-parse', 'HEAD')
    },
    remove() {
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** A new repository, as the current folder until it is removed. */
export function currentRepository(): ScratchRepository {
  const before = process.cwd()
  const repository = scratchRepository()
  process.chdir(repository.root)
  return {
    ...repository,
    remove() {
      process.chdir(before)
      repository.remove()
    },
  }
}

/** The same with files on `main`, and the branch `feature` checked out. */
export function featureBranch(files: Parameters<ScratchRepository['write']>[0]): ScratchRepository {
  const repository = currentRepository()
  repository.write(files)
  repository.commit()
  repository.git('checkout', '-q', '-b', 'feature')
  return repository
}

/** Adds commits to `main` and `feature`: a short way round leads from this to its first commit, and a long one by way of the merge base. */
export function roundabout({ git, write, commit }: ScratchRepository): void {
  const commitOn = (branch: string, file: string) => {
    git('checkout', '-q', branch)
    write({ [file]: '' })
    commit(file)
  }
  git('branch', '-q', 'short')
  commitOn('main', 'moved-on')
  git('checkout', '-q', '-B', 'feature', 'main')
  for (const step of ['a', 'b', 'c']) commitOn('feature', step)
  commitOn('short', 'd')
  git('checkout', '-q', 'feature')
  git('merge', '-q', 'short', '-m', 'merge')
}

/** Clones so many commits of each branch into a folder of the repository, and goes there. */
export function shallowClone({ root, git }: ScratchRepository, depth: number): void {
  const name = `d${depth}`
  git('clone', '-q', '--depth', String(depth), '--no-single-branch', `file://${root}`, name)
  process.chdir(join(root, name))
}
