import type { CompiledCluster } from '../engine/compile.js'
import { evaluate } from '../engine/evaluate.js'
import type { Flow } from '../model/flow.js'
import { itemsAt } from '../model/policy.js'
import { VERDICT_OF } from '../model/verdict.js'
import { leftOutPods } from '../query/backends.js'
import { isByEndpoints, leftOutEndpoints } from '../query/endpoints.js'
import type { FlowAnswer, MatchedRule, Via } from './flow-answer.js'
import type { PairRemark } from './pairs.js'
import { portText } from './service-ports.js'
import { targetsOf } from './services.js'

const MOST_NAMED = 3

/** What is worth knowing about a connection that is made by way of a Service. */
export function serviceRemarks(compiled: CompiledCluster, answer: FlowAnswer): readonly PairRemark[] {
  const { via } = answer
  if (via === null) return []
  const { service, port } = via
  const name = `${service.namespace}/${service.name}`
  const unused = port?.unusedTarget ?? null
  return [
    ...(isAddressDecisive(compiled, answer, via) ? [{ code: 'service-address', about: name } as const] : []),
    ...(port !== null && port.port !== answer.first && isPortDecisive(compiled, answer, port.port)
      ? [
          {
            code: 'service-port-mapped',
            about: `${name} maps ${portText(port)} to ${answer.first}/${answer.protocol}`,
          } as const,
        ]
      : []),
    ...(port === null || unused === null ? [] : [{ code: 'headless-port', about: name } as const]),
    ...leftOut(compiled, via),
  ]
}

/** A pod that declares no port of the name that the Service leads to is none of its backends there. */
function leftOut({ cluster }: CompiledCluster, { service, port }: Via): readonly PairRemark[] {
  const pods = leftOutPods(cluster, service, (pod) =>
    port === null || targetsOf(port, pod).length > 0 ? null : `declares no port named ${port.target}`,
  ).map(({ pod, why }) => ({ name: `${pod.namespace}/${pod.name}`, why }))
  const all = isByEndpoints(service) ? leftOutEndpoints(service) : pods
  if (all.length === 0) return []
  const named = all.slice(0, MOST_NAMED).map(({ name, why }) => `${name} (${why})`)
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : ''
  return [{ code: 'service-endpoints-left-out', about: `${named.join(', ')}${more}` }]
}

/** Whether the port of the Service would have another verdict: a plugin that sees that one decides otherwise. */
function isPortDecisive(compiled: CompiledCluster, { cases, verdict }: FlowAnswer, port: number): boolean {
  return cases.some(({ flow }) => evaluate(compiled, { ...flow, port }).verdict !== verdict)
}

/**
 * Whether an ipBlock for egress decides otherwise where it is compared with the address of the Service instead of the one behind
 * it, which the API leaves open. What sees that address may see the port of the Service, too. Without an ipBlock in play
 * nothing rests on the address.
 */
function isAddressDecisive(compiled: CompiledCluster, { cases, egress, ingress }: FlowAnswer, via: Via): boolean {
  const isDenied = egress.reason === 'no-rule-matched'
  const isByBlock = egress.reason === 'rule-matched' && egress.rules.every((rule) => isOfBlocks(rule, egress.deciding))
  if ((!isDenied && !isByBlock) || VERDICT_OF[ingress.reason] === 'deny') return false
  return cases.some(({ flow }) => {
    const ports = new Set([flow.port, via.port?.port ?? flow.port])
    const addresses = via.front?.addresses ?? via.service.clusterAddresses
    return addresses
      .filter(({ family }) => flow.family === null || family === flow.family)
      .map((address) => ({ destination: { kind: 'external', address }, family: address.family }) as const)
      .some((front) =>
        [...ports].some(
          (port) =>
            isLetOut(compiled, { ...flow, ...front, port }) === isDenied &&
            isLetOut(compiled, { ...flow, port }) !== isDenied,
        ),
      )
  })
}

function isLetOut(compiled: CompiledCluster, flow: Flow): boolean {
  return evaluate(compiled, flow).egress.allows.value
}

/** Whether a rule matched by nothing but ipBlocks. */
function isOfBlocks(
  { policy, rule, direction, peers }: MatchedRule,
  deciding: FlowAnswer['egress']['deciding'],
): boolean {
  const form = deciding.find(({ ref }) => ref === policy)
  const entries = form?.rules[direction][rule]?.peers ?? []
  return (
    peers !== null &&
    peers.length > 0 &&
    peers.every((index) => itemsAt(entries, index).every(({ kind }) => kind === 'ip-block'))
  )
}
