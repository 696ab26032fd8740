// Writes the description of a cluster as people write manifests, or as kubectl prints what runs.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { dump } from 'js-yaml'

/** Each style writes a cluster into a folder. */
export const STYLES = {
  /** A file for each namespace: the namespace, its Deployments and its policies; and one for policies of the whole cluster. */
  written({ namespaces, workloads, policies }, folder) {
    const byNamespace = new Map(namespaces.map(({ name, labels }) => [name, [namespaceObject(name, labels)]]))
    for (const workload of workloads) byNamespace.get(workload.namespace)?.push(deployment(workload))
    for (const policy of policies) {
      const name = policy.metadata.namespace ?? 'the-cluster'
      if (!byNamespace.has(name)) byNamespace.set(name, [])
      byNamespace.get(name).push(policy)
    }
    mkdirSync(folder, { recursive: true })
    for (const [name, objects] of byNamespace) {
      const text = objects.map((object) => dump(object, { noRefs: true })).join('---\n')
      writeAll(join(folder, `${name}.yaml`), [text])
    }
  },

  /** One List as `kubectl get -o json` prints it: nodes, live pods with addresses, policies. */
  live({ namespaces, workloads, policies }, folder) {
    mkdirSync(folder, { recursive: true })
    writeAll(join(folder, 'cluster.json'), listText(namespaces, workloads, policies))
  },
}

function* listText(namespaces, workloads, policies) {
  yield '{\n    "apiVersion": "v1",\n    "items": ['
  let separator = '\n'
  for (const item of items(namespaces, workloads, policies)) {
    yield `${separator}        ${JSON.stringify(item, null, 4).replaceAll('\n', '\n        ')}`
    separator = ',\n'
  }
  yield '\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n'
}

const PODS_ON_A_NODE = 50

function* items(namespaces, workloads, policies) {
  for (const { name, labels } of namespaces)
    yield namespaceObject(name, { 'kubernetes.io/metadata.name': name, ...labels })
  const pods = workloads.reduce((sum, { replicas }) => sum + replicas, 0)
  for (let index = 0; index * PODS_ON_A_NODE < pods; index++) yield node(index)
  let index = 0
  for (const workload of workloads) {
    for (let replica = 0; replica < workload.replicas; replica++) yield pod(workload, replica, index++)
  }
  for (const policy of policies) yield { ...policy, metadata: { ...policy.metadata, ...stamps(policy.metadata.name) } }
}

function namespaceObject(name, labels) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

function deployment({ namespace, name, labels, replicas, ports }) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container(name, ports)] } },
    },
  }
}

function container(name, ports) {
  return {
    name,
    image: `registry.example.com/${name}:1.4.2`,
    ...(ports.length === 0 ? {} : { ports }),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  }
}

const nodeAddress = (index) => `172.16.${Math.floor(index / 250)}.${1 + (index % 250)}`

function node(index) {
  const name = `node-${index}`
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name }, ...stamps(name) },
    spec: {},
    status: {
      addresses: [
        { type: 'InternalIP', address: nodeAddress(index) },
        { type: 'Hostname', address: name },
      ],
    },
  }
}

function pod({ namespace, name, labels, ports }, replica, index) {
  const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`
  const on = Math.floor(index / PODS_ON_A_NODE)
  const full = `${name}-7d9c6bd5b-${String(replica).padStart(5, 'x')}`
  const owner = {
    apiVersion: 'apps/v1',
    blockOwnerDeletion: true,
    controller: true,
    kind: 'ReplicaSet',
    uid: uid(name),
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      labels: { ...labels, 'pod-template-hash': '7d9c6bd5b' },
      name: full,
      namespace,
      ownerReferences: [{ ...owner, name: `${name}-7d9c6bd5b` }],
      ...stamps(full),
    },
    spec: {
      containers: [
        container(
          name,
          ports.map((port) => ({ ...port, protocol: 'TCP' })),
        ),
      ],
      nodeName: `node-${on}`,
      restartPolicy: 'Always',
      serviceAccountName: 'default',
    },
    status: {
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({ status: 'True', type })),
      hostIP: nodeAddress(on),
      phase: 'Running',
      podIP: address,
      podIPs: [{ ip: address }],
      qosClass: 'Burstable',
    },
  }
}

function stamps(name) {
  return { creationTimestamp: '2026-01-05T08:00:00Z', resourceVersion: '4711', uid: uid(name) }
}

/** Looks like a uid, and comes again for the same name. */
function uid(name) {
  let hash = 0
  for (const char of name) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0
  return `${hash.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`
}

/** Writes a file piece by piece, since a dump can be larger than a string. */
function writeAll(path, pieces) {
  const file = openSync(path, 'w')
  let batch = ''
  for (const piece of pieces) {
    batch += piece
    if (batch.length < 2 ** 20) continue
    writeSync(file, batch)
    batch = ''
  }
  writeSync(file, batch)
  closeSync(file)
}
