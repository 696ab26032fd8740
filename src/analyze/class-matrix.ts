import { compile, type CompiledCluster, type EngineOptions } from '../engine/compile.js'
import { chosenReading, isPassedOver } from '../engine/readings.js'
import type { Cluster } from '../model/cluster.js'
import type { Answer } from '../matrix/answer.js'
import { answerRows, type AnswerRow } from '../matrix/answers.js'
import type { Row } from '../matrix/gathering.js'
import { checkOpenings } from '../matrix/openings-budget.js'
import { classesOf, type Classes, type PodClass } from '../matrix/classes.js'
import { KEPT_CELLS } from '../matrix/budget.js'
import { connectionSets, type ConnectionSets, type SetId } from '../matrix/connection-sets.js'
import type { MatrixWorld } from '../matrix/lens.js'
import type { RowsUnder } from '../matrix/reading-rows.js'
import { outsideAnswers, type OutsideAnswers } from '../matrix/outside-answers.js'
import { recent } from '../model/recent.js'
import type { Turns } from '../matrix/turns.js'
import { portAtoms, type PortAtom } from '../matrix/port-atoms.js'
import type { WorkloadParty } from '../query/party.js'
import { nodesBetween } from './nodes-between.js'

/** A cluster ready to answer for whole rows. */
export interface Matrix {
  readonly compiled: CompiledCluster
  readonly sets: ConnectionSets
  readonly classes: Classes
  rowOf(source: PodClass): AnswerRow
  /** What is settled in a row, -1 where it is not. Not to be written to. */
  settled(source: PodClass): Row
  /** The same answers for who goes from source to source, about some ports. */
  readonly turns: (asked: SetId) => Turns
  /** Policies ignore the class as things are read. */
  exempt(subject: PodClass): boolean
  readonly outside: OutsideAnswers
  /** Of all ports, or of those that are asked about. */
  answer(source: WorkloadParty, destination: WorkloadParty, asked?: SetId): Answer
}

/** Who goes through a matrix source by source asks for the same rows as its neighbours; who asks here and there for any of them. */
export type Asking = 'in order' | 'here and there'

const KEPT_ROWS = 8

/**
 * Compiles a cluster for whole rows of answers. Rows are kept for a while, since neighbours are mostly alike. The ports that
 * are `asked` about have sets of their own; of other destinations than those that are named nothing may be asked. Throws {@link TooCostly} where policies and pods are too many by each other;
 * reading rows may as well.
 */
export function matrixOf(
  cluster: Cluster,
  options: EngineOptions,
  asked: Iterable<PortAtom> = [],
  asking: Asking = 'in order',
  destinations?: readonly WorkloadParty[],
): Matrix {
  return matrixOver(compile(cluster, options), asked, null, asking, destinations)
}

/** The same over a cluster that is compiled already. Sets that are `known` must tell its ports apart as well, and are shared. */
export function matrixOver(
  compiled: CompiledCluster,
  asked: Iterable<PortAtom> = [],
  known: ConnectionSets | null = null,
  asking: Asking = 'in order',
  destinations?: readonly WorkloadParty[],
): Matrix {
  const classes = classesOf(compiled)
  checkOpenings(classes)
  const sets = known ?? connectionSets(portAtoms(compiled, asked))
  return matrixIn({ compiled, classes, sets, destinations: classesAmong(classes, destinations) }, asking)
}

/** The classes of some parties; nothing where these are all that there are. */
function classesAmong(classes: Classes, parties: readonly WorkloadParty[] = []): readonly PodClass[] | undefined {
  const some = new Set(parties.map((party) => classOf(classes, party)))
  return some.size === 0 || some.size === classes.classes.length ? undefined : [...some]
}

/** The same over classes and sets that are made already, with rows of one's own if need be. */
export function matrixIn(world: MatrixWorld, asking: Asking, rowsUnder?: RowsUnder): Matrix {
  const { compiled, sets, classes } = world
  const most = asking === 'in order' ? KEPT_ROWS : Math.max(KEPT_ROWS, Math.floor(KEPT_CELLS / classes.classes.length))
  const rows = answerRows(world, rowsUnder)
  const rowOf = recent(most, rows.of)
  return {
    compiled,
    sets,
    classes,
    rowOf,
    settled: recent(most, (source: PodClass) => rows.settled(source) ?? rowOf(source).settled()),
    turns: rows.turns,
    exempt: ({ pod }) => isPassedOver(pod, chosenReading(compiled)),
    outside: outsideAnswers(world),
    answer: (source, destination, asked = sets.all) =>
      rowOf(classOf(classes, source)).to(classOf(classes, destination), nodesBetween(source, destination), asked),
  }
}

/** The class of a party: nothing tells its pods apart. */
export function classOf(classes: Classes, { pods, workload }: WorkloadParty): PodClass {
  const [pod] = pods
  if (pod === undefined) throw new Error(`the workload ${workload.id} has no pods`)
  return classes.classOf(pod)
}
