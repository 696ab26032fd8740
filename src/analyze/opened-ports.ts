import { resolvable } from '../engine/ports.js'
import type { View } from '../engine/view.js'
import type { ContainerPort } from '../model/cluster.js'
import { PROTOCOLS, type Protocol } from '../model/protocol.js'
import { once } from '../model/once.js'
import type { AnyRule, PortRange } from '../model/policy.js'
import { mergePorts } from '../model/port-ranges.js'

/** How much of the ports that are asked the entries of a rule's `ports` open. */
export function openedOf(rule: AnyRule, { flow, reading }: View, asked: PortRange): 'all' | 'some' | 'none' {
  if (rule.ports.length === 0) return 'all'
  const ranges = openedAt(rule)(resolvable(flow.destination, reading))[flow.protocol]
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.last ?? 0) < asked.first) low = middle + 1
    else high = middle
  }
  const range = ranges[low]
  if (range === undefined || range.first > asked.last) return 'none'
  return range.first <= asked.first && asked.last <= range.last ? 'all' : 'some'
}

/** The ranges that a rule opens at a destination with these named ports, sorted and merged: many flows ask for them. */
const openedAt = once((rule: AnyRule) =>
  once((declared: readonly ContainerPort[]): Readonly<Record<Protocol, readonly PortRange[]>> => {
    const named = new Set(
      rule.ports.flatMap(({ protocol, port }) => (typeof port === 'string' ? `${port}/${protocol}` : [])),
    )
    const byName = declared.filter(({ name, protocol }) => name !== null && named.has(`${name}/${protocol}`))
    const ranges = [
      ...rule.ports.flatMap(({ protocol, port }) =>
        typeof port === 'string' ? [] : [{ protocol, first: port?.first ?? 0, last: port?.last ?? Infinity }],
      ),
      ...byName.map(({ protocol, port }) => ({ protocol, first: port, last: port })),
    ]
    return Object.fromEntries(
      PROTOCOLS.map((wanted) => [wanted, mergePorts(ranges.filter(({ protocol }) => protocol === wanted))]),
    ) as Record<Protocol, readonly PortRange[]>
  }),
)
