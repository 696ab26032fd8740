import type { SetId } from '../../matrix/connection-sets.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import type { PolicyRef } from '../../model/reference.js'
import type { PortQuestion } from '../../query/port.js'
import { setAsked } from '../asked-ports.js'
import type { Change } from './change.js'
import { changeOf, type Edit, type HasEdit } from './edits/edit.js'
import { compareRanks, ranks } from './edits/edit-order.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { IsolationChange, Gain } from './isolation-changes.js'
import { SIDES, type JointWorld, type SideName } from './joint-world.js'
import type { Extent, Mixture, Mixtures, Outcome } from './mixtures.js'

/** An edit that a change comes of; `alone` where undoing it by itself takes back some of the change. */
export interface Cause {
  readonly edit: Edit
  readonly alone: boolean
}

/** A policy that differs, and the side that it stands on. */
export interface UnnamedPolicy {
  readonly policy: PolicyRef
  readonly change: 'added' | 'removed' | 'edited'
  readonly side: SideName
}

/** Finds the edits that changes come of. */
export interface Because {
  /** All edits that could matter to a change, and what comes of any of them. */
  readonly mixtureOf: (change: Change) => Mixture
  ofChange(change: Change): readonly Cause[]
  ofIsolation(change: IsolationChange): readonly Cause[]
  ofDns(change: Gain): readonly Cause[]
  /** Policies that differ, and that nothing that was asked about so far comes of; in the order of the head, then of the base. */
  unnamed(): readonly UnnamedPolicy[]
}

/**
 * Attributes changes to edits. Undoing exactly the named ones in the head gives a pair what it had in the base, making exactly these
 * in the base gives it what it has in the head, and none of them can be left out. Where several sets would do, edits are left out
 * in the order of `AREAS`, and within an area from the last file and line backwards.
 */
export function because(world: JointWorld, mixed: Mixtures, port: PortQuestion): Because {
  const rankOf = ranks()
  const named = new Set<Edit>()
  const known = new Map<string, readonly Cause[]>()

  function causesOf(
    mixture: Mixture,
    key: string | null,
    takesBack: (now: Outcome, head: Outcome) => boolean,
  ): readonly Cause[] {
    const before = key === null ? undefined : known.get(key)
    const found = before ?? attribute(mixture, takesBack)
    if (key !== null) known.set(key, found)
    for (const { edit } of found) named.add(edit)
    return found
  }

  function attribute(
    { edits, outcome }: Mixture,
    takesBack: (now: Outcome, head: Outcome) => boolean,
  ): readonly Cause[] {
    const [only, ...others] = edits
    if (only === undefined) return []
    // Something has changed, and nothing else differs that could matter
    if (others.length === 0) return [{ edit: only, alone: true }]
    const order = [...edits].sort((a, b) => compareRanks(rankOf(a), rankOf(b)))
    const numbers = new Map(order.map((edit, index) => [edit, index]))
    const outcomes = new Map<string, Outcome>()
    const under = (made: (index: number) => boolean): Outcome => {
      const key = order.map((_, index) => (made(index) ? '1' : '0')).join('')
      const before = outcomes.get(key)
      if (before !== undefined) return before
      const has: HasEdit = (edit) => made(numbers.get(edit) ?? -1)
      const found = outcome(has)
      outcomes.set(key, found)
      return found
    }
    const [base, head] = [under(() => false), under(() => true)]
    const kept = new Set(order.keys())
    const holds = (): boolean =>
      isSame(
        under((index) => kept.has(index)),
        head,
      ) &&
      isSame(
        under((index) => !kept.has(index)),
        base,
      )
    for (let isSmaller = true; isSmaller;) {
      isSmaller = false
      for (const index of [...kept]) {
        kept.delete(index)
        if (holds()) isSmaller = true
        else kept.add(index)
      }
      // A set is only gone through again where leaving one out could let another be left out
      if (kept.size <= 1) break
    }
    return [...kept]
      .sort((a, b) => b - a)
      .flatMap((index) => {
        const edit = order[index]
        if (edit === undefined) return []
        return [
          {
            edit,
            alone: takesBack(
              under((one) => one !== index),
              head,
            ),
          },
        ]
      })
  }

  return {
    mixtureOf,
    ofChange(change) {
      const { opened, closed } = change
      const mixture = mixtureOf(change)
      const key =
        mixture.sharedKey === null
          ? null
          : `${mixture.sharedKey} ${change.family ?? ''} ${textOf(opened)} ${textOf(closed)}`
      const [more, less] = [world.sets.of(opened), world.sets.of(closed)]
      return causesOf(mixture, key, (now, head) => {
        const { sets } = world
        return head.some((set, slot) => {
          const own = now[slot] ?? sets.none
          const [gone, back] = [sets.minus(set, own), sets.minus(own, set)]
          return sets.intersect(gone, more) !== sets.none || sets.intersect(back, less) !== sets.none
        })
      })
    },
    ofIsolation({ pair, direction }) {
      const mixture = mixed.isolation(pair, direction)
      return causesOf(mixture, null, (now, head) => !isSame(now, head))
    },
    ofDns({ pair }) {
      return causesOf(mixed.dns(pair), null, (now, head) => !isSame(now, head))
    },
    unnamed: () =>
      mixed.policies.flatMap(({ edits, base, head }): readonly UnnamedPolicy[] => {
        const form = head ?? base
        if (form === null || edits.length === 0 || edits.some((edit) => named.has(edit))) return []
        return [{ policy: form.ref, change: changeOf(base, head), side: head === null ? 'base' : 'head' }]
      }),
  }

  /** The ports that are asked about at a destination, whatever a name stands for on either side. */
  function askedAt(to: EndpointPair | null): SetId {
    const { sets } = world
    if (to === null) return setAsked(sets, port, null)
    return SIDES.map((name) => to[name]).reduce(
      (all, end) => (end === null ? all : sets.union(all, setAsked(sets, port, end))),
      sets.none,
    )
  }

  function mixtureOf(change: Change): Mixture {
    return change.ranges === null ? betweenOf(change) : outsideOf(change)
  }

  function betweenOf({ from, to, kind }: Change): Mixture {
    if (from === null || to === null) throw new Error('a change without addresses is between two endpoints')
    return mixed.between(from, to, askedAt(to), extentOf(kind))
  }

  function outsideOf({ from, to, ranges, kind }: Change): Mixture {
    const near = from ?? to
    if (near === null || ranges === null) throw new Error('a change with addresses has one endpoint')
    return mixed.outside(near, from === null ? 'ingress' : 'egress', ranges, askedAt(to), extentOf(kind))
  }
}

function extentOf(kind: Change['kind']): Extent {
  return kind === 'possible' ? 'possible' : 'value'
}

function textOf(ports: readonly PortAtom[]): string {
  return ports.map(({ protocol, first, last }) => `${first}-${last}/${protocol}`).join()
}

function isSame(a: Outcome, b: Outcome): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index])
}
