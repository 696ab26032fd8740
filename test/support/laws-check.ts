import { check, type CheckOptions, type Cluster, type FlowResult } from '../../src/index.js'
import type { Options } from '../reference/evaluate.js'

/** Asks `check`, which must have an answer. */
export function checked(
  cluster: Cluster,
  question: { readonly from: string; readonly to: string; readonly port?: string | number | undefined },
  { ipblockPods, hostNetwork, podCidrs }: Options = {},
  more: CheckOptions = {},
) {
  const result = check(cluster, question, { ipblockPods, hostNetwork, podCidrs, ...more })
  if (result.verdict === null) {
    throw new Error(`${JSON.stringify(question)}: ${result.diagnostics.at(-1)?.message ?? 'no answer'}`)
  }
  return result
}

/** What a flow says, without its ends and the words. */
export function tell(flow: FlowResult): string {
  const { verdict, certainty, egress, ingress } = flow
  return `${verdict} ${certainty} (${egress.reason}, ${ingress.reason})`
}

/** What a flow says and of which ports, family and addresses. */
export function tellAll(flow: FlowResult): string {
  const { protocol, port, endPort = port, family = 'any family' } = flow
  const cidrs = [...(flow.from.cidrs ?? []), ...(flow.to.cidrs ?? [])].join(' ')
  return `${port}-${endPort}/${protocol} ${family} ${cidrs} ${tell(flow)}`
}
