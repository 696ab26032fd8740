import type { Address, Family } from '../net/address.js'
import type { Choices } from './choice.js'
import type { Diagnostic } from './diagnostic.js'
import type { Protocol } from './protocol.js'
import type { Labels } from './labels.js'
import type { Policy } from './policy-kinds.js'
import type { Source } from './source.js'

/** Everything that the input says about a cluster, settled once: plain data, safe to share between questions. */
export interface Cluster {
  readonly namespaces: ReadonlyMap<string, Namespace>
  /** Sorted by id. Finished pods are not in here. */
  readonly workloads: readonly Workload[]
  readonly nodes: ReadonlyMap<string, ClusterNode>
  readonly policies: readonly Policy[]
  readonly services: readonly ClusterService[]
  /** Pods that have finished: they have no verdicts, but a question may name one. */
  readonly finishedPods: readonly ObjectName[]
  /** Workloads, Services and nodes that the API server would refuse: a question may name one. All but Services with bad ports were left out. */
  readonly refused: readonly RefusedObject[]
  /** The address families that the input shows: IPv4 unless there are only IPv6 addresses. */
  readonly families: readonly Family[]
  readonly inventory: Inventory
  /** The user chose the namespace of objects that name none: nothing about it is assumed. */
  readonly namespaceChosen: boolean
  /** The folders, with a slash at their end, and manifests that an exclude left out. */
  readonly excluded: readonly string[]
  /** What loading has to say. */
  readonly diagnostics: readonly Diagnostic[]
  /** False where an error keeps every question from being answered. */
  readonly answerable: boolean
  /** Where nothing can be answered, or there are no pods to ask about: what could be read instead. Else null. */
  readonly choices: Choices | null
  /** True where answers rest on less than all of the input: policies of other systems, skipped templates or objects. */
  readonly incomplete: boolean
  /** A line of a file that was read, counted from 1; null where there is none. */
  readonly excerpt: (file: string, line: number) => string | null
}

/** A Service, as far as questions are about it. */
export interface ClusterService extends ObjectName {
  /** `headless` and `ExternalName` are reached without any address of their own. */
  readonly type: 'ClusterIP' | 'headless' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  /** The name for which an ExternalName Service is an alias; else null. */
  readonly externalName: string | null
  /** The addresses that lead to its pods, and that no pod has. */
  readonly clusterAddresses: readonly Address[]
  /** Addresses by which clients reach it from outside: of load balancers, and its `externalIPs`. */
  readonly externalAddresses: readonly Address[]
  /** The address families that it says it has; empty where the cluster chooses them. */
  readonly families: readonly Family[]
  /** Labels that its pods have, all of them; null where the Service picks none itself. */
  readonly selector: Labels | null
  /** It leads to pods that are not ready, too. */
  readonly publishesNotReady: boolean
  readonly ports: readonly ServicePort[]
  /** What lets clients outside the cluster in, where a node's address may replace theirs on the way; else null. */
  readonly rewritesSource: 'LoadBalancer' | 'NodePort' | 'externalIPs' | null
  /** What its EndpointSlices, else its Endpoints, list where it has no selector; each address once. */
  readonly endpoints: readonly ServiceEndpoint[]
}

/** An address behind a Service that picks no pods itself. */
export interface ServiceEndpoint {
  readonly address: Address
  /** One that is being deleted and still serves is `terminating`. */
  readonly readiness: 'ready' | 'not-ready' | 'terminating'
  /** The pod that is said to have the address; null where none is. */
  readonly pod: ObjectName | null
  readonly ports: readonly EndpointPort[]
}

/** A port of an address behind a Service; the port of the Service with the same name and protocol leads to it. */
export interface EndpointPort {
  /** Empty where it has none. */
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
}

/** A port of a Service, and the port of its pods that is behind it: a number, or a name that each pod resolves. */
export interface ServicePort {
  readonly name: string | null
  readonly protocol: Protocol
  readonly port: number
  readonly target: number | string
  /** The `targetPort` that a headless Service does not use, where it is not the port itself; else null. */
  readonly unusedTarget: number | string | null
  /** The port of every node that leads to the Service as well; null where there is none, or only the cluster knows. */
  readonly nodePort: number | null
}

