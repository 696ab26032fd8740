import type { Change } from '../../analyze/diff/change.js'
import { diffAnswer, type DiffAnswer } from '../../analyze/diff/diff.js'
import type { DiffSide } from '../../analyze/diff/joint-world.js'
import { workloadsOfOneSide } from '../../analyze/diff/one-sided.js'
import { withinLimits } from '../../analyze/matrix.js'
import { workloadId, type Cluster } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { mistake, readOptions, type CheckOptions } from '../check.js'
import { causePresenter } from './causes.js'
import { changePresenter, idOf } from './present-change.js'
import { failing, type FailOn } from './fail-on.js'
import { possibleNote } from './possible-note.js'
import { unresolvedNote } from './unresolved-note.js'
import type { ChangeResult, DiffNote, DiffResult, SettingChange, SideResult, WorkloadResult } from './diff-result.js'

/** One side of a comparison, as it was loaded. */
export interface ReportSide {
  readonly cluster: Cluster
  /** How it is evaluated: flags, and the settings of that side. */
  readonly options: CheckOptions
  readonly name: SideResult
  /** What messages call it. */
  readonly title: string
  /** How messages call a file of it. */
  readonly placeOf: (file: string) => string
}

/** What is compared, and what is shown of it. Everything may be left out. */
export interface DiffOptions {
  /** Only changes from this peer, to this peer, of these ports. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly port?: string | number | undefined
  readonly namespace?: string | undefined
  /** At most so many changes are in the result, the others are counted; 0 or left out: all of them. */
  readonly limit?: number | undefined
  /** Workloads that one side only has count among the changes. */
  readonly includeNew?: boolean | undefined
  readonly failOn?: readonly FailOn[] | undefined
  readonly strict?: boolean | undefined
  readonly settingsChanged?: readonly SettingChange[] | undefined
  readonly notes?: readonly DiffNote[] | undefined
}

/** Compares two clusters: the very object that `netpol-sim diff -o json` prints. Mistakes of the user are diagnostics. */
export function diffReport(base: ReportSide, head: ReportSide, options: DiffOptions): DiffResult {
  const found = diagnosticsOf(base, head)
  const refuse = (more: readonly Diagnostic[]) => noAnswer(base, head, options, [...found, ...more])
  if (!base.cluster.answerable || !head.cluster.answerable) return refuse([])
  const empty = [base, head].find(({ cluster }) => cluster.workloads.length === 0)
  if (empty !== undefined) {
    const message = `${empty.title} has no pods and no workloads`
    return refuse([mistake({ code: 'NP031', message, help: 'an empty side would look as if all were new or gone' })])
  }
  const [before, after] = [sideOf(base), sideOf(head)]
  if ('code' in before) return refuse([before])
  if ('code' in after) return refuse([after])
  const { from, to, port, namespace = 'default', includeNew = false } = options
  const question = { from, to, port: port === undefined ? port : String(port), namespace, includeNew }
  const answer = diffAnswer(before, after, question)
  if (!answer.ok) return refuse([mistake(answer.error)])
  const doubt = options.strict === true ? doubtIn(base, head, answer.value) : null
  if (doubt !== null)
    return refuse([mistake({ code: 'NP032', message: `${doubt}, and --strict rejects uncertain answers`, help: null })])
  const result = withinLimits(() => present(base, head, answer.value, options, found))
  return result.ok ? result.value : refuse([mistake(result.error)])
}

function sideOf({ cluster, options }: ReportSide): DiffSide | Diagnostic {
  const engine = readOptions(options)
  return engine.ok ? { cluster, options: engine.value } : mistake(engine.error)
}

/** What is said of the head, and of the base what is not said of the head as well. */
function diagnosticsOf(base: ReportSide, head: ReportSide): readonly Diagnostic[] {
  const keyOf = ({ code, message, object, path }: Diagnostic) => JSON.stringify([code, message, object, path])
  const known = new Set(head.cluster.diagnostics.map(keyOf))
  const placed = ({ cluster, placeOf }: ReportSide) =>
    cluster.diagnostics.map((one) => ({ ...one, file: one.file === null ? null : placeOf(one.file) }))
  const own = placed(base).filter((one) => one.severity === 'error' || !known.has(keyOf(one)))
  return [...own, ...placed(head)]
}

