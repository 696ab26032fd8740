import type { Pod } from '../../model/cluster.js'
import type { Direction } from '../../model/flow.js'
import { selects } from '../../model/labels.js'
import { PEER_FIELD, type NetworkPolicy, type Peer, type PortRule, type Rule } from '../../model/policy.js'
import { contains } from '../../net/ranges.js'
import { aboutPolicy, type Remark, type RemarkContext } from './remark-context.js'

/** Port names in policies that no pod they could apply to declares, or with another protocol (A-54b to d). */
export const portNames: Remark = (context) =>
  context.cluster.policies.flatMap((policy) =>
    (['ingress', 'egress'] as const).flatMap((direction) =>
      policy.isolates[direction] ? rulesOf(policy, direction, context) : [],
    ),
  )

function rulesOf(policy: NetworkPolicy, direction: Direction, context: RemarkContext) {
  return policy.rules[direction].flatMap((rule, index) =>
    rule.ports.flatMap((entry, portIndex) => {
      if (typeof entry.port !== 'string') return []
      const said = judge(entry, entry.port, policy, direction, rule, context)
      const path = ['spec', direction, index, 'ports', portIndex]
      return said === null ? [] : [aboutPolicy(policy, path, { severity: 'warning', ...said })]
    }),
  )
}

type Said = { code: 'NP118' | 'NP119' | 'NP120'; message: string }

function judge(
  { protocol }: PortRule,
  name: string,
  policy: NetworkPolicy,
  direction: Direction,
  rule: Rule,
  context: RemarkContext,
): Said | null {
  const pods = destinations(policy, direction, rule, context)
  if (pods.length === 0) {
    const outside =
      direction === 'egress' && rule.peers.length > 0 && rule.peers.every(({ kind }) => kind === 'ip-block')
    return outside
      ? {
          code: 'NP120',
          message: `the port name \`${name}\` never matches an address outside the cluster, and the blocks of \`${PEER_FIELD[direction]}\` hold no known pod`,
        }
      : null
  }
  const declared = pods.flatMap(({ ports }) => ports).filter((port) => port.name === name)
  if (declared.some((port) => port.protocol === protocol)) return null
  const others = [...new Set(declared.map((port) => port.protocol))].join(' and ')
  return declared.length === 0
    ? {
        code: 'NP118',
        message: `no pod that this rule is about declares a port named \`${name}\`, so the entry opens nothing`,
      }
    : {
        code: 'NP119',
        message: `\`${name}\` is declared as ${others}, and the entry is for ${protocol}, so it opens nothing`,
      }
}

/** The pods whose ports the names of a rule could stand for: names live on the destination. */
function destinations(
  policy: NetworkPolicy,
  direction: Direction,
  rule: Rule,
  { cluster }: RemarkContext,
): readonly Pod[] {
  const pods = cluster.workloads.flatMap((workload) => workload.pods)
  return direction === 'ingress'
    ? pods.filter((pod) => pod.namespace === policy.namespace && selects(policy.subject, pod.labels))
    : pods.filter((pod) => rule.peers.length === 0 || rule.peers.some((peer) => names(peer, pod, policy, cluster)))
}

function names(peer: Peer, pod: Pod, policy: NetworkPolicy, { namespaces }: RemarkContext['cluster']): boolean {
  if (peer.kind === 'ip-block') return pod.addresses.some((address) => contains(peer.cidr, address))
  const labels = namespaces.get(pod.namespace)?.labels ?? new Map<string, string>()
  const inNamespace = peer.namespaces === null ? pod.namespace === policy.namespace : selects(peer.namespaces, labels)
  return inNamespace && (peer.pods === null || selects(peer.pods, pod.labels))
}
