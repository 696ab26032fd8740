import type { Commit } from '../sides/commit.js'
import type { Io } from './io.js'
import { repositoryOf } from './repository.js'
import { UsageError } from './usage-error.js'

/** A remark on the commit that something is compared with, or judged by. */
export interface CommitNote {
  readonly code: 'base-may-be-older'
  readonly message: string
}

/** Said where a shallow clone may have an older merge base only: what others did since would count as done here. */
export async function olderBase(commit: Commit, { cwd, env }: Io): Promise<readonly CommitNote[]> {
  const { mayBeOlder } = await import('../sides/commit.js')
  if (!mayBeOlder(commit, { top: repositoryOf(cwd), cwd, env })) return []
  const message = `this clone is shallow, and the merge base of \`${commit.ref}\` may be later than the one that it has: changes of others may count as made here; fetch all of the history (\`fetch-depth: 0\`)`
  return [{ code: 'base-may-be-older', message }]
}

/** The commit that a flag names. */
export async function commitFor(said: string, { cwd, env }: Io): Promise<Commit> {
  const { commitOf } = await import('../sides/commit.js')
  const found = commitOf(said, { top: repositoryOf(cwd), cwd, env })
  if (!('problem' in found)) return found
  throw new UsageError(found.problem, { code: 'NP040', help: found.help })
}
