// The clusters that the bench asks about, as plain descriptions: namespaces, workloads and policies. styles.js writes them.
import { randomFrom } from './random.js'

const TCP = (port, endPort) => ({ protocol: 'TCP', port, ...(endPort === undefined ? {} : { endPort }) })
const DNS = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'UDP', port: 53 }, TCP(53)],
}

/** Every shape makes a cluster of about so many pods, the same one for the same number. */
export const SHAPES = {
  /** A web shop, again and again: six policies to 33 pods. */
  shop(count) {
    const names = ['frontend', 'cart', 'checkout', 'catalog', 'payment', 'search', 'redis', 'db']
    const namespaces = range(Math.max(1, Math.round(count * 0.03)), (index) => ({
      name: `shop-${index}`,
      labels: { team: `team-${index % 7}`, stage: index % 3 === 0 ? 'production' : 'test' },
    }))
    const workloads = namespaces.flatMap(({ name: namespace }, number) => {
      const share =
        Math.floor((count * (number + 1)) / namespaces.length) - Math.floor((count * number) / namespaces.length)
      return names.map((name, index) => ({
        namespace,
        name,
        labels: { app: name, tier: index < 1 ? 'web' : index < 6 ? 'service' : 'data' },
        replicas: Math.floor((share * (index + 1)) / names.length) - Math.floor((share * index) / names.length),
        ports: [{ name: 'http', containerPort: 8080 }],
      }))
    })
    const policies = namespaces.flatMap(({ name }) => [
      policy(name, 'default-deny', '', { ingress: [] }),
      policy(name, 'dns', 'tier=service', { egress: [DNS] }),
      policy(name, 'frontend', 'app=frontend', { ingress: [{ ports: [{ protocol: 'TCP', port: 'http' }] }] }),
      policy(name, 'services', 'tier=service', {
        ingress: [{ from: [pods('app=frontend'), pods('app=checkout')], ports: [TCP(8080)] }],
        egress: [{ to: [pods('tier=data')], ports: [TCP(5432), TCP(6379)] }],
      }),
      policy(name, 'data', 'tier=data', {
        ingress: [{ from: [pods('tier=service')], ports: [TCP(5432), TCP(6379)] }],
      }),
      policy(name, 'metrics', '', {
        ingress: [{ from: [namespacesWith('stage=production')], ports: [TCP(9090, 9099)] }],
      }),
    ])
    return { namespaces, workloads, policies }
  },

  /** Tenants: ten policies to 100 pods, with blocks and ranges of ports. */
  tenants(count) {
    const random = randomFrom(11)
    const namespaces = range(Math.max(1, Math.round(count / 100)), (index) => ({
      name: `tenant-${index}`,
      labels: { tenant: `t${index}`, plan: ['free', 'team', 'company'][index % 3] },
    }))
    const names = range(7, (index) => `app-${index}`)
    const workloads = namespaces.flatMap(({ name: namespace }) =>
      names.map((name, index) => ({
        namespace,
        name,
        labels: { app: name, tier: index % 2 === 0 ? 'front' : 'back' },
        replicas: index === 0 ? 16 : 14,
        ports: [{ name: 'http', containerPort: 8080 + index }],
      })),
    )
    const policies = namespaces.flatMap(({ name }) => [
      policy(name, 'default-deny', '', { ingress: [], egress: [DNS] }),
      ...names.map((one, index) => {
        const first = 1024 + random.below(100) * 100
        const [from, to] = [names[(index + 1) % 7], names[(index + 6) % 7]]
        const ranges = [TCP(first, first + random.below(90)), TCP(8080 + index)]
        return policy(name, one, `app=${one}`, {
          ingress: [{ from: [pods(`app=${from}`), block(random)], ports: ranges }],
          egress: [{ to: [pods(`app=${to}`), block(random)], ports: [TCP(1024, 32767)] }],
        })
      }),
      policy(name, 'monitoring', '', {
        ingress: [{ from: [namespacesWith('plan=company')], ports: [TCP(9100)] }],
      }),
      policy(name, 'web', 'tier=front', {
        egress: [
          { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [TCP(443)] },
          { to: [namespacesWith('')], ports: [TCP(9100)] },
        ],
      }),
    ])
    return { namespaces, workloads, policies }
  },

  /** Twenty blocks with exceptions in each policy, one policy to ten pods. */
  blocks(count) {
    const random = randomFrom(23)
    const namespaces = range(Math.max(1, Math.round(count / 50)), (index) => ({ name: `net-${index}`, labels: {} }))
    const workloads = namespaces.flatMap(({ name: namespace }) =>
      range(5, (index) => ({
        namespace,
        name: `app-${index}`,
        labels: { app: `app-${index}` },
        replicas: 10,
        ports: [],
      })),
    )
    const policies = workloads.map(({ namespace, name }) =>
      policy(namespace, name, `app=${name}`, {
        ingress: [{ from: range(10, () => block(random)), ports: [TCP(8080)] }],
        egress: [{ to: range(10, () => block(random)), ports: [TCP(443), TCP(5432)] }],
      }),
    )
    return { namespaces, workloads, policies }
  },

  /** Selectors for the whole cluster over 20 labels, 50 ports in each rule: the sets of ports that meet are all different. */
  adversarial(count) {
    const random = randomFrom(37)
    const namespaces = range(10, (index) => ({ name: `all-${index}`, labels: { half: String(index % 2) } }))
    const workloads = range(count, (index) => ({
      namespace: `all-${index % 10}`,
      name: `pod-${index}`,
      labels: Object.fromEntries(range(20, (key) => [`label-${key}`, `v${random.below(3)}`])),
      replicas: 1,
      ports: [],
    }))
    const ports = () => range(50, () => TCP(1 + random.below(65535)))
    const label = () => `label-${random.below(20)}=v${random.below(3)}`
    const peer = () => ({ ...namespacesWith(''), ...pods(`${label()},${label()}`) })
    const policies = range(Math.max(1, Math.round(count / 5)), (index) =>
      policy(`all-${index % 10}`, `policy-${index}`, `${label()},${label()}`, {
        ingress: [{ from: [peer(), peer()], ports: ports() }],
        egress: [{ to: [peer(), peer()], ports: ports() }],
      }),
    )
    return { namespaces, workloads, policies }
  },

  /** A policy of its own for each pod, open for everybody on one of 50 ports: as many classes as pods, all pairs open. */
  'policy-per-pod'(count) {
    const namespaces = range(Math.max(1, Math.round(count / 100)), (index) => ({ name: `own-${index}`, labels: {} }))
    const workloads = range(count, (index) => ({
      namespace: `own-${index % namespaces.length}`,
      name: `pod-${index}`,
      labels: { app: `pod-${index}`, group: `g${index % 20}` },
      replicas: 1,
      ports: [],
    }))
    const group = (index) => ({ ...namespacesWith(''), ...pods(`group=g${index % 20}`) })
    const policies = workloads.map(({ namespace, name }, index) =>
      policy(namespace, name, `app=${name}`, {
        ingress: [{ from: [namespacesWith('')], ports: [TCP(8000 + (index % 50))] }, { from: [group(index)] }],
        egress: [{ to: [namespacesWith('')], ports: [TCP(8000, 8049)] }, { to: [group(index + 7)] }],
      }),
    )
    return { namespaces, workloads, policies }
  },

  /** The same three policies in every namespace of 20 pods. */
  uniform(count) {
    const namespaces = range(Math.max(1, Math.round(count / 20)), (index) => ({ name: `same-${index}`, labels: {} }))
    const workloads = namespaces.flatMap(({ name: namespace }) =>
      ['a', 'b'].map((name) => ({ namespace, name, labels: { app: name }, replicas: 10, ports: [] })),
    )
    const policies = namespaces.flatMap(({ name }) => [
      policy(name, 'default-deny', '', { ingress: [], egress: [] }),
      policy(name, 'same-namespace', '', { ingress: [{ from: [pods('')] }], egress: [{ to: [pods('')] }] }),
      policy(name, 'dns', '', { egress: [DNS] }),
    ])
    return { namespaces, workloads, policies }
  },

  /** No policies at all: every pair is a line of output. */
  open(count) {
    const namespaces = range(Math.max(1, Math.round(count / 100)), (index) => ({ name: `open-${index}`, labels: {} }))
    const workloads = range(count, (index) => ({
      namespace: `open-${Math.floor(index / 100)}`,
      name: `pod-${index}`,
      labels: { app: `pod-${index}` },
      replicas: 1,
      ports: [],
    }))
    return { namespaces, workloads, policies: [] }
  },
}

function range(length, make) {
  return Array.from({ length }, (_, index) => make(index))
}

/** A policy for the pods with these labels, which judges the directions of which it has rules. */
function policy(namespace, name, labels, rules) {
  const policyTypes = Object.keys(rules).map((direction) => (direction === 'ingress' ? 'Ingress' : 'Egress'))
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector: selector(labels), policyTypes, ...rules },
  }
}

const pods = (labels) => ({ podSelector: selector(labels) })
const namespacesWith = (labels) => ({ namespaceSelector: selector(labels) })

/** The selector of `key=value,key=value`. */
function selector(labels) {
  const pairs = labels === '' ? [] : labels.split(',').map((label) => label.split('='))
  return pairs.length === 0 ? {} : { matchLabels: Object.fromEntries(pairs) }
}

/** A block with an exception; half of them lie where live pods have their addresses. */
function block(random) {
  const octet = random.below(2) === 0 ? `10.${random.below(2)}` : `${20 + random.below(150)}.${random.below(256)}`
  const third = random.below(16) * 16
  return { ipBlock: { cidr: `${octet}.${third}.0/20`, except: [`${octet}.${third + random.below(16)}.0/24`] } }
}