/** Why a Service does not lead to a pod that its selector matches; `ready` where it does. */
export type Readiness = 'ready' | 'not-ready' | 'terminating' | 'no-address'

/** Names an object of a namespace. */
export interface ObjectName {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** An object that was left out, and why. */
export interface RefusedObject extends ObjectName {
  readonly problem: Diagnostic
}

/** Every document that was found is exactly one of these. */
export interface Inventory {
  readonly files: number
  readonly used: number
  readonly irrelevant: number
  readonly empty: number
  readonly template: number
  readonly error: number
}

/** A namespace and its labels, `kubernetes.io/metadata.name` included. */
export interface Namespace {
  readonly name: string
  readonly labels: Labels
  /** False for a namespace that objects name and nobody defines: it has its one label, the others are unknown. */
  readonly defined: boolean
  /** Left out where nobody defines it. */
  readonly source?: Source
}

/** A node, from a Node object or from what its pods say of it. */
export interface ClusterNode {
  readonly name: string
  /** Its addresses inside the cluster, which its traffic to pods comes from. */
  readonly addresses: readonly Address[]
  /** Addresses that only the outside uses to reach it. */
  readonly externalAddresses: readonly Address[]
  /** Its labels; null where no Node object says them (C-17). */
  readonly labels: Labels | null
  /** Left out where only its pods speak of it. */
  readonly source?: Source
}

/** What people call by one name: a bare pod, or the pods of one owner (D-6, D-7). */
export interface Workload extends ObjectName {
  /** `namespace/Kind/name`. */
  readonly id: string
  readonly source: Source
  /** Never empty: the live pods, or what the template stands for. */
  readonly pods: readonly Pod[]
  /** How many pods there are: live ones, else replicas; null where only the cluster knows (a DaemonSet). */
  readonly replicas: number | null
}

/** A pod as far as policies see it, alive or made from a template (D-11). */
export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  /** Labels that say a pod's number: of several numbered pods in one, those of the first (D-6). Else empty. */
  readonly numberedLabels: readonly string[]
  /** Labels that a controller adds with values that nobody can predict (D-5). */
  readonly unpredictableLabels: readonly string[]
  /** Ports of containers and native sidecars, in their order (A-54g). */
  readonly ports: readonly ContainerPort[]
  /** Ports of plain init containers, which no name and no Service means: they end before the pod serves (A-54g). */
  readonly initPorts: readonly ContainerPort[]
  readonly hostNetwork: boolean
  /** Its phase is Running: of two pods with one address, the address belongs to this one. */
  readonly running: boolean
  /** Whether Services lead to it; what a manifest stands for is ready. */
  readonly readiness: Readiness
  /** Its addresses; empty where the input does not say. */
  readonly addresses: readonly Address[]
  /** The node it runs on, or null. */
  readonly node: string | null
  /** The addresses of that node; empty where the input does not say. */
  readonly nodeAddresses: readonly Address[]
  /** The object that owns it; null for a bare pod, or where that is not in the input. */
  readonly owner: PodOwner | null
  /** Whether its object says its namespace; else it was given one. */
  readonly hasNamespace: boolean
  /** How many pods it stands for: one if it is alive, else those of the template; null where only the cluster knows. */
  readonly count: number | null
}

/** What makes pods from a template, as far as messages compare the two: policies never look at its own labels. */
export interface PodOwner {
  readonly kind: string
  /** Its own labels, without those that its pod template has as well. */
  readonly labels: Labels
  /** Labels of the Jobs that a CronJob makes (`jobTemplate.metadata`), without those that its pod template has as well. */
  readonly jobLabels: Labels
  /** What stands in `template.labels` instead of `template.metadata.labels`. */
  readonly strayLabels: Labels
}

/** A port that a container declares. Declaring opens nothing; only the name has a meaning for policies. */
export interface ContainerPort {
  readonly name: string | null
  readonly protocol: Protocol
  readonly port: number
}

/** The id of a workload in every output. */
export function workloadId({ kind, namespace, name }: ObjectName): string {
  return `${namespace}/${kind}/${name}`
}

/** The addresses that a pod is met at: on its host's network also those of its node. */
export function networkAddresses({ hostNetwork, nodeAddresses, addresses }: Pod): readonly Address[] {
  return hostNetwork ? [...nodeAddresses, ...addresses] : addresses
}
