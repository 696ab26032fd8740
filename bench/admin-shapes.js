import { range } from './manifest-parts.js'
import { randomFrom } from './random.js'

/** So many policies for the whole cluster: two thirds of them in the Admin tier, the others in the Baseline tier. */
const POLICIES = 300

/** Clusters with policies of administrators over what `tenants` makes of a number. */
export const adminShapes = (tenants) => ({
  /** Policies of administrators, each with a priority of its own. */
  admin: (count) => withAdmin(tenants(count), (index) => index),

  /** The same policies with one priority: which of them decides is left open (C-8). */
  'admin-ties': (count) => withAdmin(tenants(count), () => 10),
})

function withAdmin(cluster, priorityOf) {
  const random = randomFrom(61)
  const tenant = () => ({ tenant: `t${random.below(cluster.namespaces.length)}` })
  const plan = () => ({ plan: random.pick(['free', 'team', 'company']) })
  const spaces = (matchLabels) => ({ namespaces: { matchLabels } })
  const apps = (matchLabels) => ({
    pods: { namespaceSelector: { matchLabels }, podSelector: { matchLabels: { app: `app-${random.below(7)}` } } },
  })
  const port = (number) => ({ tcp: { destinationPort: { number } } })
  const rules = (peer) => [
    { action: 'Accept', [peer]: [spaces(tenant()), apps(tenant())], protocols: [port(9100)] },
    { action: 'Deny', [peer]: [spaces(tenant())] },
    { action: 'Pass', [peer]: [apps(plan())], protocols: [port(8080 + random.below(7)), port(443)] },
    { action: 'Deny', [peer]: [spaces(plan())], protocols: [port(22), port(3389)] },
  ]
  const policies = range(POLICIES, (index) => {
    const isAdmin = index % 3 < 2
    const own = { ingress: rules('from'), egress: rules('to') }
    if (!isAdmin) for (const rule of [...own.ingress, ...own.egress]) if (rule.action === 'Pass') rule.action = 'Accept'
    return {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: `admin-${index}` },
      spec: {
        tier: isAdmin ? 'Admin' : 'Baseline',
        priority: priorityOf(index),
        subject: index % 2 === 0 ? spaces(plan()) : apps(tenant()),
        ...own,
      },
    }
  })
  return { ...cluster, policies: [...cluster.policies, ...policies] }
}
