import type { Example } from './entry.js'

/** A NetworkPolicy `db` with these lines in its spec. */
export function policy(...spec: readonly string[]): string {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata: { name: db, namespace: shop }',
    'spec:',
    ...spec.map((line) => `  ${line}`),
  ].join('\n')
}

/** A policy for all pods of its namespace, with one ingress rule of these lines. */
export function ingress(...rule: readonly string[]): string {
  return policy('podSelector: {}', 'ingress:', ...rule.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`))
}

/** A policy for all pods of its namespace, with one ingress rule that names one block of addresses. */
export function fromBlock(...block: readonly string[]): string {
  return ingress('from:', '  - ipBlock:', ...block.map((line) => `      ${line}`))
}

/** A pod with the label `app` of its name, and a container with these lines. */
export function pod(name: string, ...container: readonly string[]): string {
  return [
    'apiVersion: v1',
    'kind: Pod',
    `metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }`,
    ...(container.length === 0 ? [] : ['spec:', '  containers:', '    - name: main']),
    ...container.map((line) => `      ${line}`),
  ].join('\n')
}

/** Several manifests in one file. */
export function together(...manifests: readonly string[]): string {
  return manifests.join('\n---\n')
}

/** An example of manifests alone. */
export function file(...manifests: readonly string[]): Example {
  return { manifests: together(...manifests) }
}

/** A ClusterNetworkPolicy `guard` of the Admin tier with these lines in its spec. */
export function clusterPolicy(...spec: readonly string[]): string {
  return [
    'apiVersion: policy.networking.k8s.io/v1alpha2',
    'kind: ClusterNetworkPolicy',
    'metadata: { name: guard }',
    'spec:',
    '  tier: Admin',
    '  priority: 10',
    ...spec.map((line) => `  ${line}`),
  ].join('\n')
}

/** The same for all pods, with one egress rule of these lines. */
export function clusterEgress(...rule: readonly string[]): string {
  return clusterPolicy(
    'subject: { namespaces: {} }',
    'egress:',
    ...rule.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`),
  )
}
