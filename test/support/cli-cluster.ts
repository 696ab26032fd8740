import { LIVE } from './live.js'
/** A cluster in which every form of a peer means somebody, and no policy stands in the way. */
export const CLUSTER = [
  namespace('shop'),
  namespace('tenant-a'),
  namespace('tenant-b'),
  namespace('deploy'),
  workload('Deployment', 'shop', 'web', { app: 'web', 'app.kubernetes.io/name': 'web' }, 2, 'http', 8080, 'TCP'),
  workload('Deployment', 'shop', 'api', { app: 'api', tier: 'back' }, 1, 'http', 9090, 'TCP'),
  workload('Deployment', 'shop', 'quic', { app: 'quic', tier: 'edge' }, 1, 'http', 8443, 'UDP'),
  workload('StatefulSet', 'shop', 'db', { app: 'db', tier: 'back' }, 1, 'sql', 5432, 'TCP'),
  workload('Deployment', 'shop', 'twin', { app: 'twin' }, 1, 'twin', 1000, 'TCP'),
  workload('StatefulSet', 'shop', 'twin', { app: 'twin' }, 1, 'twin', 1000, 'TCP'),
  pod('deploy', 'web', { app: 'other' }, '10.0.0.9'),
  pod('default', 'solo', { app: 'solo' }, '10.0.0.1'),
  pod('tenant-a', 'blue', { app: 'blue' }, '10.0.0.2'),
  pod('tenant-b', 'blue', { app: 'blue' }, '10.0.0.3'),
  pod('tenant-b', 'done', { app: 'done' }, '10.0.0.4', 'Succeeded'),
  `apiVersion: v1\nkind: Node\nmetadata: {name: n1, uid: u, resourceVersion: "1"}\nstatus: {addresses: [{type: InternalIP, address: 192.168.0.1}]}\n`,
].join('---\n')

/** Manifests as text: a namespace. */
export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: ${JSON.stringify({ name, labels })}\n`
}

/** A pod that runs, with its address. */
export function pod(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  address: string | null,
  phase = 'Running',
): string {
  const status =
    address === null ? '' : `status: {phase: ${phase}, podIP: "${address}", podIPs: [{ip: "${address}"}]}\n`
  const spec = 'spec: {containers: [{name: main, image: registry.example/main:1}]}\n'
  return `apiVersion: v1\nkind: Pod\nmetadata: ${JSON.stringify({ ...LIVE, namespace, name, labels })}\n${spec}${status}`
}

function workload(
  kind: 'Deployment' | 'StatefulSet',
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  replicas: number,
  port: string,
  number: number,
  protocol: 'TCP' | 'UDP',
): string {
  const ports = [{ name: port, containerPort: number, protocol }]
  const containers = [{ name: 'main', image: 'registry.example/main:1', ports }]
  const service = kind === 'StatefulSet' ? { serviceName: name } : {}
  const template = { metadata: { labels }, spec: { containers } }
  const spec = { replicas, ...service, selector: { matchLabels: labels }, template }
  return `${JSON.stringify({ apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec })}\n`
}

/** A policy for all pods of a namespace; the rest of its spec in YAML's flow style. */
export function policy(namespace: string, name: string, spec: string): string {
  const head = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n`
  return `${head}metadata: ${JSON.stringify({ namespace, name })}\nspec: {podSelector: {}, ${spec}}\n`
}
