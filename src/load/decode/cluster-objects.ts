import { formatAddress, parseAddress, type Address, type Family } from '../../net/address.js'
import type { ClusterNode, Namespace } from '../../model/cluster.js'
import { NAMESPACE_NAME_LABEL } from '../../model/labels.js'
import { asList, asMap, asString, get, type MapField } from './fields.js'
import { readMetadata, type Metadata } from './metadata.js'
import { readAddress } from './pod.js'
import { softened, warning } from './problem.js'
import { readBackends, type ServiceBackends } from './service-backends.js'
import { checkServicePorts } from './service-ports.js'

/** Reads a Namespace; its name label is what the API server says it is. */
export function readNamespace(root: MapField): Namespace | null {
  const metadata = readMetadata(root, '', 'label', true)
  if (metadata === null) return null
  const written = metadata.labels.get(NAMESPACE_NAME_LABEL)
  if (written !== undefined && written !== metadata.name) {
    const path = ['metadata', 'labels', NAMESPACE_NAME_LABEL]
    root.report(warning('NP114', path, `\`${written}\` is replaced by the name of the namespace, \`${metadata.name}\``))
  }
  const labels = new Map([...metadata.labels, [NAMESPACE_NAME_LABEL, metadata.name]])
  return { name: metadata.name, labels, defined: true }
}

/** Reads a Node, its labels (C-17) and its addresses; host names among them are skipped. */
export function readNode(root: MapField): ClusterNode | null {
  const metadata = readMetadata(root, '', 'subdomain')
  const status = asMap(get(root, 'status'))
  if (metadata === null) return null
  const entries = (status === null ? [] : asList(get(status, 'addresses'))).flatMap((item) => {
    const map = asMap(item)
    if (map === null) return []
    const type = asString(get(map, 'type'))
    return type === 'InternalIP' || type === 'ExternalIP'
      ? readAddress(get(map, 'address')).map((address) => ({ type, address }))
      : []
  })
  const ofType = (wanted: string) => entries.filter(({ type }) => type === wanted).map(({ address }) => address)
  const { name, labels } = metadata
  return { name, labels, addresses: ofType('InternalIP'), externalAddresses: ofType('ExternalIP') }
}

/** A Service: its name, its addresses, which families it shows the cluster to use, and what is behind it. */
export interface ServiceObject {
  readonly metadata: Metadata
  readonly families: readonly Family[]
  readonly clusterAddresses: readonly Address[]
  readonly externalAddresses: readonly Address[]
  readonly backends: ServiceBackends
}

export function readService(root: MapField, defaultNamespace: string): ServiceObject | null {
  const metadata = readMetadata(root, defaultNamespace, 'subdomain')
  if (metadata === null) return null
  const spec = asMap(get(root, 'spec'))
  const backends = readBackends(spec?.value ?? {})
  if (spec === null) return { metadata, families: [], clusterAddresses: [], externalAddresses: [], backends }
  checkServicePorts(spec)
  const named = asList(get(spec, 'ipFamilies')).map(asString)
  const addresses = [get(spec, 'clusterIP'), ...asList(get(spec, 'clusterIPs'))]
    .map((field) => parseAddress(asString(field) ?? ''))
    .filter((address) => address !== null)
  const shown = [...named, ...addresses.map(({ family }) => family)]
  const families = (['IPv4', 'IPv6'] as const).filter((family) => shown.includes(family))
  return { metadata, families, clusterAddresses: addresses, externalAddresses: outsideAddresses(root, spec), backends }
}

/** Of load balancers as the cluster says, or as the manifest asks for, and `externalIPs`; host names are skipped. */
function outsideAddresses(root: MapField, spec: MapField): readonly Address[] {
  const report = softened(root.report)
  const status = asMap(get(root, 'status', report))
  const balancer = status === null ? null : asMap(get(status, 'loadBalancer'))
  const entries = balancer === null ? [] : asList(get(balancer, 'ingress')).flatMap((item) => asMap(item) ?? [])
  const fields = [
    ...entries.map((entry) => get(entry, 'ip')),
    get(spec, 'loadBalancerIP', report),
    ...asList(get(spec, 'externalIPs', report)),
  ]
  const found = fields.flatMap((field) => parseAddress(asString(field) ?? '') ?? [])
  return [...new Map(found.map((address) => [formatAddress(address), address])).values()]
}
