import type { CompiledCluster } from '../engine/compile.js'
import { chosenReading } from '../engine/readings.js'
import type { FlowAnswer } from './flow-answer.js'
import { openedOf } from './opened-ports.js'

/** Where DNS is served: on 53 nearly everywhere, on 5353 by the pods of OpenShift. */
const DNS_PORTS = [53, 5353]

/**
 * Whether the source of an allowed connection cannot look names up, since no rule of the policies that isolate it opens a port
 * of DNS to anybody. Where some rule does, it is not asked to whom.
 */
export function isWithoutDns(compiled: CompiledCluster, { egress, ingress, verdict, to, cases }: FlowAnswer): boolean {
  const [first] = cases
  if (first === undefined || verdict === 'deny' || egress.reason !== 'rule-matched' || ingress.reason === 'same-pod') {
    return false
  }
  // Who asks for an address needs no name
  if (to.kind !== 'workload') return false
  return DNS_PORTS.every((port) => {
    const flow = { ...first.flow, protocol: 'UDP', port } as const
    const view = { compiled, flow, reading: chosenReading(compiled) }
    return egress.isolating.every(({ rules }) =>
      rules.egress.every((rule) => openedOf(rule, view, { first: port, last: port }) === 'none' && !namesDns(rule)),
    )
  })
}

/** A name may stand for a port of DNS at other pods than this one. */
function namesDns({ ports }: { readonly ports: readonly { readonly port: unknown }[] }): boolean {
  return ports.some(({ port }) => typeof port === 'string')
}
