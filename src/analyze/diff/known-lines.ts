import type { ConnectionSets } from '../../matrix/connection-sets.js'
import { once } from '../../model/once.js'
import type { Certainty } from '../../model/verdict.js'
import type { PortQuestion } from '../../query/port.js'
import { portsAsked } from '../asked-ports.js'
import type { Group } from './groups.js'
import { compareLines, type LineChange, type LineChanges } from './line-changes.js'
import type { Openness } from './openness.js'

/** Compares lines of pairs; what is the same for many pairs is compared once, and is one object. */
export interface KnownLines {
  /** What became of a pair with a destination, as if both sides were certain. */
  of(before: Openness, after: Openness, destination: Group): LineChanges
  /** The same changes, each as sure as it is. */
  sure(changes: readonly LineChange[], sureOf: (change: LineChange) => Certainty): readonly LineChange[]
}

/** Above any number of a set. */
const SETS = 2 ** 26

/** Prepares to compare what is open of the ports that are asked about. */
export function knownLines(sets: ConnectionSets, port: PortQuestion): KnownLines {
  const byAll = new Map<number, LineChanges>()
  const byFamilies = new Map<string, LineChanges>()
  const variantsOf = once<readonly LineChange[], Map<string, readonly LineChange[]>>(() => new Map())
  // Which ports a name stands for depends on the destination, and on the side
  const isAlike = port.kind === 'whole-set' || port.kind === 'range'

  function compared(before: Openness, after: Openness, { base, head }: Group): LineChanges {
    const [old, now] = [base, head].map((seen) => (set: number) => {
      return portsAsked(sets.ports(set), port, seen?.endpoint ?? null)
    })
    if (old === undefined || now === undefined) throw new Error('there are two sides')
    return compareLines({ said: before, ports: old }, { said: after, ports: now })
  }

  return {
    of(before, after, destination) {
      const make = () => compared(before, after, destination)
      if (!isAlike) return make()
      return before.differs || after.differs
        ? kept(byFamilies, `${textOf(before)} ${textOf(after)}`, make)
        : kept(byAll, before.all * SETS + after.all, make)
    },
    sure(changes, sureOf) {
      if (changes.length === 0) return changes
      const certainties = changes.map(sureOf)
      if (certainties.every((one) => one === 'certain')) return changes
      return kept(variantsOf(changes), certainties.join(), () =>
        changes.map((change, at) => ({ ...change, certainty: certainties[at] ?? 'certain' })),
      )
    },
  }
}

function textOf({ all, byFamily: { IPv4, IPv6 }, differs }: Openness): string {
  return `${all} ${IPv4} ${IPv6} ${String(differs)}`
}

function kept<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}
