import type { ConnectionSets, SetId } from '../matrix/connection-sets.js'
import type { PortAtom } from '../matrix/port-atoms.js'
import { MAX_PORT, PROTOCOLS } from '../model/protocol.js'
import type { PortQuestion } from '../query/port.js'
import { portsNamed } from './declared-ports.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import { portsBehind } from './service-ports.js'

/** The open ports among those that are asked about; a name means what the destination declares under it. */
export function portsAsked(
  open: readonly PortAtom[],
  asked: PortQuestion,
  to: MatrixEndpoint | null,
): readonly PortAtom[] {
  const wanted = wantedPorts(asked, to)
  if (wanted === null) return open
  return open.flatMap(({ protocol, first, last }) =>
    wanted
      .filter((one) => one.protocol === protocol && one.first <= last && first <= one.last)
      .map((one) => ({ protocol, first: Math.max(first, one.first), last: Math.min(last, one.last) })),
  )
}

/** What is said of an answer must not rest on ports that nobody asked about. */
export function setAsked(sets: ConnectionSets, port: PortQuestion, to: MatrixEndpoint | null): SetId {
  const wanted = wantedPorts(port, to)
  return wanted === null ? sets.all : sets.of(wanted)
}

/** The ports that are asked about at a destination, or null for all of them. */
export function wantedPorts(asked: PortQuestion, to: MatrixEndpoint | null): readonly PortAtom[] | null {
  switch (asked.kind) {
    case 'whole-set':
      return null
    case 'range':
      return asked.first === 1 && asked.last === MAX_PORT && asked.protocols.length === PROTOCOLS.length
        ? null
        : asked.protocols.map((protocol) => ({ protocol, first: asked.first, last: asked.last }))
    case 'name': {
      const declared = to === null ? [] : portsNamed(to.party, asked.name)
      const numbers = declared.filter(({ protocol }) => asked.protocol === null || protocol === asked.protocol)
      return [...new Map(numbers.map((one) => [`${one.port}/${one.protocol}`, one])).values()]
        .map(({ protocol, port }) => ({ protocol, first: port, last: port }))
        .sort((a, b) => a.first - b.first)
    }
    case 'service':
      return to === null
        ? []
        : portsBehind(asked, to.party).map(({ protocol, port }) => ({ protocol, first: port, last: port }))
  }
}
