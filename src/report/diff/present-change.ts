import type { Change } from '../../analyze/diff/change.js'
import { once } from '../../model/once.js'
import { toCidrs } from '../../net/cidr.js'
import type { AddressRange } from '../../net/ranges.js'
import type { PortResult } from '../matrix/matrix-result.js'
import type { CauseResult, ChangeResult } from './diff-result.js'

/** Presents changes; most have the same ports and addresses as others, which are presented once. */
export function changePresenter(): (change: Change, because: readonly CauseResult[]) => ChangeResult {
  const portsOf = once((ports: Change['before']): readonly PortResult[] =>
    ports.map(({ protocol, first, last }) => ({ protocol, port: first, endPort: last })),
  )
  const cidrsOf = once((ranges: readonly AddressRange[]) => ranges.flatMap(toCidrs))
  return (change, because) => {
    const { kind, danger, ranges, family, certainty } = change
    const [from, to, before, after] = [
      idOf(change.from),
      idOf(change.to),
      portsOf(change.before),
      portsOf(change.after),
    ]
    const [opened, closed] = [portsOf(change.opened), portsOf(change.closed)]
    // Written out for what there may be a million of
    if (ranges === null && family === null && certainty === 'certain')
      return { kind, danger, from, to, before, after, opened, closed, because }
    return {
      kind,
      danger,
      from,
      to,
      ...(ranges === null ? {} : { cidrs: cidrsOf(ranges) }),
      ...(family === null ? {} : { family }),
      before,
      after,
      opened,
      closed,
      ...(certainty === 'certain' ? {} : { certainty }),
      because,
    }
  }
}

/** An end as results call it. */
export function idOf(end: Change['from']): string {
  return end?.id ?? 'external'
}
