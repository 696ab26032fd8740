import type { Assertion, AssertionFile, Words } from '../../model/assertion.js'
import type { Cluster, ClusterService } from '../../model/cluster.js'
import { once } from '../../model/once.js'
import { formatAddress } from '../../net/address.js'
import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import { EVERY_PORT, type PortAtom } from '../../matrix/port-atoms.js'
import { parsePort, splitPort, type PortQuestion } from '../../query/port.js'
import { suggestForPort } from '../../query/did-you-mean.js'
import { declaredPorts } from '../declared-ports.js'
import { askedOfService, portsBehind } from '../service-ports.js'
import { partyOf, type End } from './ends.js'
import { nothing, valueOf } from './unanswerable.js'
import type { AssertionWorld } from './world.js'

/**
 * The ports that words stand for at a destination, also as ports of a Service that leads there; a name that it does not
 * declare is an error, since it would ask nothing.
 */
export function portsAt(
  { matrix: { sets } }: AssertionWorld,
  words: readonly Words[],
  destination: End,
  service: ClusterService | null = null,
): SetId {
  const numbered = service === null ? numberedIn(sets)(words) : null
  if (numbered !== null) return numbered
  const ranges = questionsOf(words).flatMap(({ question, words: one }) => {
    const asked =
      service === null ? question : valueOf(askedOfService(service, [partyOf(destination)], question), one.place)
    return rangesAt(asked, one, destination)
  })
  return sets.of(ranges)
}

const questionsOf = once((words: readonly Words[]) =>
  words.map((one) => ({ words: one, question: valueOf(parsePort(one.text), one.place) })),
)

/** What words without a name stand for, whatever the destination; null where there is a name. */
const numberedIn = once((sets: ConnectionSets) =>
  once((words: readonly Words[]): SetId | null => {
    const ranges = questionsOf(words).map(({ question }) => numberedRanges(question))
    return ranges.includes(null) ? null : sets.of(ranges.flatMap((some) => some ?? []))
  }),
)

function numberedRanges(question: PortQuestion): readonly PortAtom[] | null {
  switch (question.kind) {
    case 'whole-set':
      return EVERY_PORT
    case 'range':
      return question.protocols.map((protocol) => ({ protocol, first: question.first, last: question.last }))
    case 'name':
    case 'service':
      return null
  }
}

function rangesAt(question: PortQuestion, { text, place }: Words, destination: End): readonly PortAtom[] {
  if (question.kind === 'service') {
    const behind = atomsBehind(question, destination)
    if (behind.length > 0) return behind
    throw nothing(place, `\`${destination.id}\` declares no port that the Service leads to from \`${text}\``)
  }
  if (question.kind !== 'name') return numberedRanges(question) ?? []
  if (destination.kind !== 'endpoint')
    throw nothing(place, `the port name \`${text}\` means nothing outside a pod`, 'give a number')
  const { pods } = destination.endpoint.party
  const lists = [...new Set(pods.map(({ ports }) => ports))]
  const found = lists.map((ports) =>
    ports.filter(({ name, protocol }) => name === question.name && (question.protocol ?? protocol) === protocol),
  )
  if (found.some((ports) => ports.length === 0)) {
    const names = lists.flatMap((ports) => ports.flatMap(({ name }) => name ?? []))
    const help = suggestForPort(question.name, names) ?? 'give a number, or leave it out with `except`'
    throw nothing(place, `\`${destination.id}\` declares no port named \`${text}\``, help)
  }
  return found.flat().map(({ protocol, port }) => ({ protocol, first: port, last: port }))
}

function atomsBehind(asked: Parameters<typeof portsBehind>[0], destination: End): readonly PortAtom[] {
  return portsBehind(asked, partyOf(destination)).map(({ protocol, port }) => ({ protocol, first: port, last: port }))
}

/** The ports that a destination declares, or that a Service leads to there; without any there is nothing that has to be open. */
export function declaredAt(
  { matrix: { sets } }: AssertionWorld,
  destination: End,
  service: ClusterService | null = null,
): SetId | null {
  const behind = service === null ? [] : atomsBehind({ service, ports: service.ports }, destination)
  if (behind.length > 0) return sets.of(behind)
  const declared = declaredPorts(partyOf(destination))
  if (declared.length === 0) return null
  return sets.of(declared.map(({ protocol, port }) => ({ protocol, first: port, last: port })))
}

/**
 * All ports that the tests of a file may ask about, so that sets of ports can be exact. What cannot be read as a port is
 * told where it is asked.
 */
export function portsMentioned(file: AssertionFile, { workloads, services }: Cluster): readonly PortAtom[] {
  const { assertions } = file
  const texts = assertions.flatMap((assertion): readonly string[] => {
    switch (assertion.kind) {
      case 'expect':
        return [...ofWords(assertion.ports), ...behind(assertion.to)]
      case 'allowOnlyFrom':
      case 'allowOnlyTo':
        return [
          ...ofWords(assertion.ports),
          ...behind(assertion.subject),
          ...assertion.entries.flatMap(({ ports, peers }) => [...ofWords(ports), ...behind(peers)]),
        ]
      case 'closed':
      case 'refused':
        return []
    }
  })
  const numbers = [...new Set(texts)].flatMap((text): readonly PortAtom[] => {
    const port = parsePort(text)
    if (!port.ok || port.value.kind !== 'range') return []
    const { protocols, first, last } = port.value
    return protocols.map((protocol) => ({ protocol, first, last }))
  })
  const declared = new Set(workloads.flatMap(({ pods }) => pods.map(({ ports }) => ports)))
  const asDeclared = [...declared].flatMap((ports) =>
    ports.map(({ protocol, port }) => ({ protocol, first: port, last: port })),
  )
  return [...numbers, ...asDeclared, ...targetsMentioned(file, services)]
}

/** The target ports of Services that a file may name: containers need not declare them. */
function targetsMentioned({ assertions, groups }: AssertionFile, services: Cluster['services']): readonly PortAtom[] {
  const peers = [...groups.values(), ...assertions.map(peersOf)].flatMap((words) =>
    (words ?? []).map(({ text }) => text),
  )
  const parts = new Set(peers.flatMap((text) => text.split(/[/:]|\[|\]/)))
  return services
    .filter(
      ({ name, clusterAddresses }) =>
        parts.has(name) ||
        clusterAddresses.some((address) => peers.some((text) => text.includes(formatAddress(address)))),
    )
    .flatMap(({ ports }) =>
      ports.flatMap(({ protocol, target }) =>
        typeof target === 'number' ? [{ protocol, first: target, last: target }] : [],
      ),
    )
}

function peersOf(assertion: Assertion): readonly Words[] {
  switch (assertion.kind) {
    case 'expect':
      return assertion.to
    case 'allowOnlyFrom':
    case 'allowOnlyTo':
      return [...assertion.subject, ...assertion.entries.flatMap(({ peers }) => peers)]
    case 'closed':
    case 'refused':
      return []
  }
}

function ofWords(words: readonly Words[] | null): readonly string[] {
  return words?.map(({ text }) => text) ?? []
}

function behind(peers: readonly Words[]): readonly string[] {
  return peers.flatMap(({ text }) =>
    (splitPort(text.replace(/^group:/, '')).port ?? '').split(',').map((one) => one.trim()),
  )
}
