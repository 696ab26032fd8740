import type { Commit } from '../sides/commit.js'
import type { Io } from './io.js'
import { repositoryOf } from './repository.js'
import { UsageError } from './usage-error.js'

/** The commit that a flag names. */
export async function commitFor(said: string, { cwd, env }: Io): Promise<Commit> {
  const { commitOf } = await import('../sides/commit.js')
  const found = commitOf(said, { top: repositoryOf(cwd), cwd, env })
  if (!('problem' in found)) return found
  throw new UsageError(found.problem, { code: 'NP040', help: found.help })
}
