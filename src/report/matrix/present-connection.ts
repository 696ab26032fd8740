import type { Connection } from '../../analyze/connections.js'
import { NOTES } from '../../model/note.js'
import { once } from '../../model/once.js'
import { toCidrs } from '../../net/cidr.js'
import type { AddressRange } from '../../net/ranges.js'
import { NOTE_WORDING } from '../wording/notes.js'
import type { ConnectionResult } from './matrix-result.js'

/** Presents connections; neighbours mostly have the same ports and addresses, which are presented once. */
export function presenter(): (connection: Connection) => ConnectionResult {
  const portsOf = once((ports: Connection['ports']): ConnectionResult['ports'] =>
    ports.map(({ protocol, first, last }) => ({ protocol, port: first, endPort: last })),
  )
  const cidrsOf = once((ranges: readonly AddressRange[]) => ranges.flatMap(toCidrs))
  return ({ from, to, ports, possible, family, certainty, note }) => ({
    from: from.id,
    to: to.id,
    ...('ranges' in from ? { cidrs: cidrsOf(from.ranges) } : {}),
    ...('ranges' in to ? { cidrs: cidrsOf(to.ranges) } : {}),
    ports: portsOf(ports),
    ...(possible.length === 0 ? {} : { possible: portsOf(possible) }),
    ...(family === null ? {} : { family }),
    ...(certainty === 'certain' ? {} : { certainty }),
    ...(note === null ? {} : { notes: [{ code: note, certainty: NOTES[note], message: NOTE_WORDING[note](to.id) }] }),
  })
}
