/** The transport protocols that a NetworkPolicy can speak of. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** Every protocol, in the order of all outputs. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const satisfies readonly Protocol[]

/** The highest port number; ports run from 1 (B-15). */
export const MAX_PORT = 65535
