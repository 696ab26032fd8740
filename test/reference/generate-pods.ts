/** Arbitrary pods: addresses, nodes, lives and declared ports. */
import { LIVE } from '../support/live.js'
import fc from 'fast-check'
import * as u from './generate-universe.js'

const containerPort = fc.record(
  {
    name: u.pick(...u.PORT_NAMES),
    containerPort: u.weighted<number>([1, u.pick(...u.PORTS)], [3, u.pick(53, 80, 81)]),
    protocol: u.weighted<unknown>([3, u.pick('TCP', 'TCP', 'UDP')], [1, u.pick('SCTP', null)]),
  },
  { requiredKeys: ['containerPort'] },
)

/** Names are unique in one container only (B-40). */
const ports: fc.Arbitrary<unknown> = u.weighted<unknown>(
  [1, u.noList],
  [6, fc.uniqueArray(containerPort, { minLength: 1, maxLength: 3, selector: (one) => one.name ?? one })],
)

const container = (name: string, restart: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc
    .record({ ports, restartPolicy: restart })
    .map(({ ports, restartPolicy }) => u.compact({ name, image: 'server', restartPolicy, ports }))

const containers = u.weighted<object[]>(
  [1, fc.tuple(container('one', fc.constant(undefined)))],
  [1, fc.tuple(container('one', fc.constant(undefined)), container('two', fc.constant(undefined)))],
)
const initContainers = u.weighted<unknown>(
  [2, u.noList],
  [1, fc.tuple(container('early', u.pick('Always', undefined)))],
)

type Life = 'running' | 'no-phase' | 'pending' | 'finished' | 'terminating'

export const podParts = fc.record({
  present: u.chance(75),
  labels: u.labels,
  containers,
  initContainers,
  hostNetwork: u.weighted<unknown>([8, fc.constant(true)], [92, u.pick(undefined, undefined, false, null)]),
  life: u.weighted<Life>([10, u.pick('running')], [3, u.pick('no-phase', 'terminating', 'finished', 'pending')]),
  address: u.weighted([8, u.pick('all')], [2, u.pick('one')], [2, u.pick('none')]),
  oneFamily: u.weighted<0 | 1>([2, u.pick(0)], [1, u.pick(1)]),
  form: u.pick('podIP', 'podIPs', 'both'),
  /** A finished or pending pod whose address is another pod's by now. */
  takeover: u.chance(60),
  node: u.weighted<number | undefined>([4, u.pick(1)], [5, u.pick(2)], [1, u.pick(3)], [2, u.pick(undefined)]),
  host: u.pick('hostIP', 'hostIPs', 'none'),
  noNamespace: fc.boolean(),
})
type PodParts = typeof podParts extends fc.Arbitrary<infer T> ? T : never

interface Taken {
  ips: string[]
}

function ipsOf(parts: PodParts, space: number, index: number, mode: u.Mode, running: readonly Taken[]): string[] {
  if (parts.hostNetwork === true) {
    const all = parts.node === undefined ? [] : u.nodeAddresses(parts.node).slice(0, mode === 'dual' ? 2 : 1)
    return parts.address === 'all' ? all : []
  }
  if (parts.address === 'none' || (parts.life === 'pending' && !parts.takeover)) return []
  if ((parts.life === 'pending' || parts.life === 'finished') && parts.takeover) {
    const owner = running[running.length - 1]
    if (owner !== undefined) return owner.ips
    if (parts.life === 'pending') return []
  }
  const all = u.podAddresses(space, index)
  if (mode === 'IPv4') return [all[0]]
  return parts.address === 'all' ? all : [all[parts.oneFamily]]
}

function statusOf(parts: PodParts, ips: string[], mode: u.Mode): object | undefined {
  const phases = { running: 'Running', 'no-phase': undefined, pending: 'Pending', finished: 'Succeeded' }
  const phase = parts.life === 'terminating' ? 'Running' : phases[parts.life]
  const hosts = parts.node === undefined ? [] : u.nodeAddresses(parts.node).slice(0, mode === 'dual' ? 2 : 1)
  // A finished pod tells nothing about nodes, so that nothing rests on whether it counts
  const host = parts.life === 'finished' || ips.length === 0 || hosts.length === 0 ? 'none' : parts.host
  const status = u.compact({
    phase,
    podIP: ips.length > 0 && parts.form !== 'podIPs' ? ips[0] : undefined,
    podIPs: ips.length > 1 || parts.form !== 'podIP' ? ips.map((ip) => ({ ip })) : undefined,
    hostIP: host === 'none' || (host === 'hostIPs' && mode === 'dual') ? undefined : hosts[0],
    hostIPs: host === 'hostIPs' ? hosts.map((ip) => ({ ip })) : undefined,
  })
  return Object.keys(status).length === 0 ? undefined : status
}

export function pods(all: readonly PodParts[], mode: u.Mode): object[] {
  const objects: object[] = []
  const running: Taken[] = []
  for (const [number, given] of all.entries()) {
    const [space, index] = [Math.floor(number / 3), number % 3]
    const parts = number < 2 ? { ...given, life: given.life === 'finished' ? ('running' as const) : given.life } : given
    if (number >= 2 && !parts.present) continue
    const ips = ipsOf(parts, space, index, mode, running)
    if (parts.life === 'running' && parts.hostNetwork !== true && ips.length > 0) running.push({ ips })
    const namespace = u.NAMESPACES[space]
    const nodeName = parts.node === undefined ? undefined : `n${parts.node}`
    const metadata = u.compact({
      ...LIVE,
      name: ['a', 'b', 'c'][index],
      namespace: namespace === 'default' && parts.noNamespace ? undefined : namespace,
      labels: parts.labels,
      deletionTimestamp: parts.life === 'terminating' ? '2026-01-01T00:00:00Z' : undefined,
    })
    const { hostNetwork, containers, initContainers } = parts
    const spec = u.compact({ nodeName, hostNetwork, containers, initContainers })
    objects.push(u.compact({ apiVersion: 'v1', kind: 'Pod', metadata, spec, status: statusOf(parts, ips, mode) }))
  }
  return objects
}
