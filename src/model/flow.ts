/** The transport protocols that a NetworkPolicy can speak of. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** Every protocol, in the order of all outputs. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const satisfies readonly Protocol[]

/** The highest port number; ports run from 1 (B-15). */
export const MAX_PORT = 65535

/** `ingress` is judged at the destination, `egress` at the source. */
export type Direction = 'ingress' | 'egress'

/** Both directions, in the order in which a connection meets them. */
export const DIRECTIONS = ['egress', 'ingress'] as const satisfies readonly Direction[]
