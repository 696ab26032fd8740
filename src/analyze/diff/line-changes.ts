import type { SetId } from '../../matrix/connection-sets.js'
import type { PortAtom } from '../../matrix/port-atoms.js'
import type { Certainty } from '../../model/verdict.js'
import { FAMILIES, type Family } from '../../net/address.js'
import type { Openness } from './openness.js'
import { portsWithout, samePorts } from './port-lists.js'

/**
 * What became of the open ports of a pair; `added` where none was open before, `removed` where none is after, `possible` where
 * some were certainly closed and may be open (`opened`), although nothing is open otherwise as things stand.
 */
export interface LineChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'possible'
  /** Where families differ, the one that the line is about. */
  readonly family: Family | null
  readonly before: readonly PortAtom[]
  readonly after: readonly PortAtom[]
  readonly opened: readonly PortAtom[]
  readonly closed: readonly PortAtom[]
  readonly certainty: Certainty
}

/** How many lines of matrices were looked at. */
export interface LinesSeen {
  /** Those of the base. */
  readonly before: number
  /** Those that are the same on both sides. */
  readonly unchanged: number
}

/** Sums up what was looked at one after the other. */
export function linesSeen(parts: readonly LinesSeen[]): LinesSeen {
  const sum = (of: keyof LinesSeen) => parts.reduce((all, part) => all + part[of], 0)
  return { before: sum('before'), unchanged: sum('unchanged') }
}

/** How the lines about a pair differ. */
export interface LineChanges extends LinesSeen {
  readonly changes: readonly LineChange[]
}

/** The ports of a set as one side shows them. */
export type ShownPorts = (set: SetId) => readonly PortAtom[]

/**
 * Compares what two sides say of one pair, as if both were certain. Where families differ on a side each of them is compared as
 * well; those of which only one side has a line are no line that both have.
 */
export function compareLines(
  before: { readonly said: Openness; readonly ports: ShownPorts },
  after: { readonly said: Openness; readonly ports: ShownPorts },
): LineChanges {
  const differs = before.said.differs || after.said.differs
  let [linesBefore, unchanged] = [0, 0]
  const changes = [null, ...(differs ? FAMILIES : [])].flatMap((family): readonly LineChange[] => {
    const setOf = ({ all, byFamily }: Openness) => (family === null ? all : byFamily[family])
    const [old, now] = [before.ports(setOf(before.said)), after.ports(setOf(after.said))]
    if (old.length + now.length === 0) return []
    if (old.length > 0 && (family === null || before.said.differs)) linesBefore++
    if (samePorts(old, now)) {
      if (family === null || (before.said.differs && after.said.differs)) unchanged++
      return []
    }
    return [changeOf(family, old, now, 'certain')]
  })
  return { changes, before: linesBefore, unchanged }
}

/** A change from some ports to others. */
export function changeOf(
  family: Family | null,
  before: readonly PortAtom[],
  after: readonly PortAtom[],
  certainty: Certainty,
): LineChange {
  const kind = before.length === 0 ? 'added' : after.length === 0 ? 'removed' : 'changed'
  const [opened, closed] = [portsWithout(after, before), portsWithout(before, after)]
  return { kind, family, before, after, opened, closed, certainty }
}

/** Ports that may be open now, beside those that are open. */
export function possibleChange(
  family: Family | null,
  open: readonly PortAtom[],
  opened: readonly PortAtom[],
  certainty: Certainty,
): LineChange {
  return { kind: 'possible', family, before: open, after: open, opened, closed: [], certainty }
}
