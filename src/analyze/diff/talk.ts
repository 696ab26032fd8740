import type { Connection } from '../connections.js'
import type { Segment, Stretch } from '../connection-segments.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import { isOfInternet, rangesOf } from '../outside-ranges.js'

/** Whom a workload may talk to, in lines that open some port; what it says to itself counts once. */
export interface Talk {
  fromInternet: boolean
  toInternet: boolean
  connections: number
  acrossNamespaces: number
}

/** The lines of a stretch, and how many sources they are said of. */
interface Totals {
  readonly lines: number
  readonly linesIn: ReadonlyMap<string, number>
  /** By the talk of the workloads that are counted. */
  readonly linesTo: ReadonlyMap<Talk, { readonly namespace: string; readonly lines: number }>
  sources: number
  readonly sourcesIn: Map<string, number>
}

/** So many columns are kept until they are added up. */
const KEPT_COLUMNS = 1_000_000

/**
 * Adds up what parts of a matrix say of some workloads by their ids; those of others are passed by. Sources of one kind share
 * a stretch, so that its columns are gone through once for all of them.
 */
export function countTalk(talkOf: ReadonlyMap<string, Talk>, segments: Iterable<Segment>): void {
  const kept = new Map<Stretch, Totals>()
  let columns = 0

  function totalsOf(stretch: Stretch): Totals {
    const known = kept.get(stretch)
    if (known !== undefined) return known
    if (columns + stretch.columns.length > KEPT_COLUMNS) flush()
    const made = totals(stretch, talkOf)
    kept.set(stretch, made)
    columns += stretch.columns.length
    return made
  }

  function flush(): void {
    for (const { linesTo, sources, sourcesIn } of kept.values()) {
      for (const [talk, { namespace, lines }] of linesTo) {
        talk.connections += lines * sources
        talk.acrossNamespaces += lines * (sources - (sourcesIn.get(namespace) ?? 0))
      }
    }
    kept.clear()
    columns = 0
  }

  function addStretch(from: MatrixEndpoint, stretch: Stretch, itself: number): void {
    const { id, namespace } = from.party.workload
    const found = totalsOf(stretch)
    found.sources += 1
    found.sourcesIn.set(namespace, (found.sourcesIn.get(namespace) ?? 0) + 1)
    const own = talkOf.get(id)
    if (own === undefined) return
    // Parts of one workload, of which the destination counts what they say to each other
    const toOwn = found.linesTo.get(own)?.lines ?? 0
    own.connections += found.lines - toOwn - (itself < 0 ? 0 : linesAt(stretch, itself))
    own.acrossNamespaces += found.lines - (found.linesIn.get(namespace) ?? 0)
  }

  for (const segment of segments) {
    if ('connections' in segment) for (const connection of segment.connections) addOutside(talkOf, connection)
    else addStretch(segment.from, segment.stretch, segment.itself)
  }
  flush()
}

function addOutside(talkOf: ReadonlyMap<string, Talk>, connection: Connection): void {
  const { from, to, ports } = connection
  const end = 'party' in from ? from : 'party' in to ? to : null
  const talk = end === null ? undefined : talkOf.get(end.party.workload.id)
  if (talk === undefined || ports.length === 0) return
  talk.connections += 1
  if (!isOfInternet(rangesOf(connection))) return
  if ('ranges' in from) talk.fromInternet = true
  if ('ranges' in to) talk.toInternet = true
}

function totals(stretch: Stretch, talkOf: ReadonlyMap<string, Talk>): Totals {
  const linesTo = new Map<Talk, { namespace: string; lines: number }>()
  const linesIn = new Map<string, number>()
  let all = 0
  for (const [at, { party }] of stretch.columns.entries()) {
    const { id, namespace } = party.workload
    const lines = linesAt(stretch, at)
    all += lines
    linesIn.set(namespace, (linesIn.get(namespace) ?? 0) + lines)
    const talk = talkOf.get(id)
    if (talk === undefined) continue
    const known = linesTo.get(talk) ?? { namespace, lines: 0 }
    known.lines += lines
    linesTo.set(talk, known)
  }
  return { lines: all, linesIn, linesTo, sources: 0, sourcesIn: new Map() }
}

function linesAt({ said }: Stretch, column: number): number {
  return said[column]?.lines.filter(({ ports }) => ports.length > 0).length ?? 0
}
