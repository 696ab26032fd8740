import type { PodClass } from '../../matrix/classes.js'
import type { SetId } from '../../matrix/connection-sets.js'
import { grouped } from '../../model/grouped.js'
import type { PortQuestion } from '../../query/port.js'
import { setAsked, wantedPorts } from '../asked-ports.js'
import { classOf } from '../class-matrix.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import type { Place } from '../places.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { JointWorld, SideName, SideWorld } from './joint-world.js'

/** Endpoints that both sides treat alike: the classes before and after are the same, and the namespace is. */
export interface Group {
  readonly namespace: string
  /** Equal for groups that differ only in where they are, as far as their nodes are known alike. */
  readonly kind: string
  readonly members: readonly EndpointPair[]
  readonly base: Seen | null
  readonly head: Seen | null
}

/** What one side sees in the members of a group. */
export interface Seen {
  /** One of them. */
  readonly endpoint: MatrixEndpoint
  readonly podClass: PodClass
  readonly isHost: boolean
  /** Null where it does not matter on which node pods are. */
  readonly place: Place | null
  /** The ports that are asked about at this destination. */
  readonly asked: SetId
  readonly key: string
  /** The key of all that differ only in where they are. */
  readonly kind: string
}

/** Puts endpoints into groups, as sources or as destinations. */
export function groupsOf(
  world: JointWorld,
  pairs: readonly EndpointPair[],
  role: 'source' | 'destination',
  port: PortQuestion,
): readonly Group[] {
  const seenBy = { base: viewer(world, 'base', role, port), head: viewer(world, 'head', role, port) }
  const seen = pairs.map((pair) => {
    const [base, head] = [pair.base && seenBy.base(pair.base), pair.head && seenBy.head(pair.head)]
    const { namespace } = workloadOf(pair)
    return { pair, base, head, namespace, key: `${namespace}|${base?.key ?? '-'}|${head?.key ?? '-'}` }
  })
  return [...grouped(seen, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const { namespace, base, head } = first
    const kind = `${namespace}|${base?.kind ?? '-'}|${head?.kind ?? '-'}`
    return [{ namespace, kind, base, head, members: same.map(({ pair }) => pair) }]
  })
}

/** The workload of a pair as it is in the head, if it is there. */
export function workloadOf({ base, head }: EndpointPair): MatrixEndpoint['party']['workload'] {
  const found = head ?? base
  if (found === null) throw new Error('a pair is on one side at least')
  return found.party.workload
}

function viewer(
  world: JointWorld,
  name: SideName,
  role: 'source' | 'destination',
  port: PortQuestion,
): (endpoint: MatrixEndpoint) => Seen {
  const side: SideWorld = world[name]
  const { classes } = side.matrix
  const hasHosts = classes.hosts.length > 0
  const places = new Map<Place, number>()
  return (endpoint) => {
    const own = classOf(classes, endpoint.party)
    const podClass = role === 'source' ? (classes.asSource[own.number] ?? own) : own
    const place = hasHosts ? side.places.of(endpoint.party) : null
    if (place !== null && !places.has(place)) places.set(place, places.size)
    const wanted = role === 'source' ? '' : JSON.stringify(wantedPorts(port, endpoint))
    const where = place === null ? '' : String(places.get(place))
    const kind = `${podClass.number} ${side.caveats.kindOf(endpoint)} ${wanted} ${place?.profile ?? ''}`
    return {
      endpoint,
      podClass,
      place,
      isHost: endpoint.party.pods.some(({ hostNetwork }) => hostNetwork),
      asked: role === 'source' ? world.sets.all : setAsked(world.sets, port, endpoint),
      key: `${kind} ${where}`,
      kind,
    }
  }
}
