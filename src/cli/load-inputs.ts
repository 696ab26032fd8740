import { loadCluster } from '../load/load.js'
import type { Cluster } from '../model/cluster.js'
import type { CommonFlags } from './options.js'
import { progressOn } from './progress.js'
import type { Session } from './session.js'

/** Loads what the flags of a command name, the current folder if they name nothing. */
export function loadInputs({ io }: Session, flags: CommonFlags): Cluster {
  const progress = progressOn(io, flags, (done) => `${done} documents read`)
  let read = 0
  const onDocument = () => {
    progress.report(++read)
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
