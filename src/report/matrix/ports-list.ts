import { MAX_PORT, PROTOCOLS } from '../../model/protocol.js'
import { portsText } from '../wording/near-miss.js'
import type { ConnectionResult, PortResult } from './matrix-result.js'

/** Whether ports are all there are: those of every protocol. */
export function isEveryPort(ports: readonly PortResult[]): boolean {
  return ports.length === PROTOCOLS.length && ports.every(({ port, endPort }) => port === 1 && endPort === MAX_PORT)
}

/** `8080/TCP, 53/UDP`, `any TCP port`, or `all ports`. */
export function portsList(ports: readonly PortResult[]): string {
  if (isEveryPort(ports)) return 'all ports'
  return ports.map(({ protocol, port, endPort }) => portsText({ first: port, last: endPort }, protocol)).join(', ')
}

/** What is open and what may be: `8080/TCP, possibly 5432/TCP`; `mark` stands behind what is open. */
export function portsWithPossible({ ports, possible = [] }: ConnectionResult, mark = ''): string {
  const open = ports.length === 0 ? [] : [`${portsList(ports)}${mark}`]
  if (possible.length === 0) return open.join('')
  const countOf = (some: readonly PortResult[]) => some.reduce((sum, { port, endPort }) => sum + endPort - port + 1, 0)
  const isRest = ports.length > 0 && countOf(ports) + countOf(possible) === MAX_PORT * PROTOCOLS.length
  return [...open, `possibly ${isRest ? 'all other ports' : portsList(possible)}`].join(', ')
}

/** ` over IPv4`, where only that family has the ports. */
export function overFamily(family: ConnectionResult['family']): string {
  return family === undefined ? '' : ` over ${family}`
}

/** `8080/TCP 53/UDP`, for programs: nothing is left out. */
export function portsPlain(ports: readonly PortResult[]): string {
  return ports
    .map(({ protocol, port, endPort }) => `${port}${endPort === port ? '' : `-${endPort}`}/${protocol}`)
    .join(' ')
}
