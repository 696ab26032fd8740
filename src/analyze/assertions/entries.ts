import type { SetId } from '../../matrix/connection-sets.js'
import type { AllowOnlyAssertion, AllowOnlyEntry, Words } from '../../model/assertion.js'
import type { ClusterService } from '../../model/cluster.js'
import type { AddressRange } from '../../net/ranges.js'
import { declaredAt, portsAt } from './asked-ports.js'
import type { End } from './ends.js'
import type { ResolvedPeer } from './peers.js'
import type { Scene } from './scene.js'
import { namingsFor, sideOf, type Naming, type SideEnd } from './sides.js'
import { nothing } from './unanswerable.js'

/** An entry of `allowOnlyFrom` or `allowOnlyTo` with all that it names. */
export interface PreparedEntry {
  readonly entry: AllowOnlyEntry
  readonly ends: ReadonlyMap<string, SideEnd>
  /** The addresses that it names, with what it says of them, and how far permission for them extends. */
  readonly outside: readonly {
    readonly naming: Naming
    readonly ranges: readonly AddressRange[]
    readonly wide: readonly AddressRange[]
  }[]
  isUsed: boolean
}

/** Looks up who an entry names. */
export function prepareEntry(scene: Scene, test: AllowOnlyAssertion, entry: AllowOnlyEntry): PreparedEntry {
  const isDestination = test.kind === 'allowOnlyTo'
  const peers = scene.lookUp(entry.peers, isDestination ? 'destination' : 'source')
  const twice = peers.find(({ ports }) => ports !== null && (entry.ports !== null || test.ports !== null))
  if (twice !== undefined && entry.ports !== null)
    throw nothing(twice.words.place, '`ports` beside a destination with a port of its own', 'leave one out')
  const ends = sideOf(peers).filter(({ end }) => rangesOf(end) === null)
  return {
    entry,
    ends: new Map(ends.map((side) => [side.end.id, side])),
    outside: peers.flatMap((peer) => outsideOf(peer)),
    isUsed: false,
  }
}

function outsideOf({ ends, wide, ports, service, isTied, words }: ResolvedPeer): PreparedEntry['outside'] {
  const ranges = ends.flatMap((end) => rangesOf(end) ?? [])
  return ranges.length === 0 ? [] : [{ naming: { ports, service, isTied, words }, ranges, wide }]
}

/** The addresses of an outside end, also of one that may be a node's. */
function rangesOf(end: End): readonly AddressRange[] | null {
  if (end.kind === 'outside') return end.ranges
  return end.kind === 'single' && end.party.kind === 'outside' ? end.party.ranges : null
}

/** Finds the entries that name an end; most ends are in none. */
export function entriesByEnd(entries: readonly PreparedEntry[]): (end: End) => readonly PreparedEntry[] {
  const known = new Map<string, PreparedEntry[]>()
  for (const entry of entries) {
    for (const id of entry.ends.keys()) {
      const found = known.get(id)
      if (found === undefined) known.set(id, [entry])
      else found.push(entry)
    }
  }
  return ({ id }) => known.get(id) ?? []
}

/** What entries say of one pair, or of some addresses of it. */
export interface Terms {
  readonly permitted: SetId
  /** Of these every port must be open. */
  readonly required: SetId
  /** Known gaps: of each, its entry and the ports that are open and should not be. */
  readonly gaps: readonly { readonly of: PreparedEntry; readonly ports: SetId }[]
}

/** What a test asks about for a pair, and by way of which Services its subject is named as a destination; null is none. */
export interface Asked {
  readonly asked: SetId
  /** The test names the ports. */
  readonly isNamed: boolean
  readonly services: readonly (ClusterService | null)[]
}

const AT_ENTRY = 'write the port of the Service behind it'

/** What an entry says of a pair under one of its namings; `asked` is what the test asks about there. */
export function termsOf(
  { world }: Scene,
  test: AllowOnlyAssertion,
  prepared: PreparedEntry,
  { ports, words, service: named }: Naming,
  destination: End,
  { asked, isNamed, services }: Asked,
): Terms {
  const { sets } = world.matrix
  const { entry } = prepared
  const own = ports ?? entry.ports
  if (named !== null && test.kind === 'allowOnlyTo' && own === null && isNamed)
    throw nothing(words.place, `\`${words.text}\` is a Service, and the ports of the test are those of pods`, AT_ENTRY)
  // In allowOnlyFrom the destination is the subject, however the entry is named
  const through = test.kind === 'allowOnlyFrom' ? services : [named]
  const portsNamed = (list: readonly Words[]) =>
    through.map((service) => portsAt(world, list, destination, service)).reduce(sets.union, sets.none)
  const permitted = own === null ? asked : portsNamed(own)
  if (own !== null && !sets.covers(asked, permitted))
    throw nothing(
      own[0]?.place ?? entry.place,
      "the entry's ports are not among those of the test",
      'a test with `ports` asks only about these',
    )
  if (entry.knownGap !== null) return { permitted, required: sets.none, gaps: [{ of: prepared, ports: permitted }] }
  if (entry.mayBeClosed) return { permitted, required: sets.none, gaps: [] }
  if (own !== null || isNamed) return { permitted, required: permitted, gaps: [] }
  const declared = through.map((service) => declaredAt(world, destination, service)).find((found) => found !== null)
  if (declared !== undefined) return { permitted, required: declared, gaps: [] }
  throw nothing(
    words.place,
    `\`${destination.id}\` declares no ports, so nothing would have to be open`,
    test.kind === 'allowOnlyFrom'
      ? 'write `ports` at the test'
      : 'write the ports of the entry, or `mayBeClosed: true`',
  )
}

/** What the entries that name the other end say of a pair. */
export function termsFor(
  scene: Scene,
  test: AllowOnlyAssertion,
  entries: readonly PreparedEntry[],
  { subject, other }: { readonly subject: End; readonly other: End },
  asked: Asked,
): Terms {
  const { sets } = scene.world.matrix
  const destination = test.kind === 'allowOnlyFrom' ? subject : other
  let terms: Terms = { permitted: sets.none, required: sets.none, gaps: [] }
  for (const prepared of entries) {
    const side = prepared.ends.get(other.id)
    if (side === undefined) continue
    for (const naming of namingsFor(side, subject)) {
      prepared.isUsed = true
      terms = joinTerms(sets.union, terms, termsOf(scene, test, prepared, naming, destination, asked))
    }
  }
  return terms
}

export function joinTerms(union: (a: SetId, b: SetId) => SetId, a: Terms, b: Terms): Terms {
  return {
    permitted: union(a.permitted, b.permitted),
    required: union(a.required, b.required),
    gaps: [...a.gaps, ...b.gaps],
  }
}
