import { get, list, text, unset } from './json.js'
import { type Flow, type Party, sharesNetworkOfNode } from './parties.js'
import type { Run } from './run.js'
import type { Pod } from './world.js'

export interface Declared {
  name: string
  protocol: string
  number: unknown
  sidecar: boolean
  plainInit: boolean
}

function portsOf(container: unknown, sidecar: boolean, plainInit: boolean): Declared[] {
  const found: Declared[] = []
  for (const port of list(get(container, 'ports'))) {
    const protocol = unset(get(port, 'protocol')) ? 'TCP' : text(get(port, 'protocol')) // D-9
    found.push({ name: text(get(port, 'name')), protocol, number: get(port, 'containerPort'), sidecar, plainInit })
  }
  return found
}

/** A-54g: containers in order, then init containers, with a mark on those that do not count. */
export function declaredPorts(pod: Pod): Declared[] {
  const found: Declared[] = []
  for (const container of list(get(pod.spec, 'containers'))) found.push(...portsOf(container, false, false))
  for (const container of list(get(pod.spec, 'initContainers'))) {
    const sidecar = get(container, 'restartPolicy') === 'Always'
    found.push(...portsOf(container, sidecar, !sidecar))
  }
  return found
}

function opensElsewhere(name: string, protocol: string, flow: Flow, run: Run): boolean {
  for (const pod of run.world.pods) {
    for (const one of declaredPorts(pod)) {
      if (!one.plainInit && one.name === name && one.protocol === protocol && one.number === flow.port) return true
    }
  }
  return false
}

function namedPortMatches(name: string, protocol: string, destination: Party, flow: Flow, run: Run): boolean {
  // a hostNetwork pod counts as its node, which has no names
  const asNode = sharesNetworkOfNode(destination) && run.readings.hostNetwork === 'ignore'
  if (destination.kind !== 'pod' || asNode) {
    run.hit('A-54d')
    return false // A-54d
  }
  let matched = false
  let sameName = 0
  let sameProtocol = 0
  for (const one of declaredPorts(destination.pod)) {
    if (one.name !== name) continue // A-54, A-54h: exact
    if (one.plainInit) {
      run.hit('A-54g.plain')
      continue // A-54g
    }
    sameName++
    if (one.protocol !== protocol) continue
    sameProtocol++
    if (one.number !== flow.port) continue
    run.hit(one.sidecar ? 'A-54g.sidecar' : 'A-54')
    if (sameProtocol > 1) run.hit('A-54f') // A-54f: any of them
    matched = true
  }
  if (sameName === 0)
    run.hit('A-54b') // A-54b
  else if (sameProtocol === 0)
    run.hit('A-54c') // A-54c
  else if (!matched && opensElsewhere(name, protocol, flow, run)) run.hit('A-54a') // A-54a: not on this pod
  return matched
}

function portMatches(given: unknown, destination: Party, flow: Flow, run: Run): boolean {
  if (given === null) run.hit('A-15.port') // as {}
  const protocol = get(given, 'protocol')
  if (unset(protocol)) run.hit('A-51')
  const wanted = unset(protocol) ? 'TCP' : text(protocol)
  if (wanted !== flow.protocol) {
    run.hit('A-56')
    return false
  }
  const port = get(given, 'port')
  if (unset(port)) {
    run.hit('A-52')
    return true
  }
  if (typeof port === 'string') return namedPortMatches(port, wanted, destination, flow, run)
  const end = get(given, 'endPort')
  if (unset(end)) {
    run.hit('A-53')
    return port === flow.port
  }
  run.hit('A-53.range')
  return Number(port) <= flow.port && flow.port <= Number(end)
}

export interface PortMatch {
  matched: boolean
  byName: boolean
  /** By an entry that is not a name, or without any. */
  byNumber: boolean
}

/** the port of the destination, on the destination pod. */
export function portsMatch(ports: unknown, destination: Party, flow: Flow, run: Run): PortMatch {
  if (list(ports).length === 0) {
    run.hit('A-52.no-ports')
    return { matched: true, byName: false, byNumber: true }
  }
  let matched = false
  let byName = false
  let byNumber = false
  for (const port of list(ports)) {
    if (!portMatches(port, destination, flow, run)) continue
    matched = true
    if (typeof get(port, 'port') === 'string') byName = true
    else byNumber = true
  }
  return { matched, byName, byNumber }
}
