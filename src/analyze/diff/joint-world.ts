import { compile, type EngineOptions } from '../../engine/compile.js'
import { connectionSets, type ConnectionSets } from '../../matrix/connection-sets.js'
import { portAtoms } from '../../matrix/port-atoms.js'
import type { Cluster } from '../../model/cluster.js'
import { matrixOver, type Matrix } from '../class-matrix.js'
import { closedCaveats, portsOfCaveats, type ClosedCaveats } from '../closed-caveats.js'
import { placesOf, type Places } from '../places.js'

/** One of two clusters that are compared, and how it is evaluated. */
export interface DiffSide {
  readonly cluster: Cluster
  readonly options: EngineOptions
}

/** A side ready for whole rows of answers. */
export interface SideWorld extends DiffSide {
  readonly matrix: Matrix
  readonly caveats: ClosedCaveats
  readonly places: Places
}

/** Both sides over one store of port sets, so that equal sets have equal numbers. */
export interface JointWorld {
  readonly base: SideWorld
  readonly head: SideWorld
  readonly sets: ConnectionSets
}

/** The names of the two sides. */
export const SIDES = ['base', 'head'] as const

export type SideName = (typeof SIDES)[number]

/** Compiles both sides, or one that is compared with itself. Ports are cut wherever either tells them apart. */
export function jointWorld(base: DiffSide, head: DiffSide): JointWorld {
  const before = compile(base.cluster, base.options)
  const after = base === head ? before : compile(head.cluster, head.options)
  const atoms = portAtoms(
    {
      policies: [...before.policies, ...after.policies],
      cluster: { ...head.cluster, workloads: [...base.cluster.workloads, ...head.cluster.workloads] },
    },
    [...portsOfCaveats(base.cluster), ...portsOfCaveats(head.cluster)],
  )
  const sets = connectionSets(atoms)
  const worldOf = (side: DiffSide, matrix: Matrix): SideWorld => ({
    ...side,
    matrix,
    caveats: closedCaveats(matrix),
    places: placesOf(),
  })
  const ofBase = worldOf(base, matrixOver(before, [], sets))
  return { base: ofBase, head: base === head ? ofBase : worldOf(head, matrixOver(after, [], sets)), sets }
}
