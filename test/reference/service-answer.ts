/** Connections to a Service: one to each pod behind it, as a client may come to any of them. */
import { type Address, type Family, parseAddress, parsePrefix } from './addresses.js'
import { type Answer, type End, evaluateBetween, type Options } from './evaluate.js'
import { possibleFamilies } from './family.js'
import { list } from './json.js'
import { addressesOf, isSamePod, type Party, resolveEnd } from './parties.js'
import * as s from './services.js'
import { get } from './json.js'
import { holds, type Pod, readWorld, type Service, type World } from './world.js'

export interface ServiceQuestion {
  from: End
  /** `ns/name`, or an address of the Service (E-5). */
  to: { service: string } | { address: string }
  /** Undefined: all ports of the Service. */
  asked: s.PortAsked | undefined
}
export interface BackendFlow extends Omit<Answer, 'hits'> {
  /** `ns/name` of the pod. */
  to: string
  protocol: string
  port: number
  family: Family | undefined
  /** From the pod to itself. */
  isItself: boolean
  /** The number of the Service's port. */
  via: number
}
export type Problem = 'no such Service' | 'alias' | 'no such port' | 'no selector' | 'no endpoints' | 'no shared family'
export type ServiceAnswer =
  | { problem: Problem; hits: Set<string> }
  | { verdict: 'allow' | 'deny' | 'partial'; flows: BackendFlow[]; hits: Set<string> }

interface Connection {
  pod: Pod
  protocol: string
  port: number
  via: number
}

function serviceAt(world: World, to: ServiceQuestion['to'], hit: (id: string) => void): [Service?, Address?] {
  if ('service' in to) {
    for (const one of world.services) if (`${one.namespace}/${one.name}` === to.service) return [one]
    return []
  }
  const address = parseAddress(to.address)
  if (address === undefined) return []
  hit('E-5')
  for (const one of world.services) if (holds(s.serviceAddresses(one), address)) return [one, address]
  return []
}

/** Each pod behind each port that is asked for, with the port that the connection has there. */
function connections(service: Service, question: ServiceQuestion, pods: Pod[], hit: (id: string) => void) {
  const found: Connection[] = []
  const { asked } = question
  if (s.isHeadless(service)) {
    hit('A-83.headless')
    const listed = asked === undefined ? undefined : s.servicePort(service, asked)
    const number = listed === undefined ? asked?.port : get(listed, 'port')
    if (typeof number !== 'number') return undefined
    const protocol = listed === undefined ? (asked?.protocol ?? 'TCP') : s.protocolOf(listed)
    for (const pod of pods) found.push({ pod, protocol, port: number, via: number }) // nothing is translated
    return found
  }
  const one = asked === undefined ? undefined : s.servicePort(service, asked)
  if (asked !== undefined && one === undefined) {
    hit('A-81.no-port')
    return undefined
  }
  for (const port of asked === undefined ? list(get(service.spec, 'ports')) : [one]) {
    for (const pod of pods) {
      const number = s.targetOn(pod, port, hit)
      if (number === undefined) continue // not behind this port
      if (number !== get(port, 'port')) hit('A-80')
      found.push({ pod, protocol: s.protocolOf(port), port: number, via: Number(get(port, 'port')) })
    }
  }
  return found
}

/** The families that a connection to a pod behind the Service can have: those of the Service, and of both ends. */
function familiesVia(world: World, options: Options, own: Family[] | undefined, from: Party, to: Party) {
  const podCidrs = (options.podCidrs ?? []).map(parsePrefix)
  const named = from.kind === 'external' ? from.address.family : undefined
  let possible = possibleFamilies(world, podCidrs, { from: { pod: '' }, to: { pod: '' } }, { from, to })
  if (named !== undefined) possible = possible.filter((family) => family === named)
  if (own !== undefined) possible = possible.filter((family) => own.includes(family))
  const known = addressesOf(from).length > 0 || addressesOf(to).length > 0
  return possible.length <= 1 || known ? possible : [undefined]
}

export function evaluateService(
  objects: readonly unknown[],
  question: ServiceQuestion,
  options: Options,
): ServiceAnswer {
  const hits = new Set<string>()
  const hit = (id: string): void => void hits.add(id)
  const world = readWorld(objects, hit)
  const [service, address] = serviceAt(world, question.to, hit)
  if (service === undefined) return { problem: 'no such Service', hits }
  if (s.isAlias(service)) return { problem: 'alias', hits }
  const from = resolveEnd(world, question.from, hit)
  const families = address === undefined ? s.serviceFamilies(service) : [address.family]
  const pods = s.backendsOf(world, service, families, hit)
  if (pods === undefined) return { problem: 'no selector', hits }
  if (pods.length === 0) return { problem: 'no endpoints', hits }
  const reached = connections(service, question, pods, hit)
  if (reached === undefined) return { problem: 'no such port', hits }
  const flows: BackendFlow[] = []
  for (const { pod, protocol, port, via } of reached) {
    const to: Party = { kind: 'pod', pod }
    const self = isSamePod(from, to)
    for (const family of familiesVia(world, options, families, from, self ? from : to)) {
      const addresses = s.serviceAddresses(service).filter((one) => family === undefined || one.family === family)
      // through a headless Service a pod is reached at its own address, and nothing is rewritten
      const handedOnBy = from.kind === 'external' ? s.handingNodes(world, service, family, hit) : []
      const way = s.isHeadless(service) ? {} : { via: { itself: self, addresses, handedOnBy } }
      const between = { world, from, to: self ? from : to, protocol, port, family, ...way }
      flows.push({
        isItself: self,
        to: `${pod.namespace}/${pod.name}`,
        protocol,
        port,
        via,
        family,
        ...evaluateBetween(between, options, hit),
      })
    }
  }
  if (flows.length === 0) return { problem: reached.length === 0 ? 'no endpoints' : 'no shared family', hits }
  const allowed = flows.filter(({ verdict }) => verdict === 'allow').length
  if (allowed > 0 && allowed < flows.length) hit('A-80.partial')
  return { verdict: allowed === flows.length ? 'allow' : allowed === 0 ? 'deny' : 'partial', flows, hits }
}
