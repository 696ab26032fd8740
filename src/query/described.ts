import { workloadId, type Cluster, type Namespace, type Pod, type Workload } from '../model/cluster.js'
import { closest } from '../model/closest.js'
import type { Labels } from '../model/labels.js'
import { NO_SOURCE } from '../model/source.js'
import { parseLabelSelector } from './label-selector.js'
import type { WorkloadParty } from './party.js'
import { matchesNothing, misworded, ok, type Result } from './question-error.js'

const PREFIX = 'labels:'
const OF_NAMESPACE = 'ns.'
const FORM = 'write labels:KEY=VALUE,ns.KEY=VALUE for a namespace by its labels, or labels:KEY=VALUE@NAMESPACE'

/** A pod that the input lacks, asked for by its labels, and the namespace that it is in. */
export interface DescribedPeer {
  readonly party: WorkloadParty
  readonly namespace: Namespace
}

/** Whether a peer is described. */
export function isDescribed(text: string): boolean {
  return text.startsWith(PREFIX)
}

/**
 * Reads `labels:app=web,ns.team=shop` or `labels:app=web@shop`: a pod with these labels and no others, in a namespace with
 * these labels and no others, in one of the input, or in the one that is given.
 */
export function describedPeer(cluster: Cluster, text: string, namespace: string): Result<DescribedPeer> {
  const at = text.lastIndexOf('@')
  const words = text.slice(PREFIX.length, at < 0 ? undefined : at)
  const selector = words === '' ? misworded(`\`${text}\` has no labels`, FORM) : parseLabelSelector(words)
  if (!selector.ok) return selector
  const pod = new Map<string, string>()
  const own = new Map<string, string>()
  for (const { key, operator, values } of selector.value.requirements) {
    const [value, ...more] = values
    if (operator !== 'In' || value === undefined || more.length > 0)
      return misworded(`\`${text}\`: a pod has labels, and no \`${operator}\``, FORM)
    if (key.startsWith(OF_NAMESPACE)) own.set(key.slice(OF_NAMESPACE.length), value)
    else pod.set(key, value)
  }
  if (own.size > 0) {
    if (at >= 0) return misworded(`\`${text}\` has a namespace and labels of one`, FORM)
    const name = `{${[...own].map((label) => label.join('=')).join()}}`
    return ok({ party: partyOf(name, pod), namespace: { name, labels: own, defined: true } })
  }
  const name = at < 0 ? namespace : text.slice(at + 1)
  const known = cluster.namespaces.get(name)
  if (known !== undefined) return ok({ party: partyOf(name, pod), namespace: known })
  const near = closest(name, cluster.namespaces.keys())
  return matchesNothing(
    `\`${text}\`: the namespace \`${name}\` is not in the input`,
    near === null ? 'describe it by its labels: ns.KEY=VALUE' : `did you mean \`@${near}\`?`,
  )
}

function partyOf(namespace: string, labels: Labels): WorkloadParty {
  const name = `{${[...labels].map((label) => label.join('=')).join()}}`
  const pod: Pod = {
    namespace,
    name,
    labels,
    numberedLabels: [],
    unpredictableLabels: [],
    ports: [],
    initPorts: [],
    hostNetwork: false,
    running: false,
    readiness: 'ready',
    addresses: [],
    node: null,
    nodeAddresses: [],
    owner: null,
    hasNamespace: true,
    count: 1,
  }
  const own = { kind: 'Pod', namespace, name }
  const workload: Workload = { ...own, id: workloadId(own), source: NO_SOURCE, pods: [pod], replicas: 1 }
  return { kind: 'workload', workload, pods: [pod], part: null, isDescribed: true }
}
