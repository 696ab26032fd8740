import { matrixAnswer, withinLimits, type MatrixAnswer } from '../../analyze/matrix.js'
import type { MatrixEndpoint } from '../../analyze/matrix-endpoints.js'
import { choicesOfAnswer, type Choice } from '../../model/choice.js'
import type { Cluster } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { mistake, readOptions, type CheckOptions } from '../check.js'
import { endpointResult } from '../endpoint-result.js'
import { NOTHING_LEFT, reader, type LineFormat, type MatrixListener, type Omitted } from './connection-reader.js'
import { frameOf, type MatrixFrame } from './matrix-frame.js'
import type { ConnectionResult, MatrixEndpointResult, MatrixResult } from './matrix-result.js'

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

/** A matrix that is computed while its connections are read, so that its size does not matter. */
export interface MatrixReport extends Omit<
  MatrixResult,
  'connections' | 'omittedConnections' | 'schemaVersion' | 'command'
> {
  /** Computes the connections. Null where the question could not be answered. */
  readonly connections: ((listener?: MatrixListener) => Iterable<ConnectionResult>) | null
  /** The same as text, in the words of a format; null likewise. */
  readonly lines: ((format: LineFormat, listener?: MatrixListener) => Iterable<string>) | null
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
    lines: null,
    omitted: () => NOTHING_LEFT,
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
  const reading = reader(answer.value, options.limit)
  return {
    incomplete: cluster.incomplete,
    inventory: cluster.inventory,
    endpoints: answer.value.endpoints.map(presentEndpoint),
    connections: reading.connections,
    lines: reading.lines,
    omitted: () => reading.state.omitted,
    estimated: () => reading.state.estimated,
    frame: frameOf(answer.value),
    overview(detail, onRow) {
      const found = answer.value.overview(detail, onRow)
      reading.state.estimated = found.estimated
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
