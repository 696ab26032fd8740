/** Ports of the policies of the cluster (C-21 to C-24). */
import { get, list, text, unset } from './json.js'
import type { Flow, Party } from './parties.js'
import { declaredPorts } from './ports.js'
import type { Run } from './run.js'

/** What the entries of a rule say of the flow; a name is resolved on a pod, and means nothing to other peers (C-24). */
export interface TierPorts {
  /** Whoever the peer is. */
  anyPeer: boolean
  /** Where the peer is matched as a pod. */
  podPeer: boolean
}

function inRange(range: unknown, port: number): boolean {
  return Number(get(range, 'start')) <= port && port <= Number(get(range, 'end'))
}

/** C-21: v1alpha1. The protocol is TCP unless it is given. */
function oldEntry(entry: unknown, flow: Flow, run: Run): boolean {
  for (const key of ['portNumber', 'portRange']) {
    const given = get(entry, key)
    if (unset(given)) continue
    run.hit(unset(get(given, 'protocol')) ? 'C-21.default' : `C-21.${key}`)
    const protocol = unset(get(given, 'protocol')) ? 'TCP' : text(get(given, 'protocol')) // C-21
    if (protocol !== flow.protocol) return false
    return key === 'portRange' ? inRange(given, flow.port) : get(given, 'port') === flow.port // C-21
  }
  return false
}

/** C-22: v1alpha2. */
function newEntry(entry: unknown, flow: Flow, run: Run): boolean {
  for (const key of ['tcp', 'udp', 'sctp']) {
    const given = get(entry, key)
    if (unset(given)) continue
    if (key.toUpperCase() !== flow.protocol) return false // C-22
    const destination = get(given, 'destinationPort')
    if (unset(destination)) {
      run.hit('C-23')
      return true // C-23, lenient
    }
    const range = get(destination, 'range')
    run.hit(unset(range) ? 'C-22.number' : 'C-22.range')
    return unset(range) ? get(destination, 'number') === flow.port : inRange(range, flow.port) // C-22
  }
  return false
}

/** C-21, C-24: number and protocol of a port that the pod declares under that name. */
function nameMatches(name: string, destination: Party, flow: Flow, run: Run): boolean {
  if (destination.kind !== 'pod') {
    run.hit('C-24.outside')
    return false // C-24
  }
  let found = false
  let known = false
  for (const one of declaredPorts(destination.pod)) {
    if (one.plainInit || one.name !== name) continue // A-54g
    known = true
    if (one.protocol !== flow.protocol) run.hit('C-24.other-protocol')
    if (one.protocol === flow.protocol && one.number === flow.port) found = true
  }
  run.hit(found ? 'C-24.named' : known ? 'C-24.other-number' : 'C-24.undeclared')
  return found
}

export function tierPorts(rule: unknown, destination: Party, flow: Flow, run: Run): TierPorts {
  const entries = [...list(get(rule, 'ports')), ...list(get(rule, 'protocols'))]
  if (entries.length === 0) {
    run.hit('C-22.absent')
    return { anyPeer: true, podPeer: true } // C-21, C-22: everything
  }
  let anyPeer = false
  let byName = false
  for (const entry of entries) {
    const name = text(get(entry, 'namedPort')) || text(get(entry, 'destinationNamedPort'))
    if (name !== '') byName = nameMatches(name, destination, flow, run) || byName
    else if (oldEntry(entry, flow, run) || newEntry(entry, flow, run)) anyPeer = true
  }
  return { anyPeer, podPeer: anyPeer || byName }
}
