/** Arbitrary questions about a given cluster: seeds first, so that cluster and questions shrink apart. */
import fc from 'fast-check'
import { type Address, first, isLoopback, last, parsePrefix, width } from './addresses.js'
import type { End, Question } from './evaluate.js'
import { possibleFamilies } from './family.js'
import * as u from './generate-universe.js'
import { get, list, text } from './json.js'
import { addressesOf, NotAQuestion, type Party, resolveBoth } from './parties.js'
import { holds, readWorld, type World } from './world.js'

type Kind = 'pod' | 'node' | 'edge' | 'pod-address' | 'node-address' | 'external' | 'loopback'

const endSeed = fc.record({
  kind: u.weighted<Kind>(
    [34, u.pick('pod')],
    [7, u.pick('edge')],
    [5, u.pick('pod-address')],
    [2, u.pick('node')],
    [3, u.pick('node-address', 'external', 'loopback')],
  ),
  index: fc.nat(),
})
export const questionSeed = fc.record({
  from: endSeed,
  to: endSeed,
  protocol: u.weighted<Question['protocol']>([5, u.pick('TCP')], [3, u.pick('UDP')], [1, u.pick('SCTP')]),
  port: u.weighted<number>([2, u.pick(...u.PORTS)], [3, u.pick(53, 80, 81)]),
  second: fc.boolean(),
  shift: u.chance(75),
  declared: u.chance(35),
})
type EndSeed = typeof endSeed extends fc.Arbitrary<infer T> ? T : never
type Seed = typeof questionSeed extends fc.Arbitrary<infer T> ? T : never

/** The addresses on both sides of every edge of the blocks that the policies name. */
function edges(objects: readonly object[]): Address[] {
  const found: Address[] = []
  const add = (cidr: unknown): void => {
    const prefix = parsePrefix(text(cidr))
    for (const value of [first(prefix) - 1n, first(prefix), last(prefix), last(prefix) + 1n]) {
      const address = { family: prefix.family, value }
      if (value >= 0n && value < 1n << BigInt(width(prefix.family)) && !holds(found, address)) found.push(address)
    }
  }
  for (const object of objects) {
    for (const [direction, side] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      for (const rule of list(get(get(object, 'spec'), direction))) {
        for (const peer of list(get(rule, side))) {
          const block = get(peer, 'ipBlock')
          if (typeof block !== 'object' || block === null) continue
          for (const cidr of [get(block, 'cidr'), ...list(get(block, 'except'))]) add(cidr)
        }
      }
    }
  }
  return found
}

function candidates(objects: readonly object[], world: World): Record<Kind, End[]> {
  const named = (address: Address): End => ({ address: u.format(address) })
  const pods = world.pods.filter((pod) => !pod.finished)
  const nodes = world.nodes.filter((node) => node.name !== undefined && node.addresses.length > 0)
  return {
    pod: pods.map((pod) => ({ pod: `${pod.namespace}/${pod.name}` })),
    node: nodes.map((node) => ({ node: node.name ?? '' })),
    edge: edges(objects).map(named),
    'pod-address': world.pods.filter((pod) => !pod.hostNetwork).flatMap((pod) => pod.addresses.map(named)),
    'node-address': world.nodes.flatMap((node) => node.addresses.map(named)),
    external: u.EXTERNALS.map((address) => ({ address })),
    loopback: u.LOOPBACKS.map((address) => ({ address })),
  }
}

function choose(all: Record<Kind, End[]>, { kind, index }: EndSeed): End {
  const from = all[kind].length > 0 ? all[kind] : all.pod
  const end = from[index % from.length]
  if (end === undefined) throw new Error('no live pod')
  return end
}

const loops = (end: End): boolean => 'address' in end && isLoopback(u.mustParse(end.address))

/** A known pod or node that has no address of the family cannot be an end of the flow. */
const lacks = (party: Party, family: string): boolean =>
  party.kind !== 'external' && addressesOf(party).length > 0 && addressesOf(party).every((one) => one.family !== family)

/** Every port that the destination declares, whether or not it counts. */
function declared(party: Party): Pick<Question, 'port' | 'protocol'>[] {
  const found: Pick<Question, 'port' | 'protocol'>[] = []
  if (party.kind !== 'pod') return found
  for (const key of ['containers', 'initContainers']) {
    for (const container of list(get(party.pod.spec, key))) {
      for (const one of list(get(container, 'ports'))) {
        for (const protocol of u.PROTOCOLS) {
          const own = get(one, 'protocol') ?? 'TCP'
          if (own === protocol) found.push({ port: Number(get(one, 'containerPort')), protocol })
        }
      }
    }
  }
  return found
}

function ask(all: Record<Kind, End[]>, world: World, podCidrs: readonly string[], seed: Seed): Question | undefined {
  const from = choose(all, seed.from)
  let to = 'pod' in from ? choose(all, seed.to) : choose(all, { kind: 'pod', index: seed.to.index })
  // A pod and itself: seldom
  if (seed.shift && 'pod' in from && 'pod' in to && from.pod === to.pod) {
    to = choose(all, { kind: 'pod', index: seed.to.index + 1 })
  }
  if (loops(from)) return undefined // nobody else can see a loopback source
  let question: Question = { from, to, protocol: seed.protocol, port: seed.port }
  try {
    const parties = resolveBoth(world, from, to, () => undefined)
    const ports = declared(parties.to)
    if (seed.declared) question = { ...question, ...ports[seed.from.index % Math.max(1, ports.length)] }
    if (loops(to)) return question
    const families = possibleFamilies(world, podCidrs.map(parsePrefix), question, parties)
    const family = families[seed.second ? families.length - 1 : 0]
    if (family === undefined) return undefined
    const external = parties.from.kind === 'external' || parties.to.kind === 'external'
    if (!external && (lacks(parties.from, family) || lacks(parties.to, family))) return undefined
    // Named where it is open, so that every question has one answer
    return families.length > 1 ? { ...question, family } : question
  } catch (error) {
    if (error instanceof NotAQuestion) return undefined
    throw error
  }
}

export function questionsAbout(
  objects: readonly object[],
  podCidrs: readonly string[],
  seeds: readonly Seed[],
): Question[] {
  const world = readWorld(objects, () => undefined)
  const all = candidates(objects, world)
  const found: Question[] = []
  for (const seed of seeds) {
    const question = ask(all, world, podCidrs, seed)
    if (question !== undefined) found.push(question)
  }
  return found
}
