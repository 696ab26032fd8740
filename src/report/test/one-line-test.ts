import type { End } from '../../analyze/assertions/ends.js'
import type { Cluster, Pod } from '../../model/cluster.js'
import { isEvery } from '../../analyze/said.js'
import { MAX_PORT } from '../../model/protocol.js'
import type { Disagreement } from '../../analyze/assertions/outcome.js'
import { FAMILIES } from '../../net/address.js'
import { toCidrs } from '../../net/cidr.js'
import { subtract, wholeFamily, type AddressRange } from '../../net/ranges.js'
import type { WorkloadParty } from '../../query/party.js'
import { internetRanges } from '../../query/special-purpose.js'
import { rangeText } from '../wording/near-miss.js'

/**
 * Words for all addresses of a list; null where only several CIDRs say it. The words for the outside permit both families,
 * also where the input shows one.
 */
export function outsideWord({ families }: Cluster, ranges: readonly AddressRange[]): string | null {
  for (const some of [families, FAMILIES]) {
    if (isSame(ranges, some.map(wholeFamily))) return 'external'
    if (isSame(ranges, some.flatMap(internetRanges))) return 'internet'
  }
  const cidrs = ranges.flatMap(toCidrs)
  return cidrs.length === 1 ? (cidrs[0] ?? null) : null
}

function isSame(a: readonly AddressRange[], b: readonly AddressRange[]): boolean {
  return subtract(a, b).length === 0 && subtract(b, a).length === 0
}

/** How a one-line test names an end; `address` are the words for an outside one. */
export function peerWord(cluster: Cluster, end: End, address: string): string {
  if (end.kind === 'outside') return address
  if (end.kind === 'endpoint') return workloadWord(cluster, end.endpoint.party)
  return end.party.kind === 'node' ? end.id : end.party.name
}

/** A part of a workload is named by its labels where these are its own; else only the whole workload can be named. */
function workloadWord({ workloads }: Cluster, { workload, pods, part }: WorkloadParty): string {
  const [first, ...others] = pods
  if (part === null || first === undefined) return workload.id
  const shared = [...first.labels].filter(([key, value]) => others.every(({ labels }) => labels.get(key) === value))
  if (shared.length === 0) return workload.id
  const own = new Set(pods)
  const hasAll = ({ labels }: Pod) => shared.every(([key, value]) => labels.get(key) === value)
  const isOwn = workloads
    .filter(({ namespace }) => namespace === workload.namespace)
    .every((other) => other.pods.every((pod) => own.has(pod) || !hasAll(pod)))
  return isOwn ? `${workload.namespace}/${shared.map(([key, value]) => `${key}=${value}`).join()}` : workload.id
}

/** Ports as a test writes them: `5432,53/UDP,8000-8100`, `any`. */
function portWords(ports: Disagreement['ports']): string {
  if (isEvery(ports)) return 'any'
  return ports
    .map((port) => {
      const numbers = port.first === 1 && port.last === MAX_PORT ? 'any' : rangeText(port)
      return port.protocol === 'TCP' && numbers !== 'any' ? numbers : `${numbers}/${port.protocol}`
    })
    .join()
}

/** `allow shop/Deployment/web -> shop/Deployment/api:8080`. */
export function oneLineTest(verdict: 'allow' | 'deny', from: string, to: string, ports: Disagreement['ports']): string {
  return `${verdict} ${from} -> ${destination(to, ports)}`
}

/** `shop/Deployment/api:8080`, as a test or an entry of `allowOnlyTo` names a destination. */
export function destination(to: string, ports: Disagreement['ports']): string {
  return `${to.includes(':') ? `[${to}]` : to}:${portWords(ports)}`
}

/** `{ from: shop/Deployment/web, ports: [8080] }`: an entry of `allowOnlyFrom`. */
export function sourceEntry(from: string, ports: Disagreement['ports']): string {
  const peer = /[:,]/.test(from) ? `'${from}'` : from
  return `{ from: ${peer}, ports: [${portWords(ports).split(',').join(', ')}] }`
}

/** An item of a list of texts as YAML reads it: what begins like something else is quoted. */
export function listItem(text: string): string {
  return /: |\s#|[[\]{}]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text
}
