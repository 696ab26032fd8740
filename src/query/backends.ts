import type { Cluster, ClusterService, Pod, Readiness } from '../model/cluster.js'
import { networkAddresses } from '../model/cluster.js'
import { counted } from '../model/counted.js'
import { selects, type Selector } from '../model/labels.js'
import { suggestForLabels } from './did-you-mean.js'
import { isByEndpoints, leftOutEndpoints, partiesOf, usedEndpoints } from './endpoints.js'
import type { Parties } from './party.js'
import type { PartsOf, PickedPods } from './parts.js'
import { matchesNothing, ok, type Result } from './question-error.js'
import { workloadsIn } from './workloads-in.js'

/** The pods behind a Service; one without any is an error, since policies have nothing to decide. */
export function backendsOf(cluster: Cluster, service: ClusterService, partsOf: PartsOf): Result<Parties> {
  if (service.type === 'ExternalName') return aliasOf(service)
  if (isByEndpoints(service)) return listedBy(cluster, service, partsOf)
  const matched = podsMatching(cluster, service)
  const picked = matched
    .map(({ workload, pods }) => ({ workload, pods: pods.filter((pod) => isReadyFor(service, pod)) }))
    .filter(({ pods }) => pods.length > 0)
  if (picked.length > 0) {
    return ok({ parties: picked.flatMap(partsOf), wildcard: true, family: familyOf(service), addressOf: null, service })
  }
  return matched.length === 0 ? noPodMatches(cluster, service) : noneIsReady(service, matched)
}

/** An ExternalName is a name of DNS for a host whose address is not known; one for another Service has that one's answers. */
function aliasOf(service: ClusterService): Result<Parties> {
  const { externalName } = service
  if (externalName === null) return nothingBehind(service, 'has no valid `externalName`', null)
  const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(externalName) ?? []
  if (name !== undefined && namespace !== undefined) {
    const help = `ask for \`${namespace}/Service/${name}\``
    return nothingBehind(service, `is another name for a Service, \`${externalName}\``, help)
  }
  return ok({ parties: [{ kind: 'host', name: externalName }], wildcard: true, family: null, addressOf: null, service })
}

/** What the endpoints of a Service without a selector list. */
function listedBy(cluster: Cluster, service: ClusterService, partsOf: PartsOf): Result<Parties> {
  const { namespace, name, endpoints } = service
  if (endpoints.length === 0) {
    const help = `add its endpoints: kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=${name} -o yaml`
    return nothingBehind(service, 'has no selector, and the input does not show its endpoints', help)
  }
  const parties = partiesOf(cluster, usedEndpoints(service), partsOf)
  if (parties.length > 0) {
    return ok({ parties, wildcard: true, family: familyOf(service), addressOf: null, service })
  }
  const why = [...new Set(leftOutEndpoints(service).map((one) => one.why))].join(' or ')
  return nothingBehind(service, `has no endpoints: those that are listed are ${why}`, null)
}

/** Pods that the selector matches and that the Service does not lead to, with the reason; `otherwise` tells of those that are ready. */
export function leftOutPods(
  cluster: Cluster,
  service: ClusterService,
  otherwise: (pod: Pod) => string | null,
): readonly { readonly pod: Pod; readonly why: string }[] {
  if (service.selector === null) return []
  const pods = podsMatching(cluster, service).flatMap((picked) => picked.pods)
  return pods.flatMap((pod) => {
    const fate = fateOf(pod, service)
    const why = fate === 'ready' ? otherwise(pod) : FATES[fate]
    return why === null ? [] : [{ pod, why }]
  })
}

function podsMatching({ workloads }: Cluster, service: ClusterService): readonly PickedPods[] {
  const selector = selectorOf(service)
  return workloadsIn(workloads, service.namespace)
    .map((workload) => ({ workload, pods: workload.pods.filter(({ labels }) => selects(selector, labels)) }))
    .filter(({ pods }) => pods.length > 0)
}

function selectorOf({ selector }: ClusterService): Selector {
  return { requirements: [...(selector ?? [])].map(([key, value]) => ({ key, operator: 'In', values: [value] })) }
}

/** Whether a Service leads to a pod that its selector matches. */
export function isReadyFor(service: ClusterService, pod: Pod): boolean {
  return fateOf(pod, service) === 'ready'
}

type Fate = Readiness | 'other-family'

const FATES: Readonly<Record<Exclude<Fate, 'ready'>, string>> = {
  'not-ready': 'not ready',
  terminating: 'terminating',
  'no-address': 'without an address',
  'other-family': 'without an address of its family',
}

/** A pod without any address is none of its backends, whatever it publishes. */
function fateOf(pod: Pod, { publishesNotReady, families }: ClusterService): Fate {
  const known = networkAddresses(pod)
  if (families.length > 0 && known.length > 0 && !known.some(({ family }) => families.includes(family)))
    return 'other-family'
  return publishesNotReady && pod.readiness !== 'no-address' ? 'ready' : pod.readiness
}

/** A Service of one family is reached over that one. */
function familyOf({ families: [family, other] }: ClusterService): Parties['family'] {
  return other === undefined ? (family ?? null) : null
}

/** `the Service shop/api`. */
export function serviceName({ namespace, name }: ClusterService): string {
  return `the Service \`${namespace}/${name}\``
}

function nothingBehind(service: ClusterService, why: string, help: string | null): Result<never> {
  return matchesNothing(`${serviceName(service)} ${why}`, help)
}

function noPodMatches(cluster: Cluster, service: ClusterService): Result<never> {
  const text = [...(service.selector ?? [])].map(([key, value]) => `${key}=${value}`).join()
  return nothingBehind(
    service,
    `has no endpoints: no pod in the namespace \`${service.namespace}\` matches its selector \`${text}\``,
    suggestForLabels(cluster, service.namespace, selectorOf(service)),
  )
}

function noneIsReady(service: ClusterService, matched: readonly PickedPods[]): Result<never> {
  const pods = matched.flatMap((picked) => picked.pods)
  const fates = [...new Set(pods.map((pod) => fateOf(pod, service)))].map((fate) =>
    fate === 'ready' ? '' : FATES[fate],
  )
  const workloads = matched.map(({ workload }) => `\`${workload.id}\``)
  return nothingBehind(
    service,
    `has no endpoints: it matches ${counted(pods.length, 'pod')}, ${fates.join(' or ')}`,
    `ask for ${workloads.slice(0, 4).join(' or ')} to see what policies say of it all the same`,
  )
}
