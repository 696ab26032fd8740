import { formatAddress, type Address, type Family } from '../net/address.js'
import { wholeFamily, type AddressRange } from '../net/ranges.js'
import type { Cluster, ObjectName } from '../model/cluster.js'
import { selects } from '../model/labels.js'
import { partiesAt, partyAt } from './addresses.js'
import { backendsOf } from './backends.js'
import { suggestForLabels } from './did-you-mean.js'
import { hostCalled } from './host-names.js'
import { leftOut, resolveName } from './names.js'
import type { Parties } from './party.js'
import type { PartsOf, PickedPods } from './parts.js'
import type { PeerQuestion } from './peer.js'
import type { PortQuestion } from './port.js'
import { matchesNothing, ok, type Result } from './question-error.js'
import { onlyService, serviceAt, serviceOnNode, servicesCalled, type Fronted } from './services.js'
import { internetRanges } from './special-purpose.js'
import { workloadsIn } from './workloads-in.js'

/** Finds out who a peer is. One that matches nobody is an error with a suggestion, never an empty answer. */
export function resolvePeer(cluster: Cluster, question: PeerQuestion, text: string, partsOf: PartsOf): Result<Parties> {
  switch (question.kind) {
    case 'any':
      return cluster.workloads.length === 0
        ? matchesNothing('`any` matches no workload: there is none in the input')
        : many(
            cluster.workloads.map((workload) => ({ workload, pods: workload.pods })),
            partsOf,
          )
    case 'internet':
      return outside(text, cluster.families.flatMap(internetRanges))
    case 'external':
      return outside(text, cluster.families.map(wholeFamily))
    case 'address':
      return orService(cluster, question.address, partyAt(cluster, question.address, partsOf), partsOf)
    case 'cidr': {
      const { cidr } = question
      const found = partiesAt(cluster, cidr, text, partsOf)
      return cidr.first === cidr.last
        ? orService(cluster, { family: cidr.family, value: cidr.first }, found, partsOf)
        : ok(found)
    }
    case 'labels': {
      const { namespace, selector } = question
      const picked = workloadsIn(cluster.workloads, namespace)
        .map((workload) => ({ workload, pods: workload.pods.filter((pod) => selects(selector, pod.labels)) }))
        .filter(({ pods }) => pods.length > 0)
      return picked.length > 0
        ? many(picked, partsOf)
        : matchesNothing(`no pod matches \`${text}\``, suggestForLabels(cluster, namespace, selector))
    }
    case 'name': {
      const found = resolveName(cluster, question.readings, text, partsOf)
      const host = found.ok ? null : hostCalled(cluster, text)
      return host === null ? found : ok(host)
    }
  }
}

/** The address of a Service means what is behind it, over the family of the address (E-5): no pod has it, and rules never see it. */
function orService(cluster: Cluster, address: Address, found: Parties, partsOf: PartsOf): Result<Parties> {
  const fronted = found.parties.some(({ kind }) => kind === 'outside') ? serviceAt(cluster, address) : null
  if (fronted === null) return ok(found)
  return behindFront(cluster, fronted, formatAddress(address), address.family, partsOf)
}

/** A node means what is behind the Service that one of its ports leads to; null where that is none. */
export function throughNode(
  cluster: Cluster,
  { parties, family }: Parties,
  port: PortQuestion,
  partsOf: PartsOf,
): Result<Parties> | null {
  const [party] = parties
  if (parties.length !== 1 || party?.kind !== 'node') return null
  const fronted = serviceOnNode(cluster, party.node, port)
  if (fronted === null) return null
  return behindFront(cluster, fronted, `node/${party.node.name}`, family, partsOf)
}

/** What is behind a Service for those who come to it over a family, if that is known. */
function behindFront(
  cluster: Cluster,
  { service, front }: Fronted,
  name: string,
  family: Family | null,
  partsOf: PartsOf,
): Result<Parties> {
  const refused = cluster.refused.find((object) => object.kind === 'Service' && isSameName(object, service))
  if (refused !== undefined) return leftOut(refused)
  const only = onlyService(service, servicesCalled(cluster, { ...service, object: 'Service' }))
  if (!only.ok) return only
  const families = family === null ? only.value.families : [family]
  const behind = backendsOf(cluster, { ...only.value, families }, partsOf)
  if (behind.ok) return ok({ ...behind.value, service: only.value, addressOf: 'service', front })
  return matchesNothing(`\`${name}\`: ${behind.error.message}`, behind.error.help)
}

function isSameName(a: ObjectName, b: ObjectName): boolean {
  return a.namespace === b.namespace && a.name === b.name
}

function many(picked: readonly PickedPods[], partsOf: PartsOf): Result<Parties> {
  return ok({ parties: picked.flatMap(partsOf), wildcard: true, family: null, addressOf: null })
}

function outside(name: string, ranges: readonly AddressRange[]): Result<Parties> {
  return ok({ parties: [{ kind: 'outside', name, ranges }], wildcard: true, family: null, addressOf: null })
}
