import { workloadId, type Cluster, type ClusterNode, type RefusedObject } from '../model/cluster.js'
import { backendsOf } from './backends.js'
import { suggestForName } from './did-you-mean.js'
import { matchesGlob } from './glob.js'
import type { Parties } from './party.js'
import type { PartsOf, PickedPods } from './parts.js'
import type { NameReading } from './peer.js'
import { matchesNothing, misworded, ok, type Result } from './question-error.js'
import { noService, onlyService, servicesCalled } from './services.js'
import { workloadsIn } from './workloads-in.js'

interface Found {
  readonly wildcard: boolean
  readonly picked: readonly PickedPods[]
  readonly nodes: readonly ClusterNode[]
}

/** Looks a name up under every way to read it; more than one object is an error that spells them out. */
export function resolveName(
  cluster: Cluster,
  readings: readonly NameReading[],
  text: string,
  partsOf: PartsOf,
): Result<Parties> {
  const refused = cluster.refused.find((object) => readings.some((reading) => isCalled(object, reading)))
  if (refused !== undefined) return leftOut(refused)
  const found = readings
    .map((reading) => ({ ...lookUp(cluster, reading), services: servicesCalled(cluster, reading) }))
    .filter(({ picked, nodes, services }) => picked.length + nodes.length + services.length > 0)
  const [first] = found
  if (first === undefined) return nobody(cluster, readings, text)
  const ids = found.flatMap(({ picked, nodes, services }) => [
    ...services.slice(0, 1).map(workloadId),
    ...picked.map(({ workload }) => workload.id),
    ...nodes.map(({ name }) => `node/${name}`),
  ])
  if (found.length > 1 || (!first.wildcard && ids.length > 1)) {
    return misworded(`\`${text}\` can mean ${ids.map((id) => `\`${id}\``).join(' or ')}`, 'write it as one of these')
  }
  const [service] = first.services
  if (service !== undefined) {
    const only = onlyService(service, first.services)
    return only.ok ? backendsOf(cluster, only.value, partsOf) : only
  }
  const nodes = first.nodes.map((node) => ({ kind: 'node', node }) as const)
  const parties = [...first.picked.flatMap(partsOf), ...nodes]
  return ok({ parties, wildcard: first.wildcard, family: null, addressOf: null })
}

/** Whether a name means an object that was left out. One with a wildcard means others as well: those have an answer, an incomplete one. */
function isCalled(object: RefusedObject, { namespace, object: kind, name }: NameReading): boolean {
  if (object.name !== name) return false
  if (object.kind === 'Node') return kind === 'Node'
  return object.namespace === namespace && (kind === null ? object.kind !== 'Service' : kind === object.kind)
}

/** What is wrong with an object that was left out, in the words of its own message. */
export function leftOut({ kind, namespace, name, problem }: RefusedObject): Result<never> {
  const { code, message, help, file, line, column } = problem
  const place = file === null ? '' : ` (${[file, line, column].filter((part) => part !== null).join(':')})`
  const id = namespace === '' ? name : `${namespace}/${name}`
  const fate = kind === 'Service' ? 'cannot be used' : 'was left out'
  return matchesNothing(`the ${kind} \`${id}\` ${fate}: ${code}: ${message}${place}`, help)
}

/** Workloads by name, else pods by name: `web-5d8f-x2x` is a pod of the workload `web`. */
function lookUp({ workloads, nodes }: Cluster, { namespace, object, name }: NameReading): Found {
  const pattern = name === 'any' ? '*' : name
  const wildcard = pattern.includes('*') || namespace.includes('*')
  if (object === 'Node') {
    return { wildcard, picked: [], nodes: [...nodes.values()].filter((node) => matchesGlob(pattern, node.name)) }
  }
  const there = workloadsIn(workloads, namespace)
  const named = there.filter(({ kind, name: own }) => (object === null || kind === object) && matchesGlob(pattern, own))
  const whole = named.map((workload) => ({ workload, pods: workload.pods }))
  if (whole.length > 0 || wildcard || (object !== null && object !== 'Pod'))
    return { wildcard, picked: whole, nodes: [] }
  // What stands for the pods of a template has no name of its own: it is called like its owner, which is not a Pod
  const single = there.map((workload) => ({
    workload,
    pods: workload.pods.filter((pod) => pod.name === name && (workload.kind === 'Pod' || name !== workload.name)),
  }))
  return { wildcard, picked: single.filter(({ pods }) => pods.length > 0), nodes: [] }
}

function nobody(cluster: Cluster, readings: readonly NameReading[], text: string): Result<never> {
  for (const { namespace, object, name } of readings) {
    if (object === 'Service') return noService(cluster, { namespace, object, name }, text)
    const finished = cluster.finishedPods.find((pod) => pod.namespace === namespace && pod.name === name)
    if (finished !== undefined && (object === null || object === 'Pod')) {
      return matchesNothing(`the pod \`${namespace}/${name}\` has terminated: policies have nothing to decide about it`)
    }
  }
  const message = `\`${text}\` matches nothing in the input`
  if (readings.some(({ object, name }) => object === null && name.toLowerCase() === 'kubelet')) {
    return matchesNothing(
      `${message}: the kubelet is not a pod, and what it sends comes from its node`,
      "a pod's own node, probes included, is always let in; ask about a node as node/NAME or by its address",
    )
  }
  if (cluster.nodes.size === 0 && readings.some(({ object }) => object === 'Node')) {
    return matchesNothing(
      `${message}, which shows no nodes`,
      'add the Node objects (kubectl get nodes -o yaml), or ask about the address of a node',
    )
  }
  const [service] = readings.flatMap((reading) =>
    reading.object === null ? servicesCalled(cluster, { ...reading, object: 'Service' }) : [],
  )
  if (service !== undefined)
    return matchesNothing(message, `that is a Service: did you mean \`${workloadId(service)}\`?`)
  return matchesNothing(message, suggestForName(cluster, readings))
}
