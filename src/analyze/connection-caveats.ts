import { isPassedOver, chosenReading } from '../engine/readings.js'
import { selects } from '../engine/selectors.js'
import type { PortAtom } from '../matrix/port-atoms.js'
import type { AddressRange } from '../net/ranges.js'
import { isEnrolled, TUNNEL } from './ambient-mesh.js'
import type { Matrix } from './class-matrix.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import { isAddressDecisive, servicesBefore, targetsIn } from './rewritten-sources.js'

/** Whether a mesh carries the connection to a port that policies deny. */
export function isTunnelClosed(
  matrix: Matrix,
  ports: readonly PortAtom[],
  from: MatrixEndpoint,
  to: MatrixEndpoint,
): boolean {
  const { cluster } = matrix.compiled
  const [source, destination] = [from.party.pods[0], to.party.pods[0]]
  if (source === undefined || destination === undefined) return false
  if (!isEnrolled(cluster, source) || !isEnrolled(cluster, destination)) return false
  if (!ports.some(({ protocol }) => protocol === 'TCP')) return false
  return !matrix.sets
    .ports(matrix.answer(from.party, to.party).open)
    .some(({ protocol, first, last }) => protocol === 'TCP' && first <= TUNNEL && TUNNEL <= last)
}

/** Whether a Service may bring clients to one of the ports under an address that is not let in there. */
export function isRewritten(
  { compiled }: Matrix,
  ranges: readonly AddressRange[],
  ports: readonly PortAtom[],
  { party }: MatrixEndpoint,
): boolean {
  const [pod] = party.pods
  if (pod === undefined || isPassedOver(pod, chosenReading(compiled))) return false
  const isolating = compiled
    .policiesIn(pod.namespace)
    .filter(
      ({ ref, applies, home, subject, subjectPath }) =>
        applies.ingress && selects(subject, home, compiled.cluster, pod, { policy: ref, path: subjectPath }).value,
    )
  if (isolating.length === 0) return false
  const services = servicesBefore(compiled, party)
  return ranges.some(({ family, first }) =>
    ports.some((open) => {
      const flow = {
        source: { kind: 'external', address: { family, value: first } },
        destination: { kind: 'pod', pod, replica: 0 },
        protocol: open.protocol,
        port: open.first,
        family,
      } as const
      return services.some((service) =>
        service.ports
          .flatMap((port) => targetsIn(port, flow, open))
          .some((target) => isAddressDecisive(compiled, isolating, flow, target)),
      )
    }),
  )
}
