import { once } from '../model/once.js'
import type { PortRule } from '../model/policy.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { FlowAnswer } from './flow-answer.js'

/** Where DNS is served: on 53 nearly everywhere, on 5353 by the pods of OpenShift. */
const DNS_PORTS = [53, 5353]

/**
 * Whether the source of an allowed connection cannot look names up, since no rule of the policies that isolate it opens a port
 * of DNS to anybody. Where some rule does, it is not asked to whom.
 */
export function isWithoutDns({ egress, ingress, verdict, to }: FlowAnswer): boolean {
  if (verdict === 'deny' || egress.reason !== 'rule-matched' || ingress.reason === 'same-pod') return false
  // Who asks for an address needs no name
  return to.kind === 'workload' && !egress.deciding.some(opensDns)
}

/** Whether some rule of a policy opens a port of DNS to anybody. */
export const opensDns = once(({ rules }: RuleForm) =>
  rules.egress.some(({ ports }) => ports.length === 0 || ports.some(mayBeDns)),
)

/** DNS is asked over UDP first. A name may stand for its port at pods that are not looked at. */
function mayBeDns({ protocol, port }: PortRule): boolean {
  if (typeof port === 'string') return true
  return protocol === 'UDP' && (port === null || DNS_PORTS.some((dns) => port.first <= dns && dns <= port.last))
}
