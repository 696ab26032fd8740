import { formatAddress, type Address } from '../net/address.js'
import { wholeFamily, type AddressRange } from '../net/ranges.js'
import type { Cluster } from '../model/cluster.js'
import { selects } from '../model/labels.js'
import { partiesAt, partyAt } from './addresses.js'
import { suggestForLabels } from './did-you-mean.js'
import { resolveName } from './names.js'
import type { Parties } from './party.js'
import type { PartsOf, PickedPods } from './parts.js'
import type { PeerQuestion } from './peer.js'
import { matchesGlob } from './glob.js'
import { matchesNothing, ok, type Result } from './question-error.js'
import { internetRanges } from './special-purpose.js'

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
      return outsideServices(cluster, question.address, partyAt(cluster, question.address, partsOf))
    case 'cidr': {
      const { cidr } = question
      const found = partiesAt(cluster, cidr, text, partsOf)
      return cidr.first === cidr.last
        ? outsideServices(cluster, { family: cidr.family, value: cidr.first }, found)
        : ok(found)
    }
    case 'labels': {
      const { namespace, selector } = question
      const picked = cluster.workloads
        .filter((workload) => matchesGlob(namespace, workload.namespace))
        .map((workload) => ({ workload, pods: workload.pods.filter((pod) => selects(selector, pod.labels)) }))
        .filter(({ pods }) => pods.length > 0)
      return picked.length > 0
        ? many(picked, partsOf)
        : matchesNothing(`no pod matches \`${text}\``, suggestForLabels(cluster, namespace, selector))
    }
    case 'name':
      return resolveName(cluster, question.readings, text, partsOf)
  }
}

/** No pod has the address of a Service, and rules never see it: the connection is made to one of its pods. */
function outsideServices({ services }: Cluster, address: Address, found: Parties): Result<Parties> {
  if (!found.parties.some(({ kind }) => kind === 'outside')) return ok(found)
  const service = services.find(({ clusterAddresses }) =>
    clusterAddresses.some(({ family, value }) => family === address.family && value === address.value),
  )
  if (service === undefined) return ok(found)
  return matchesNothing(
    `\`${formatAddress(address)}\` is the clusterIP of the Service \`${service.namespace}/${service.name}\``,
    'policies apply to the connection to a pod behind it: ask for the workload behind it and its target port',
  )
}

function many(picked: readonly PickedPods[], partsOf: PartsOf): Result<Parties> {
  return ok({ parties: picked.flatMap(partsOf), wildcard: true, family: null, addressOf: null })
}

function outside(name: string, ranges: readonly AddressRange[]): Result<Parties> {
  return ok({ parties: [{ kind: 'outside', name, ranges }], wildcard: true, family: null, addressOf: null })
}
