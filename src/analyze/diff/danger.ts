import type { AddressRange } from '../../net/ranges.js'
import { isOfInternet } from '../outside-ranges.js'
import type { LineChange } from './line-changes.js'

/** What a change means, the most dangerous first. */
export const DANGERS = ['from-internet', 'across-namespaces', 'outside', 'within-namespace', 'closed'] as const

export type Danger = (typeof DANGERS)[number]

/** The danger of a change between two namespaces. */
export function dangerWithin({ opened }: LineChange, from: string, to: string): Danger {
  if (opened.length === 0) return 'closed'
  return from === to ? 'within-namespace' : 'across-namespaces'
}

/** The danger of a change with the outside world. */
export function dangerOutside(
  { opened }: LineChange,
  direction: 'ingress' | 'egress',
  ranges: readonly AddressRange[],
): Danger {
  if (opened.length === 0) return 'closed'
  return direction === 'ingress' && isOfInternet(ranges) ? 'from-internet' : 'outside'
}
