import type { Change } from '../../analyze/diff/change.js'
import { once } from '../../model/once.js'
import { toCidrs } from '../../net/cidr.js'
import type { AddressRange } from '../../net/ranges.js'
import type { PortResult } from '../matrix/matrix-result.js'
import type { ChangeResult } from './diff-result.js'

/** Presents changes; neighbours mostly have the same ports and addresses, which are presented once. */
export function changePresenter(): (change: Change) => Omit<ChangeResult, 'because'> {
  const portsOf = once((ports: Change['before']): readonly PortResult[] =>
    ports.map(({ protocol, first, last }) => ({ protocol, port: first, endPort: last })),
  )
  const cidrsOf = once((ranges: readonly AddressRange[]) => ranges.flatMap(toCidrs))
  return ({ kind, danger, from, to, ranges, family, before, after, opened, closed, certainty }) => ({
    kind,
    danger,
    from: idOf(from),
    to: idOf(to),
    ...(ranges === null ? {} : { cidrs: cidrsOf(ranges) }),
    ...(family === null ? {} : { family }),
    before: portsOf(before),
    after: portsOf(after),
    opened: portsOf(opened),
    closed: portsOf(closed),
    ...(certainty === 'certain' ? {} : { certainty }),
  })
}

/** An end as results call it. */
export function idOf(end: Change['from']): string {
  return end?.id ?? 'external'
}
