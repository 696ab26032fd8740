import type { CompiledCluster } from '../engine/compile.js'
import type { ContainerPort } from '../model/cluster.js'
import { VERDICT_OF } from '../model/verdict.js'
import type { PortQuestion } from '../query/port.js'
import { tunnelVerdict } from './ambient-mesh.js'
import { declaredPorts } from './declared-ports.js'
import { closedDns } from './dns.js'
import type { FlowAnswer } from './flow-answer.js'
import type { PairRemark } from './pairs.js'
import { controllerKeptOut } from './ingress-controllers.js'
import { rewritingServices, serviceText } from './rewritten-sources.js'
import { serviceRemarks } from './service-remarks.js'
import { mappingText, servicePortBefore } from './services.js'
import { rulesBeside } from './split-rules.js'

const MOST_DECLARED = 4
/** What Knative calls the port of the container that serves, and the one before it that takes the requests. */
const USER_PORT = 'user-port'
const QUEUE_PORT = 'queue-port'

/** What is worth knowing about an answer beyond the policies that decided it. */
export function flowRemarks(compiled: CompiledCluster, answer: FlowAnswer, port: PortQuestion): readonly PairRemark[] {
  const services = new Set(rewritingServices(compiled, answer).map(serviceText))
  const dns = closedDns(compiled, answer)
  const controller = controllerKeptOut(answer)
  const tunnel = tunnelVerdict(compiled, answer)
  const tunnelled = answer.to.kind === 'workload' ? answer.to.workload.id : ''
  return [
    ...[...services].map((about): PairRemark => ({ code: 'source-rewritten', about })),
    ...(tunnel === null
      ? []
      : [
          {
            code: 'ambient-mesh',
            about: `15008/TCP of ${tunnelled}, which policies ${tunnel === 'allow' ? 'allow' : 'deny'}`,
          } as const,
        ]),
    ...portRemarks(compiled, answer, port),
    ...serviceRemarks(compiled, answer),
    ...(controller === null ? [] : [{ code: 'ingress-controller', about: controller } as const]),
    ...(dns === null ? [] : [{ code: 'dns-closed', about: dns } as const]),
    ...([answer.egress, answer.ingress] as const).flatMap((direction) =>
      VERDICT_OF[direction.reason] === 'allow'
        ? rulesBeside(direction).map((about): PairRemark => ({ code: 'split-rules', about }))
        : [],
    ),
  ]
}

/** Where the pods of a Knative Service take requests, instead of the port that its template shows (D-2); else null. */
function requestPort(declared: readonly ContainerPort[]): string | null {
  const port = declared.find(({ name }) => name === QUEUE_PORT)
  return port === undefined ? null : `${port.port}/${port.protocol}`
}

/** A single port that no container listens on as far as the manifests say (A-55). */
function portRemarks(
  compiled: CompiledCluster,
  { to, protocol, first, last, via, verdict }: FlowAnswer,
  port: PortQuestion,
): readonly PairRemark[] {
  const isOne = port.kind === 'service' || (port.kind === 'range' && port.first === port.last)
  if (to.kind !== 'workload' || !isOne || first !== last) return []
  const isAsked = (known: ContainerPort) => known.protocol === protocol && known.port === first
  const declared = declaredPorts(to)
  const [pod] = to.pods
  if (pod === undefined) return []
  const requests = declared.some((known) => isAsked(known) && known.name === USER_PORT) ? requestPort(declared) : null
  if (requests !== null) return [{ code: 'knative-requests', about: requests }]
  // A port that is declared is none that was taken for another, unless it is closed
  const isMeant = via === null && (verdict === 'deny' || !declared.some(isAsked))
  const before = isMeant ? servicePortBefore(compiled.cluster, { kind: 'pod', pod, replica: 0 }, first, protocol) : null
  if (before !== null) return [{ code: 'service-port', about: mappingText(before, first) }]
  if (declared.some(isAsked)) return []
  const about = `${first}/${protocol}`
  if (to.pods.some(({ initPorts }) => initPorts.some(isAsked))) return [{ code: 'init-container-port', about }]
  const [few, more] = [declared.slice(0, MOST_DECLARED), declared.length - MOST_DECLARED]
  const known = few.map((one) => `${one.port}/${one.protocol}`).join(', ')
  const list = `${about} (declared: ${known}${more > 0 ? ` and ${more} more` : ''})`
  return declared.length === 0 ? [] : [{ code: 'port-not-declared', about: list }]
}
