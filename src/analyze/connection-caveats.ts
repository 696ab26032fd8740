import { isPassedOver, chosenReading } from '../engine/readings.js'
import { selects } from '../engine/selectors.js'
import { worst, type Certainty } from '../model/verdict.js'
import { isEnrolled, isMeshed, TUNNEL } from './ambient-mesh.js'
import type { Matrix } from './class-matrix.js'
import type { Connection } from './connections.js'
import type { MatrixEndpoint } from './matrix-endpoints.js'
import { isAddressDecisive, servicesBefore, targetsIn } from './rewritten-sources.js'

/**
 * Connections as sure as `check` says: clients may come with the address of a node, and a mesh connects to a port of
 * its own. What is closed is the matter of `closedCaveats`.
 */
export function* withCaveats(matrix: Matrix, connections: Iterable<Connection>): Iterable<Connection> {
  const { cluster } = matrix.compiled
  const isConcerned = isMeshed(cluster) || cluster.services.some(({ rewritesSource }) => rewritesSource !== null)
  for (const connection of connections) {
    yield isConcerned
      ? { ...connection, certainty: worst([connection.certainty, caveat(matrix, connection)]) }
      : connection
  }
}

function caveat(matrix: Matrix, connection: Connection): Certainty {
  const { from, to } = connection
  if (!('party' in to)) return 'certain'
  const isUnsure = 'party' in from ? isTunnelClosed(matrix, connection, from, to) : isRewritten(matrix, connection, to)
  return isUnsure ? 'undefined' : 'certain'
}

/** Whether a mesh carries the connection to a port that policies deny. */
function isTunnelClosed(matrix: Matrix, { ports }: Connection, from: MatrixEndpoint, to: MatrixEndpoint): boolean {
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
function isRewritten({ compiled }: Matrix, { from, ports }: Connection, { party }: MatrixEndpoint): boolean {
  const [pod] = party.pods
  if ('party' in from || pod === undefined || isPassedOver(pod, chosenReading(compiled))) return false
  const isolating = compiled
    .policiesIn(pod.namespace)
    .filter(
      ({ ref, applies, home, subject, subjectPath }) =>
        applies.ingress && selects(subject, home, compiled.cluster, pod, { policy: ref, path: subjectPath }).value,
    )
  if (isolating.length === 0) return false
  const services = servicesBefore(compiled, party)
  return from.ranges.some(({ family, first }) =>
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
