/** Arbitrary Services in a given cluster, with the readiness of its pods, and questions about them. */
import fc from 'fast-check'
import type { Options } from './evaluate.js'
import { clusters } from './generate-cluster.js'
import { options, withBothFamilies } from './generate-options.js'
import { policies } from './generate-policies.js'
import { clusterPolicies } from './generate-tiers.js'
import * as u from './generate-universe.js'
import { get, labels, list, text, unset } from './json.js'
import type { ServiceQuestion } from './service-answer.js'
import { protocolOf } from './services.js'

export interface ServiceCase {
  objects: object[]
  options: Options
  questions: ServiceQuestion[]
}

type Readiness = 'True' | 'False' | 'missing' | 'planned'
const readiness = u.weighted<Readiness>([12, u.pick('True')], [3, u.pick('False', 'missing')], [3, u.pick('planned')])

/** A pod as the kubelet reports it, or one of a manifest, which has no status. */
function withReadiness(object: object, ready: Readiness): object {
  const { status, metadata, spec, ...rest } = object as Record<string, unknown>
  if (rest['kind'] !== 'Pod') return object
  const finished = get(status, 'phase') === 'Succeeded'
  if (ready === 'planned' && !finished && unset(get(metadata, 'deletionTimestamp'))) {
    const plain = u.compact({ ...(metadata as object), uid: undefined, resourceVersion: undefined })
    return { ...rest, metadata: plain, spec: u.compact({ ...(spec as object), nodeName: undefined }) }
  }
  const conditions: object[] = [{ type: 'PodScheduled', status: 'True' }]
  if (ready === 'True' || ready === 'False') conditions.push({ type: 'Ready', status: ready })
  return { ...rest, metadata, spec, status: { ...(status as object | undefined), conditions } }
}

/** A selector of labels that some pod has, so that most Services have backends. */
const selectorSeed = fc.record({
  kind: u.weighted<'one' | 'two' | 'none'>([12, u.pick('one')], [2, u.pick('two')], [1, u.pick('none')]),
  pod: fc.nat(),
  label: fc.nat(),
  none: u.pick(undefined, null, {}),
})
type SelectorSeed = typeof selectorSeed extends fc.Arbitrary<infer T> ? T : never

function selectorOf(pods: readonly object[], namespace: unknown, { kind, pod, label, none }: SelectorSeed): unknown {
  if (kind === 'none') return none
  const near = pods.filter((one) => get(get(one, 'metadata'), 'namespace') === namespace)
  const pairs = labels(get(get(near[pod % Math.max(1, near.length)], 'metadata'), 'labels'))
  const chosen: Record<string, string> = {}
  for (const n of kind === 'one' ? [0] : [0, 1]) {
    const pair = pairs[(label + n) % Math.max(1, pairs.length)]
    if (pair !== undefined) chosen[pair.key] = pair.value
  }
  return Object.keys(chosen).length === 0 ? { app: 'web' } : chosen
}

/** B-41: ports of a Service that has several have names. */
const ports: fc.Arbitrary<object[]> = fc
  .uniqueArray(
    fc.record({
      port: u.pick(53, 53, 80, 80, 81),
      protocol: u.weighted<unknown>([3, u.pick(undefined, null)], [4, u.pick('TCP', 'UDP', 'UDP', 'SCTP')]),
      targetPort: u.weighted<unknown>(
        [3, u.weighted<unknown>([2, u.nothing], [1, u.pick(0)], [1, u.pick('')])],
        [4, u.pick(...u.PORTS)],
        [5, u.pick(...u.PORT_NAMES)],
      ),
      name: u.pick('web', 'name', undefined),
    }),
    { minLength: 1, maxLength: 3, selector: (one) => `${one.port}/${protocolOf(one)}` },
  )
  .map((all) =>
    all.map((one, n) => u.compact({ ...one, name: all.length > 1 ? `${one.name ?? 'port'}-${String(n)}` : one.name })),
  )

const service = fc.record({
  namespace: u.pick('x', 'x', 'y', 'default', undefined),
  selector: selectorSeed,
  ports,
  type: u.pick(undefined, undefined, 'ClusterIP', 'NodePort', 'LoadBalancer'),
  policy: u.pick(undefined, 'Cluster', 'Local'),
  address: u.weighted<'none' | 'headless' | 'given'>(
    [6, u.pick('given')],
    [2, u.pick('none')],
    [2, u.pick('headless')],
  ),
  families: u.pick<string[]>(['IPv4'], ['IPv6'], ['IPv4', 'IPv6'], ['IPv6', 'IPv4']),
  tellsFamilies: fc.boolean(),
  publishes: u.weighted<unknown>([3, u.pick(undefined, false, null)], [2, u.pick(true)]),
})
type ServiceParts = typeof service extends fc.Arbitrary<infer T> ? T : never

