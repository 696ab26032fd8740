import type { Pod } from '../model/cluster.js'
import type { Endpoint, Flow } from '../model/flow.js'
import type { NoteCode } from '../model/note.js'
import type { CompiledCluster } from './compile.js'
import { nodeRelation } from './nodes.js'

/** How to read what the API leaves open. */
export interface Reading {
  /** May an ipBlock match a pod's own address? */
  readonly ipblockPods: 'match' | 'never'
  /** Do policies ignore pods on the host's network? */
  readonly hostNetwork: 'ignore' | 'enforce'
  /** Do policies apply to what a pod sends to its own node? */
  readonly ownNodeEgress: 'judge' | 'exempt'
  /** Do NetworkPolicies apply to what a pod sends to itself by way of a Service? */
  readonly hairpin: 'judge' | 'exempt'
  /** Is the Baseline tier asked wherever no NetworkPolicy isolates the pod in the direction, or only if none selects it (C-7)? */
  readonly baseline: 'by-direction' | 'by-pod'
  /** Of policies with one priority, which comes first: by name, or the one that opens or closes most (C-8)? */
  readonly ties: 'by-name' | 'opening' | 'closing'
}

/** Whether policies ignore a pod, because they see only its node. */
export function isPassedOver(
  { hostNetwork }: Pick<Pod, 'hostNetwork'>,
  reading: Pick<Reading, 'hostNetwork'>,
): boolean {
  return hostNetwork && reading.hostNetwork === 'ignore'
}

/** The readings that decide where nobody chose another. */
const STANDARD: Reading = {
  ipblockPods: 'match',
  hostNetwork: 'ignore',
  ownNodeEgress: 'judge',
  hairpin: 'exempt',
  baseline: 'by-direction',
  ties: 'by-name',
}

/** A point that the API leaves open and that a flow touches. */
export interface OpenPoint {
  readonly point: keyof Reading
  /** How it can be read as well. */
  readonly other: Partial<Reading>
  readonly code: NoteCode
  readonly about: string
}

/** The reading that the user's options make standard: what they choose is settled. */
export function chosenReading({ options }: CompiledCluster): Reading {
  return {
    ...STANDARD,
    ...(options.ipblockPods === undefined ? {} : { ipblockPods: options.ipblockPods }),
    ...(options.hostNetwork === undefined ? {} : { hostNetwork: options.hostNetwork }),
  }
}

/** The open points that could matter to a flow. */
export function openPoints(compiled: CompiledCluster, flow: Flow): readonly OpenPoint[] {
  const { source, destination } = flow
  const { options, hasOpenBlocks } = compiled
  const points: OpenPoint[] = []
  const ends = [source, destination].filter((end) => end.kind === 'pod')
  const onHost = ends.find(({ pod }) => pod.hostNetwork)
  if (options.hostNetwork === undefined && onHost !== undefined) {
    const other = { hostNetwork: 'enforce' } as const
    points.push({ point: 'hostNetwork', other, code: 'host-network', about: nameOfEnd(onHost) })
  }
  const byBlock = ends.find(
    (end) => !end.pod.hostNetwork && ends.some((other) => other !== end && hasOpenBlocks(other.pod.namespace)),
  )
  if (options.ipblockPods === undefined && byBlock !== undefined) {
    const other = { ipblockPods: 'never' } as const
    points.push({ point: 'ipblockPods', other, code: 'ipblock-pod-address', about: nameOfEnd(byBlock) })
  }
  if (source.kind === 'pod' && destination.kind !== 'external' && nodeRelation(source.pod, destination) !== 'other') {
    const other = { ownNodeEgress: 'exempt' } as const
    points.push({ point: 'ownNodeEgress', other, code: 'own-node-egress', about: nameOfEnd(source) })
  }
  if (isHairpin(flow)) {
    const other = { hairpin: 'judge' } as const
    points.push({ point: 'hairpin', other, code: 'service-hairpin', about: nameOfEnd(source) })
  }
  const oneSided = ends.find(({ pod }) => compiled.isOneSided(pod.namespace))
  if (oneSided !== undefined) {
    const other = { baseline: 'by-pod' } as const
    points.push({ point: 'baseline', other, code: 'baseline-scope', about: nameOfEnd(oneSided) })
  }
  return points
}

/** The open points of policies with one priority of which more than one matches; `about` names them (C-8). */
export function tiePoints(about: string): readonly OpenPoint[] {
  return (['opening', 'closing'] as const).map((ties) => ({
    point: 'ties',
    other: { ties },
    code: 'policy-tie',
    about,
  }))
}

/** Whether a pod reaches itself by way of a Service. */
export function isHairpin({ source, destination, throughService = false }: Flow): boolean {
  return throughService && isSamePod(source, destination)
}

/** Two replicas of one workload are different pods. */
export function isSamePod(a: Endpoint, b: Endpoint): boolean {
  return a.kind === 'pod' && b.kind === 'pod' && a.pod === b.pod && a.replica === b.replica
}

/** The reading with one or more points read the other way. */
export function readOtherwise(reading: Reading, points: readonly OpenPoint[]): Reading {
  return points.reduce((read, { other }) => ({ ...read, ...other }), reading)
}

/** Every set of points that could be read the other way, none first. */
export function combinations(points: readonly OpenPoint[]): readonly (readonly OpenPoint[])[] {
  return points.reduce<readonly (readonly OpenPoint[])[]>(
    (sets, point) => [...sets, ...sets.map((set) => [...set, point])],
    [[]],
  )
}

/** An end as notes call it. */
export function nameOfEnd(end: Endpoint): string {
  switch (end.kind) {
    case 'external':
      return 'the address'
    case 'host':
      return end.name
    case 'node':
      return `node/${end.node.name}`
    case 'pod':
      return `${end.pod.namespace}/${end.pod.name}`
  }
}
