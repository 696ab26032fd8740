import type { Connection } from '../../analyze/connections.js'
import { matrixAnswer, withinLimits, type MatrixAnswer } from '../../analyze/matrix.js'
import type { MatrixEndpoint } from '../../analyze/matrix-endpoints.js'
import { choicesOfAnswer, type Choice } from '../../model/choice.js'
import type { Cluster } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { NOTES } from '../../model/note.js'
import { TooCostly } from '../../model/too-costly.js'
import { toCidrs } from '../../net/cidr.js'
import type { AddressRange } from '../../net/ranges.js'
import { mistake, readOptions, type CheckOptions } from '../check.js'
import { endpointResult } from '../endpoint-result.js'
import { NOTE_WORDING } from '../wording/notes.js'
import { frameOf, type MatrixFrame } from './matrix-frame.js'
import type { ConnectionResult, MatrixEndpointResult, MatrixResult } from './matrix-result.js'
import { once } from '../../model/once.js'

/** How to answer, and what to show. Everything may be left out. */
export interface MatrixOptions extends Omit<CheckOptions, 'verbose'> {
  /** Only connections from this peer: `shop/web`, `shop/any`, `internet`, `10.0.0.0/8`, … */
  readonly from?: string | undefined
  /** Only connections to this peer. */
  readonly to?: string | undefined
  /** Only these ports: `8080`, `53/UDP`, `http`, `8000-8100/TCP`. */
  readonly port?: string | number | undefined
  /** At most so many connections are in the result, the others are counted; 0 or left out: all of them. */
  readonly limit?: number | undefined
  /** Only connections with an end in this namespace; `*` stands for any text. */
  readonly within?: string | undefined
  /** One endpoint for each pod, instead of each workload. */
  readonly pods?: boolean | undefined
}

/** Progress callbacks. */
export interface MatrixListener {
  /** After each source: how many are done. */
  readonly onRow?: ((done: number) => void) | undefined
  /** The limit does not count: a picture with cells left out would show them as closed. */
  readonly isWhole?: true
}

/** What a limit left out. */
export interface Omitted {
  readonly count: number
  /** False where there were too many to count. */
  readonly isAll: boolean
}

/** Counting takes nearly as long as printing. */
const MOST_COUNTED = 2_000_000
/** Each of them is a line of a lock file, or is seen to follow from others; so many take seconds. */
const MOST_LOCKED = 1_500_000
const NONE: Omitted = { count: 0, isAll: true }

/** A matrix that is computed while its connections are read, so that its size does not matter. */
export interface MatrixReport extends Omit<
  MatrixResult,
  'connections' | 'omittedConnections' | 'schemaVersion' | 'command'
> {
  /** Computes the connections. Null where the question could not be answered. */
  readonly connections: ((listener?: MatrixListener) => Iterable<ConnectionResult>) | null
  /** How many connections the limit left out when they were last read, and whether these are all. */
  readonly omitted: () => Omitted
  /** How many of the connections that were last read or summed up may be surer than they are said to be. */
  readonly estimated: () => number
  /** Sums up the matrix; the limit does not count. Null where the question could not be answered. */
  readonly overview: MatrixAnswer['overview'] | null
  /** What could be read instead, where there is no answer. */
  readonly choices?: readonly Choice[]
  /** Null where the question could not be answered. */
  readonly frame: MatrixFrame | null
}

/**
 * Answers who may reach whom, on which ports. Returns the very object that `netpol-sim matrix -o json` prints. Mistakes of
 * the user do not throw: `connections` is null then, and `diagnostics` say why.
 */
export function matrix(cluster: Cluster, options: MatrixOptions = {}): MatrixResult {
  const report = matrixReport(cluster, options)
  const { incomplete, inventory, endpoints, connections, omitted, diagnostics, choices } = report
  const all = withinLimits(() => (connections === null ? null : [...connections()]))
  const { count } = omitted()
  const left = count === 0 ? {} : { omittedConnections: count }
  return {
    schemaVersion: 1,
    command: 'matrix',
    incomplete,
    inventory,
    endpoints,
    connections: all.ok ? all.value : null,
    ...left,
    ...(choices === undefined ? {} : { choices }),
    diagnostics: all.ok ? diagnostics : [...diagnostics, mistake(all.error)],
  }
}