function serviceOf(parts: ServiceParts, number: number, pods: readonly object[], dual: boolean): object {
  const families = dual ? parts.families : ['IPv4']
  const own = families.map((family) => u.serviceAddresses(number)[family === 'IPv4' ? 0 : 1])
  const headless = parts.address === 'headless'
  const outside = !headless && (parts.type === 'NodePort' || parts.type === 'LoadBalancer')
  const spec = u.compact({
    type: headless && parts.type !== undefined ? 'ClusterIP' : parts.type,
    externalTrafficPolicy: outside ? parts.policy : undefined,
    clusterIP: headless ? 'None' : parts.address === 'given' ? own[0] : undefined,
    clusterIPs: headless || parts.address === 'none' ? undefined : own,
    ipFamilies: parts.tellsFamilies ? families : undefined,
    publishNotReadyAddresses: parts.publishes,
    selector: selectorOf(pods, parts.namespace, parts.selector),
    ports: parts.ports,
  })
  const metadata = u.compact({ name: `s${String(number)}`, namespace: parts.namespace })
  return { apiVersion: 'v1', kind: 'Service', metadata, spec }
}

const questionSeed = fc.record({
  service: fc.nat(),
  byAddress: u.chance(30),
  second: fc.boolean(),
  from: fc.nat(),
  source: u.weighted<'pod' | 'outside' | 'node'>([12, u.pick('pod')], [4, u.pick('outside')], [1, u.pick('node')]),
  port: fc.nat(),
  ask: u.weighted<'listed' | 'named' | 'other' | 'all'>(
    [8, u.pick('listed')],
    [3, u.pick('named')],
    [1, u.pick('other')],
    [2, u.pick('all')],
  ),
})
type Seed = typeof questionSeed extends fc.Arbitrary<infer T> ? T : never

const nameOf = (object: object): string => {
  const metadata = get(object, 'metadata')
  return `${text(get(metadata, 'namespace')) || 'default'}/${text(get(metadata, 'name'))}`
}

function questionOf(objects: readonly object[], seed: Seed): ServiceQuestion | undefined {
  const ofKind = (kind: string): object[] => objects.filter((one) => get(one, 'kind') === kind)
  const services = ofKind('Service')
  const service = services[seed.service % services.length]
  if (service === undefined) return undefined
  const spec = get(service, 'spec')
  const addresses = list(get(spec, 'clusterIPs'))
  const address = text(addresses[seed.second ? addresses.length - 1 : 0])
  const pods = ofKind('Pod').filter((one) => get(get(one, 'status'), 'phase') !== 'Succeeded')
  const pod = pods[seed.from % pods.length]
  const nodes = ofKind('Node')
  const node = nodes[seed.from % Math.max(1, nodes.length)]
  if (pod === undefined) return undefined
  const outside = u.EXTERNALS[seed.from % u.EXTERNALS.length]
  const byPod = { pod: nameOf(pod) }
  const from =
    seed.source === 'outside' && outside !== undefined
      ? { address: outside }
      : seed.source === 'node' && node !== undefined
        ? { node: text(get(get(node, 'metadata'), 'name')) }
        : byPod
  const ports = list(get(spec, 'ports'))
  const port = ports[seed.port % ports.length]
  const headless = get(spec, 'clusterIP') === 'None'
  const number = Number(get(port, 'port'))
  const name = text(get(port, 'name'))
  const asked =
    seed.ask === 'all' && !headless
      ? undefined
      : seed.ask === 'named' && name !== ''
        ? { port: name }
        : seed.ask === 'other'
          ? { port: u.PORTS[seed.port % u.PORTS.length] ?? 1, protocol: u.PROTOCOLS[seed.from % 3] ?? 'TCP' }
          : { port: number, protocol: protocolOf(port) }
  const to = seed.byAddress && address !== '' ? { address } : { service: nameOf(service) }
  return { from, to, asked }
}

export const serviceCases: fc.Arbitrary<ServiceCase> = fc
  .record({
    cluster: clusters,
    policies,
    options,
    ready: fc.array(readiness, { minLength: 9, maxLength: 9 }),
    services: fc.array(service, { minLength: 2, maxLength: 4 }),
    seeds: fc.array(questionSeed, { minLength: 12, maxLength: 12 }),
  })
  .map(({ cluster, policies, options, ready, services, seeds }) => {
    const dual = JSON.stringify(cluster).includes('fd00:9::')
    let turn = 0
    const pods = cluster.map((one) => withReadiness(one, ready[turn++ % ready.length] ?? 'True'))
    const live = pods.filter((one) => get(one, 'kind') === 'Pod')
    const all = [...pods, ...services.map((one, n) => serviceOf(one, n + 1, live, dual)), ...policies]
    const objects = JSON.parse(JSON.stringify(all)) as object[]
    const questions = seeds.flatMap((seed) => questionOf(objects, seed) ?? [])
    return { objects, options: withBothFamilies(options, cluster), questions }
  })

/** The same with policies of the cluster, which a pod that reaches itself through a Service is subject to (C-27). */
export const serviceTierCases: fc.Arbitrary<ServiceCase> = fc
  .tuple(serviceCases, clusterPolicies)
  .map(([{ objects, ...rest }, ofCluster]) => ({ ...rest, objects: [...objects, ...ofCluster] }))
