/** `ingress` is evaluated at the destination, `egress` at the source. */
export type Direction = 'ingress' | 'egress'

/** Both directions, in the order in which a connection meets them. */
export const DIRECTIONS = ['egress', 'ingress'] as const satisfies readonly Direction[]

/** The other one of the two. */
export function otherDirection(direction: Direction): Direction {
  return direction === 'ingress' ? 'egress' : 'ingress'
}
