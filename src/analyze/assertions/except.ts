import type { Exception } from '../../model/assertion.js'
import type { Position } from '../../model/source.js'
import { subtract, type AddressRange } from '../../net/ranges.js'
import type { End } from './ends.js'
import type { PeerLookup } from './peers.js'
import { membersOf, sharesNamespace, type Members } from './sides.js'
import { nothing, Unanswerable } from './unanswerable.js'

/** What is left of a pair: both ends, of an outside one perhaps fewer addresses. */
export interface KeptPair {
  readonly from: End
  readonly to: End
}

/** The exceptions of a test at work. */
export interface Except {
  /** Null where the pair is left out. */
  readonly keep: (from: End, to: End) => KeptPair | null
  /** Throws where an exception left out no pair, or all were left out: neither can be what was meant. */
  readonly check: (place: Position, kept: number) => void
}

interface Prepared {
  readonly exception: Exception
  readonly from: Members | null
  readonly to: Members | null
  isUsed: boolean
}

/** Prepares exceptions, with all that they name. */
export function exceptOf(exceptions: readonly Exception[], lookUp: PeerLookup): Except {
  const prepared = exceptions.map((exception): Prepared => {
    const side = (words: Exception['from']): Members | null => {
      if (words === null) return null
      const peers = lookUp(words, 'destination')
      const withPorts = peers.find(({ ports }) => ports !== null)
      if (withPorts !== undefined)
        throw new Unanswerable(
          'NP036',
          '`except` leaves out pairs, not ports',
          'leave the port out',
          withPorts.words.place,
        )
      return membersOf(peers)
    }
    return { exception, from: side(exception.from), to: side(exception.to), isUsed: false }
  })
  return {
    keep(from, to) {
      let pair: KeptPair | null = { from, to }
      for (const one of prepared) if (pair !== null) pair = without(pair, one)
      return pair
    },
    check(place, kept) {
      const idle = prepared.find(({ isUsed }) => !isUsed)
      if (idle !== undefined)
        throw nothing(
          idle.exception.place,
          'the exception leaves out no pair of this test',
          'remove it, or mend what it names',
        )
      if (kept === 0 && prepared.length > 0) throw nothing(place, '`except` leaves no pair to ask about')
    },
  }
}

/** Takes what an exception means out of a pair. */
function without(pair: KeptPair, one: Prepared): KeptPair | null {
  const { from, to } = pair
  if (one.exception.sameNamespace) {
    if (!sharesNamespace(from, to)) return pair
    one.isUsed = true
    return null
  }
  const [source, destination] = [one.from?.partOf(from, to) ?? 'all', one.to?.partOf(to, from) ?? 'all']
  if (source === 'none' || destination === 'none') return pair
  const left = { from: rest(from, source), to: rest(to, destination) }
  // Only one end of a pair is outside; the other is meant as a whole
  const isWhole = (end: End, part: typeof source) => part === 'all' || end.kind !== 'outside'
  if (isWhole(from, source) && isWhole(to, destination)) {
    one.isUsed = true
    return null
  }
  const kept = { from: isWhole(from, source) ? from : left.from, to: isWhole(to, destination) ? to : left.to }
  const isSame = [kept.from, kept.to].every((end, index) => sizeOf(end) === sizeOf(index === 0 ? from : to))
  if (!isSame) one.isUsed = true
  return sizeOf(kept.from) === 0n || sizeOf(kept.to) === 0n ? null : kept
}

function rest(end: End, part: 'all' | readonly AddressRange[]): End {
  return end.kind === 'outside' && part !== 'all' ? { ...end, ranges: subtract(end.ranges, part) } : end
}

/** How many addresses an outside end has; other ends are one. */
function sizeOf(end: End): bigint {
  return end.kind === 'outside' ? end.ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n) : 1n
}
