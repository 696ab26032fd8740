import type { CompiledCluster } from '../engine/compile.js'
import { selects } from '../engine/selectors.js'
import { canBe } from '../engine/truth.js'
import { once } from '../model/once.js'
import type { PortRule } from '../model/policy.js'
import { covers, type AddressRange } from '../net/ranges.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { WorkloadParty } from '../query/party.js'
import { closedServers, servesDns, type ClosedDns } from './dns-servers.js'
import type { FlowAnswer } from './flow-answer.js'

/** Where DNS is served: on 53 nearly everywhere, on 5353 by the pods of OpenShift. */
const DNS_PORTS = [53, 5353]

/**
 * What keeps the source of an allowed connection from looking names up, or null: policies let it reach no pod that serves
 * DNS over one of the protocols. Where the input does not show these, that no rule opens a port of DNS to anybody.
 */
export function closedDns(
  compiled: CompiledCluster,
  { egress, ingress, verdict, from, to }: FlowAnswer,
): string | null {
  if (verdict === 'deny' || egress.reason !== 'rule-matched' || ingress.reason === 'same-pod') return null
  // Who asks for an address needs no name
  if (from.kind !== 'workload' || (to.kind !== 'workload' && to.kind !== 'host')) return null
  if (to.kind === 'workload' && servesDns(compiled, to)) return null
  const source = from.workload.id
  const gap = dnsGap(compiled, from, egress.deciding, () => closedServers(compiled)(from))
  if (gap === null) return null
  if (gap === 'no rule')
    return `no egress rule of ${source} opens port 53, so it cannot resolve names of Services or hosts`
  // DNS is asked over UDP first, and again over TCP where the answer is too long for that
  const names = gap.protocols.includes('UDP') ? 'names of Services or hosts' : 'names with long answers'
  return `policies keep ${source} from the DNS of the cluster, ${gap.text}, so it cannot resolve ${names}`
}

/**
 * What policies keep a workload from when it looks names up, where those given isolate it for egress: from some servers of the
 * cluster, or there is no rule for DNS at all. Null where nothing surely does.
 */
export function dnsGap(
  compiled: CompiledCluster,
  from: WorkloadParty,
  isolating: readonly RuleForm[],
  closedTo: () => ClosedDns | 'unknown' | null,
): ClosedDns | 'no rule' | null {
  if (isolating.some(opensNodeLocal)) return null
  const closed = closedTo()
  if (closed === null) return null
  const others = compiled.tiers.filter(({ tier }) => tier.decides !== 'isolation').flatMap(({ policies }) => policies)
  const mayOpen = () => others.some((form) => opensDns(form) && mayGovern(compiled, form, from))
  if (isolating.length > 0 && !isolating.some(opensDns) && !mayOpen()) return 'no rule'
  return closed === 'unknown' ? null : closed
}

function mayGovern({ cluster }: CompiledCluster, form: RuleForm, { pods }: WorkloadParty): boolean {
  const { ref, home, subject, subjectPath, applies } = form
  const site = { policy: ref, path: subjectPath }
  return applies.egress && pods.some((pod) => canBe(true, selects(subject, home, cluster, pod, site)))
}
/** Names are also resolved at a link-local address of the own node, where NodeLocal DNS is set up. */
const LINK_LOCAL: AddressRange = { family: 'IPv4', first: 0xa9fe0000n, last: 0xa9feffffn }

const opensNodeLocal = once(({ rules }: RuleForm) =>
  rules.egress.some(({ peers }) => peers.some((peer) => peer.kind === 'ip-block' && covers([LINK_LOCAL], peer.cidr))),
)

/** Whether some rule of a policy opens a port of DNS to anybody. */
const opensDns = once(({ rules }: RuleForm) =>
  rules.egress.some(({ ports }) => ports.length === 0 || ports.some(mayBeDns)),
)

/** DNS is asked over UDP first. A name may stand for its port at pods that are not looked at. */
function mayBeDns({ protocol, port }: PortRule): boolean {
  if (typeof port === 'string') return true
  return protocol === 'UDP' && (port === null || DNS_PORTS.some((dns) => port.first <= dns && dns <= port.last))
}
