import { loadCluster } from '../load/load.js'
import type { Cluster } from '../model/cluster.js'
import type { CommonFlags } from './options.js'
import { progressOn } from './progress.js'
import type { Session } from './session.js'

/** So many documents are worth a few milliseconds of preparation. */
const MANY = 100

/** Loads what the flags of a command name, the current folder if they name nothing. */
export function loadInputs({ io }: Session, flags: CommonFlags): Cluster {
  const progress = progressOn(io, flags, (done) => `${done} documents read`)
  let read = 0
  const onDocument = () => {
    progress.report(++read)
    if (read === MANY) io.expectMuch()
  }
  const cluster = loadCluster(flags.filename ?? ['.'], {
    ...flags,
    readStdin: io.readStdin,
    ownPackage: io.packageRoot,
    onDocument,
  })
  progress.end()
  return cluster
}
