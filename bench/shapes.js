// The clusters that the bench asks about, as plain descriptions: namespaces, workloads and policies. styles.js writes them.
import { adminShapes } from './admin-shapes.js'
import { HOSTILE_SHAPES } from './hostile-shapes.js'
import { block, DNS, namespacesWith, pods, policy, range, TCP } from './manifest-parts.js'
import { randomFrom } from './random.js'

/** Every shape makes a cluster of about so many pods, the same one for the same number. */
export const SHAPES = {
  ...HOSTILE_SHAPES,

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

  tenants,
  ...adminShapes(tenants),

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
    const namespaces = range(Math.ceil(count / 100), (index) => ({ name: `open-${index}`, labels: {} }))
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

/** Tenants: ten policies to 100 pods, with blocks and ranges of ports. */
function tenants(count) {
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
}
