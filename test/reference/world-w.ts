import { LIVE } from '../support/live.js'
/** The reference world of semantics section 0.3, and short ways to write policies. */

const NAME_LABEL = 'kubernetes.io/metadata.name'
export const E = '203.0.113.7'
export const E6 = '2001:db8:9::7'

export interface PodParts {
  labels?: object
  metadata?: object
  spec?: object
  status?: object
}

interface WPod {
  metadata: { namespace: string; name: string; labels: object }
}

function servePorts(): object[] {
  const ports: object[] = []
  for (const number of [80, 81]) {
    for (const protocol of ['TCP', 'UDP', 'SCTP']) {
      ports.push({ name: `serve-${number}-${protocol.toLowerCase()}`, containerPort: number, protocol })
    }
  }
  return ports
}

export function containers(...ports: object[][]): object[] {
  return ports.map((one, index) => ({ name: `c${index}`, image: 'server', ports: one }))
}

export const port = (name: string, containerPort: number, protocol?: string): object =>
  protocol === undefined ? { name, containerPort } : { name, containerPort, protocol }

/** A pod of the given name; parts that are given replace the usual ones. */
export function pod(namespace: string, name: string, parts: PodParts = {}): WPod {
  return {
    metadata: { ...LIVE, namespace, name, labels: parts.labels ?? { pod: name }, ...parts.metadata },
    ...{ apiVersion: 'v1', kind: 'Pod' },
    ...{ spec: { containers: containers(servePorts()), ...parts.spec } },
    ...(parts.status === undefined ? {} : { status: parts.status }),
  }
}

function usualPod(space: number, index: number): WPod {
  const node = space === 0 ? 1 : 2
  const ip = `10.0.${space + 1}.${index + 1}`
  return pod('xyz'[space] ?? '', 'abc'[index] ?? '', {
    spec: { nodeName: `n${node}` },
    status: { phase: 'Running', hostIP: `192.168.9.${node}`, podIP: ip, podIPs: [{ ip }] },
  })
}

export const namespace = (name: string, labels: object = { ns: name, [NAME_LABEL]: name }): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
})

const node = (number: number): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { ...LIVE, name: `n${number}` },
  status: {
    addresses: [
      { type: 'Hostname', address: `n${number}` },
      { type: 'InternalIP', address: `192.168.9.${number}` },
    ],
  },
})

/** World W with some pods replaced or added, and without the Namespace objects that `without` names. */
export function world(more: object[], pods: WPod[] = [], without: string[] = []): object[] {
  const objects: object[] = [node(1), node(2)]
  for (const name of ['x', 'y', 'z']) if (!without.includes(name)) objects.push(namespace(name))
  for (let space = 0; space < 3; space++) {
    for (let index = 0; index < 3; index++) {
      const usual = usualPod(space, index)
      const { namespace, name } = usual.metadata
      if (!pods.some((one) => one.metadata.namespace === namespace && one.metadata.name === name)) objects.push(usual)
    }
  }
  return [...objects, ...pods, ...more]
}

let count = 0
/** A policy; `types` as letters: 'I', 'E', 'IE', or undefined for no policyTypes. */
export function np(namespace: string | undefined, podSelector: unknown, types: string | undefined, rules = {}): object {
  const policyTypes = (types ?? '').split('').map((one) => (one === 'I' ? 'Ingress' : 'Egress'))
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `np-${++count}`, ...(namespace === undefined ? {} : { namespace }) },
    spec: { podSelector, ...(types === undefined ? {} : { policyTypes }), ...rules },
  }
}

export const rawPolicy = (namespace: string, rest: object): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `np-${++count}`, namespace },
  ...rest,
})

export const is = (labels: object): object => ({ matchLabels: labels })
export const where = (...parts: [key: string, operator: string, values?: string[]][]): object => ({
  matchExpressions: parts.map(([key, operator, values]) => ({ key, operator, ...(values ? { values } : {}) })),
})
export const named = (...names: string[]): object => where([NAME_LABEL, 'In', names])
export const notNamed = (...names: string[]): object => where([NAME_LABEL, 'NotIn', names])
export const block = (cidr: string, ...except: string[]): object => ({
  ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) },
})
export const from = (peers: unknown, ports?: unknown): object => ({
  ingress: [{ from: peers, ...(ports === undefined ? {} : { ports }) }],
})
export const to = (peers: unknown, ports?: unknown): object => ({
  egress: [{ to: peers, ...(ports === undefined ? {} : { ports }) }],
})
export const inPorts = (...ports: unknown[]): object => ({ ingress: [{ ports }] })
