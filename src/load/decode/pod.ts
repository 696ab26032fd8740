import { parseAddress, type Address } from '../../net/address.js'
import type { Readiness } from '../../model/cluster.js'
import type { Source } from '../../model/source.js'
import { asList, asMap, asString, get, wrongType, type Field, type MapField } from './fields.js'
import { readMetadata, type Metadata } from './metadata.js'
import { readPodSpec, type PodTemplate } from './pod-template.js'

/** A Pod object. */
export interface PodObject {
  readonly kind: 'Pod'
  readonly metadata: Metadata
  readonly source: Source
  readonly template: PodTemplate
  /** `Succeeded` or `Failed`: it takes part in nothing any more. */
  readonly finished: boolean
  readonly running: boolean
  readonly readiness: Readiness
  readonly addresses: readonly Address[]
  readonly hostAddresses: readonly Address[]
}

/** Reads a Pod: all of `podIPs`, else `podIP` (D-10). */
export function readPod(root: MapField, source: Source, defaultNamespace: string): PodObject | null {
  const metadata = readMetadata(root, defaultNamespace, 'subdomain', true)
  const spec = readPodSpec(root)
  const status = asMap(get(root, 'status'))
  if (metadata === null) return null
  const phase = status === null ? null : asString(get(status, 'phase'))
  const addresses = status === null ? [] : readAddresses(status, 'podIPs', 'podIP')
  return {
    kind: 'Pod',
    metadata,
    source,
    template: { labels: metadata.labels, ...spec },
    finished: phase === 'Succeeded' || phase === 'Failed',
    running: phase === 'Running',
    readiness: readinessOf(status, metadata.terminating, addresses),
    addresses,
    hostAddresses: status === null ? [] : readAddresses(status, 'hostIPs', 'hostIP'),
  }
}

/** A Service leads to pods that are ready, have an address and are not being deleted; a manifest has no status. */
function readinessOf(status: MapField | null, isTerminating: boolean, addresses: readonly Address[]): Readiness {
  if (status === null || Object.keys(status.value).length === 0) return 'ready'
  if (addresses.length === 0) return 'no-address'
  if (isTerminating) return 'terminating'
  // A status without any conditions was cut down by hand, and says nothing of it
  const conditions = asList(get(status, 'conditions')).map(asMap)
  return conditions.length === 0 || conditions.some(isReady) ? 'ready' : 'not-ready'
}

function isReady(condition: MapField | null): boolean {
  if (condition === null) return false
  return asString(get(condition, 'type')) === 'Ready' && asString(get(condition, 'status')) === 'True'
}

function readAddresses(status: MapField, listKey: string, singleKey: string): readonly Address[] {
  const listed = asList(get(status, listKey)).flatMap((item) => {
    const map = asMap(item)
    return map === null ? [] : readAddress(get(map, 'ip'))
  })
  return listed.length > 0 ? listed : readAddress(get(status, singleKey))
}

/** An address, or nothing where the field is blank or, which is reported, holds something else. */
export function readAddress(field: Field): readonly Address[] {
  const text = asString(field)
  if (text === null || text === '') return []
  const address = parseAddress(text)
  if (address === null) wrongType(field, 'an IP address')
  return address === null ? [] : [address]
}
