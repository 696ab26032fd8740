import { namespacesWith, pods, policy, range, TCP } from './manifest-parts.js'
import { randomFrom } from './random.js'

/** Clusters in which few things are alike. */
export const HOSTILE_SHAPES = {
  /** Selectors for the whole cluster over 20 labels; each rule opens some of 50 ports: hardly two pairs have the same. */
  adversarial(count) {
    const random = randomFrom(37)
    const pool = range(50, () => 1 + random.below(65535))
    return clusterWide(count, random, () => range(1 + random.below(4), () => TCP(random.pick(pool))))
  },

  /** The same, but each rule opens 50 ports of its own. */
  'many-ports'(count) {
    const random = randomFrom(41)
    return clusterWide(count, random, () => range(50, () => TCP(1 + random.below(65535))))
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
}

/** So many kinds of pods, of which no two have the same labels: 640,000 pairs. */
const MOST_KINDS = 800

function clusterWide(count, random, ports) {
  const namespaces = range(10, (index) => ({ name: `all-${index}`, labels: {} }))
  const kinds = Math.min(count, MOST_KINDS)
  const workloads = range(kinds, (index) => ({
    namespace: `all-${index % 10}`,
    name: `pod-${index}`,
    labels: Object.fromEntries(range(20, (key) => [`label-${key}`, `v${random.below(3)}`])),
    replicas: Math.floor((count * (index + 1)) / kinds) - Math.floor((count * index) / kinds),
    ports: [],
  }))
  const label = () => `label-${random.below(20)}=v${random.below(3)}`
  const peer = () => ({ ...namespacesWith(''), ...pods(`${label()},${label()}`) })
  const policies = range(Math.max(1, Math.round(count / 5)), (index) =>
    policy(`all-${index % 10}`, `policy-${index}`, `${label()},${label()}`, {
      ingress: [{ from: [peer(), peer()], ports: ports() }],
      egress: [{ to: [peer(), peer()], ports: ports() }],
    }),
  )
  return { namespaces, workloads, policies }
}