/** Prepares the answer to {@link matrix}. */
export function matrixReport(cluster: Cluster, options: MatrixOptions): MatrixReport {
  const refuse = (mistakes: readonly Diagnostic[]): MatrixReport => ({
    incomplete: cluster.incomplete,
    inventory: cluster.inventory,
    endpoints: [],
    connections: null,
    omitted: () => NONE,
    estimated: () => 0,
    frame: null,
    overview: null,
    ...choicesOfAnswer(cluster.choices),
    diagnostics: [...cluster.diagnostics, ...mistakes],
  })
  if (!cluster.answerable) return refuse([])
  const engineOptions = readOptions(options)
  if (!engineOptions.ok) return refuse([mistake(engineOptions.error)])
  const { from, to, port, within, namespace = 'default', pods = false } = options
  const answer = matrixAnswer(
    cluster,
    { from, to, port: port === undefined ? port : String(port), within, namespace, pods },
    engineOptions.value,
  )
  if (!answer.ok) return refuse([mistake(answer.error)])
  if (answer.value.endpoints.length === 0) {
    // An empty picture would look as if all were closed
    const message = 'the input has no pods and no workloads'
    return refuse([
      mistake({ code: 'NP031', message, help: 'templates must be rendered: helm template … | netpol-sim matrix -f -' }),
    ])
  }
  if (options.strict === true) {
    const found = withinLimits(() => doubtIn(cluster, answer.value))
    if (!found.ok) return refuse([mistake(found.error)])
    const doubt = found.value
    if (doubt !== null) {
      return refuse([
        mistake({ code: 'NP032', message: `${doubt}, and --strict rejects uncertain answers`, help: null }),
      ])
    }
  }
  let omitted = NONE
  let estimated = 0
  return {
    incomplete: cluster.incomplete,
    inventory: cluster.inventory,
    endpoints: answer.value.endpoints.map(presentEndpoint),
    connections: function* (listener) {
      const present = presenter()
      const most = options.limit === undefined || options.limit === 0 || listener?.isWhole ? Infinity : options.limit
      let shown = 0
      let count = 0
      omitted = NONE
      estimated = 0
      let locked = 0
      for (const connection of answer.value.connections(listener?.onRow)) {
        if (listener?.isWhole && ++locked > MOST_LOCKED) {
          throw new TooCostly(`the whole matrix has more than ${MOST_LOCKED} open pairs`)
        }
        if (connection.note === 'certainty-estimated') estimated += 1
        if (shown < most) {
          shown += 1
          yield present(connection)
          continue
        }
        count += 1
        omitted = { count, isAll: count < MOST_COUNTED }
        if (!omitted.isAll) break
      }
    },
    omitted: () => omitted,
    estimated: () => estimated,
    frame: frameOf(answer.value),
    overview(detail, onRow) {
      const found = answer.value.overview(detail, onRow)
      estimated = found.estimated
      return found
    },
    diagnostics: cluster.diagnostics,
  }
}

/** What keeps an answer from being one under `--strict`. */
function doubtIn({ incomplete }: Cluster, { connections }: MatrixAnswer): string | null {
  if (incomplete) return 'the input was not read completely'
  for (const { from, to, ports, possible, certainty } of connections()) {
    if (certainty !== 'certain') return `the connection from \`${from.id}\` to \`${to.id}\` is ${certainty}`
    if (possible.length > 0)
      return `the connection from \`${from.id}\` to \`${to.id}\` is not certainly closed${ports.length === 0 ? '' : ' on other ports'}`
  }
  return null
}

function presentEndpoint({ id, party, pods }: MatrixEndpoint): MatrixEndpointResult {
  const { kind, namespace, name, hostNetwork } = endpointResult(party, null)
  return { id, kind, namespace, name, pods, ...(hostNetwork === undefined ? {} : { hostNetwork }) }
}

/** Presents connections; neighbours mostly have the same ports and addresses, which are presented once. */
function presenter(): (connection: Connection) => ConnectionResult {
  const portsOf = once((ports: Connection['ports']): ConnectionResult['ports'] =>
    ports.map(({ protocol, first, last }) => ({ protocol, port: first, endPort: last })),
  )
  const cidrsOf = once((ranges: readonly AddressRange[]) => ranges.flatMap(toCidrs))
  return ({ from, to, ports, possible, family, certainty, note }) => ({
    from: from.id,
    to: to.id,
    ...('ranges' in from ? { cidrs: cidrsOf(from.ranges) } : {}),
    ...('ranges' in to ? { cidrs: cidrsOf(to.ranges) } : {}),
    ports: portsOf(ports),
    ...(possible.length === 0 ? {} : { possible: portsOf(possible) }),
    ...(family === null ? {} : { family }),
    ...(certainty === 'certain' ? {} : { certainty }),
    ...(note === null ? {} : { notes: [{ code: note, certainty: NOTES[note], message: NOTE_WORDING[note](to.id) }] }),
  })
}
