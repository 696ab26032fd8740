import type { ActionRule, ClusterPolicy } from '../../model/cluster-policy.js'
import type { Pod } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { once } from '../../model/once.js'
import { entryOf, type AnyPort } from '../../model/policy.js'
import { isNetworkPolicy, PORT_FIELD } from '../../model/policy-kinds.js'
import type { Path } from '../../model/source.js'
import { isNamed } from '../../policy/names-of-pods.js'
import { podsNamed, type PodsNamed } from './pods-named.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** Policies of the cluster that select no pod (C-10), and port names in them that no pod they could apply to declares (C-21, C-24). */
export const policiesOfCluster: Remark = ({ cluster, incompleteIn }) => {
  const policies = cluster.policies.filter((policy) => !isNetworkPolicy(policy))
  if (policies.length === 0 || incompleteIn.size > 0) return []
  const named = podsNamed(cluster)
  const onHosts = cluster.workloads.some(({ pods }) => pods.some(({ hostNetwork }) => hostNetwork))
  const namesOf = once(portNamesOf)
  return policies.flatMap((policy) => [
    ...selectsNobody(policy, named, onHosts),
    ...DIRECTIONS.flatMap((direction) =>
      policy.rules[direction].flatMap((rule, index) => {
        const found = rule.ports.some(isNamed) ? destinations(policy, direction, rule, named)?.map(namesOf) : undefined
        const path = ['spec', direction, index, PORT_FIELD[policy.kind]]
        return found === undefined ? [] : namesNothing(policy, rule.ports, path, found)
      }),
    ),
  ])
}

function selectsNobody(policy: ClusterPolicy, named: PodsNamed, onHosts: boolean): readonly Diagnostic[] {
  const { subject, subjectPath } = policy
  const asks = [subject.namespaces, subject.pods].some((selector) => (selector?.requirements.length ?? 0) > 0)
  if (!asks || named(subject)?.length !== 0) return []
  const message = 'the policy selects no pod'
  const help = onHosts ? { help: "pods on their hosts' networks are never selected" } : {}
  return [aboutPolicy(policy, subjectPath, { code: 'NP115', severity: 'warning', message, ...help })]
}

interface PortNames {
  readonly declared: ReadonlySet<string | null>
  readonly initial: ReadonlySet<string | null>
}

/** The names of ports of some pods, or null where there are no pods. */
function portNamesOf(pods: readonly Pod[]): PortNames | null {
  if (pods.length === 0) return null
  const [declared, initial] = [new Set<string | null>(), new Set<string | null>()]
  for (const { ports, initPorts } of pods) {
    for (const { name } of ports) declared.add(name)
    for (const { name } of initPorts) initial.add(name)
  }
  return { declared, initial }
}

/** The entries of a rule that name a port which none of its destinations declares; a name stands for every protocol (C-21). */
function namesNothing(
  policy: ClusterPolicy,
  ports: readonly AnyPort[],
  path: Path,
  found: readonly (PortNames | null)[],
): readonly Diagnostic[] {
  if (found.every((names) => names === null)) return []
  const entries = new Map(
    ports.flatMap(({ port }, at) =>
      typeof port === 'string' && port !== '' ? [[entryOf(ports, at), port] as const] : [],
    ),
  )
  return [...entries].flatMap(([entry, name]) => {
    if (found.some((names) => names?.declared.has(name) === true)) return []
    const isInitial = found.some((names) => names?.initial.has(name) === true)
    const message = `no pod that this rule is about declares a port named \`${name}\`${isInitial ? ', only init containers do, which do not count' : ''}, so the entry matches nothing`
    return [aboutPolicy(policy, [...path, entry], { code: 'NP118', severity: 'warning', message })]
  })
}

/**
 * The pods whose port names count for a rule, or may: for ingress those that the policy selects, whatever the rule says, and for egress
 * those of its peers (C-24). A list for each peer; null where they are not known.
 */
function destinations(
  { subject }: ClusterPolicy,
  direction: Direction,
  { peers }: ActionRule,
  named: PodsNamed,
): readonly (readonly Pod[])[] | null {
  const asked = direction === 'ingress' ? [subject] : peers.flatMap((peer) => (peer.kind === 'selector' ? [peer] : []))
  const found = asked.map(named)
  return found.every((pods) => pods !== null) ? found : null
}