function doubtIn(base: ReportSide, head: ReportSide, { changes, possible, unresolved }: DiffAnswer): string | null {
  const incomplete = [base, head].find(({ cluster }) => cluster.incomplete)
  if (incomplete !== undefined) return `${incomplete.title} was not read completely`
  if (unresolved > 0) return 'not everything that may be open was looked at'
  const unsure = [...changes, ...possible].find(({ certainty }) => certainty !== 'certain')
  return unsure === undefined
    ? null
    : `the change from \`${idOf(unsure.from)}\` to \`${idOf(unsure.to)}\` is ${unsure.certainty}`
}

function noAnswer(
  base: ReportSide,
  head: ReportSide,
  { settingsChanged = [], notes = [] }: DiffOptions,
  diagnostics: readonly Diagnostic[],
): DiffResult {
  return {
    schemaVersion: 1,
    command: 'diff',
    incomplete: base.cluster.incomplete || head.cluster.incomplete,
    base: base.name,
    head: head.name,
    summary: { opened: 0, closed: 0, changed: 0, possiblyOpened: 0, unchanged: 0 },
    workloadsAdded: [],
    workloadsRemoved: [],
    workloadsRenamed: [],
    settingsChanged,
    changes: null,
    possiblyOpened: [],
    isolation: [],
    dns: [],
    servicesChanged: [],
    policiesWithoutEffect: [],
    failing: [],
    notes,
    diagnostics,
  }
}

function askedIn({ from, to, port }: DiffOptions): Pick<DiffResult, 'asked'> {
  const asked = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(port === undefined ? {} : { port: String(port) }),
  }
  return Object.keys(asked).length === 0 ? {} : { asked }
}

function present(
  base: ReportSide,
  head: ReportSide,
  answer: DiffAnswer,
  options: DiffOptions,
  diagnostics: readonly Diagnostic[],
): DiffResult {
  const { limit = 0 } = options
  const counts = { added: 0, removed: 0, changed: 0, possible: 0 }
  for (const { kind } of answer.changes) counts[kind]++
  const few = (all: readonly Change[]) => (limit === 0 ? all : all.slice(0, limit))
  const left = [answer.changes, answer.possible].flatMap((all) => (limit === 0 ? [] : all.slice(limit)))
  const workloads = (name: 'base' | 'head', { placeOf }: ReportSide) =>
    workloadsOfOneSide(answer, name).map(({ workload, ...facts }): WorkloadResult => {
      const { id, kind, namespace, name: called, source } = workload
      const place = source.locate([])
      const file = source.file === null ? null : placeOf(source.file)
      return { id, kind, namespace, name: called, file, line: place?.line ?? null, ...facts }
    })
  const present = changePresenter()
  const causes = causePresenter(base, head, answer)
  const told = (change: Change): ChangeResult => present(change, causes.ofChange(change))
  const [changes, possiblyOpened] = [few(answer.changes).map(told), few(answer.possible).map(told)]
  return {
    ...noAnswer(base, head, options, diagnostics),
    ...askedIn(options),
    summary: {
      opened: counts.added,
      closed: counts.removed,
      changed: counts.changed,
      possiblyOpened: answer.possible.length,
      // Counted for who reads it, when the rest is known already
      get unchanged() {
        const count = withinLimits(answer.unchanged)
        return count.ok ? count.value : null
      },
    },
    workloadsAdded: workloads('head', head),
    workloadsRemoved: workloads('base', base),
    workloadsRenamed: answer.renamed.map(({ from, to }) => ({ from: from.id, to: to.id })),
    changes,
    possiblyOpened,
    notes: [...(options.notes ?? []), ...possibleNote(head.cluster, answer), ...unresolvedNote(answer.unresolved)],
    ...(left.length === 0 ? {} : { omittedChanges: left.length }),
    isolation: answer.isolation.map((one) => ({
      id: one.pair.id,
      direction: one.direction,
      change: one.change,
      because: causes.of(answer.because.ofIsolation(one)),
    })),
    dns: answer.dns.map((one) => ({
      id: one.pair.id,
      change: one.change,
      because: causes.of(answer.because.ofDns(one)),
    })),
    servicesChanged: answer.services.map(({ service, added, removed, ports }) => ({
      id: workloadId(service),
      namespace: service.namespace,
      name: service.name,
      backendsAdded: added,
      backendsRemoved: removed,
      portsChanged: ports,
    })),
    policiesWithoutEffect: causes.withoutEffect(left),
    failing: failing(answer, options.failOn ?? []),
  }
}
