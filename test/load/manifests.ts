import { LIVE } from '../support/live.js'
import { parseCluster, type Cluster, type LoadOptions, type NetworkPolicy, type Workload } from '../../src/index.js'

/**
 * Reads a text; objects are given as JSON, which is how `kubectl get -o json` prints them. Most of these inputs have no
 * policies on purpose, so NP127 is left to its own tests (`no-policies.test.ts`).
 */
export function load(manifest: string | readonly object[], options: LoadOptions = {}): Cluster {
  const text =
    typeof manifest === 'string' ? manifest : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifest })
  return apartFromPolicies(parseCluster([{ file: 'all.yaml', text }], options))
}

/** A cluster without the warning that it has no policies. */
export function apartFromPolicies(cluster: Cluster): Cluster {
  return { ...cluster, diagnostics: cluster.diagnostics.filter(({ code }) => code !== 'NP127') }
}

/** The codes of everything that was said, once each, or only of one severity. */
export function codesOf({ diagnostics }: Cluster, severity?: string): readonly string[] {
  const said = diagnostics.filter((diagnostic) => severity === undefined || diagnostic.severity === severity)
  return [...new Set(said.map(({ code }) => code))].sort()
}

/** The only policy of a cluster, which must have been read without errors. */
export function policyOf(cluster: Cluster): NetworkPolicy {
  const [policy, ...more] = cluster.policies
  if (policy === undefined || more.length > 0) throw new Error(JSON.stringify(cluster.diagnostics))
  if (policy.kind !== 'NetworkPolicy') throw new Error(`${policy.name} is of another kind`)
  return policy
}

/** A policy with this text as its spec, indented by two. */
export function policyText(spec: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: p
  namespace: x
${spec}`
}

export function workloadOf(cluster: Cluster, id: string): Workload {
  const found = cluster.workloads.find((workload) => workload.id === id)
  if (found === undefined) throw new Error(`${id} is none of ${cluster.workloads.map((w) => w.id).join()}`)
  return found
}

export function idsOf({ workloads }: Cluster): readonly string[] {
  return workloads.map(({ id }) => id)
}

/** An object with a name, for tests that care about little else. */
export function object(apiVersion: string, kind: string, id: string, rest: object = {}): object {
  const [namespace, name] = id.includes('/') ? id.split('/') : [undefined, id]
  return { apiVersion, kind, metadata: { namespace, name, ...('status' in rest ? LIVE : {}) }, ...rest }
}

/** What an object is, without where it was read. */
export function withoutSource(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'source'))
}
