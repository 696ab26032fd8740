import { compile } from '../../engine/compile.js'
import type { SetId } from '../../matrix/connection-sets.js'
import type { Cluster, Workload } from '../../model/cluster.js'
import type { Direction } from '../../model/direction.js'
import { lazy, remembered } from '../../model/once.js'
import type { AddressRange } from '../../net/ranges.js'
import { overlaps } from '../../net/ranges.js'
import type { RuleForm } from '../../policy/rule-form.js'
import { classOf, matrixOver, type Matrix } from '../class-matrix.js'
import type { MatrixEndpoint } from '../matrix-endpoints.js'
import { nodesBetween } from '../nodes-between.js'
import { hasDns } from './dns-changes.js'
import { criteriaOf } from '../../policy/criteria.js'
import { unedited, type Edit, type HasEdit, type Mixed } from './edits/edit.js'
import { mixedEndpoint, type MixedEndpoint } from './edits/endpoint-edits.js'
import { isFor, mixedPolicies, type MixedPolicy } from './edits/policy-edits.js'
import { mayGovern } from './may-govern.js'
import { endpointOf, onNodes, partyOf } from './mixed-ends.js'
import { mixedNamespace, mixedNode, mixedNodeLabels, mixedSettings } from './edits/surroundings.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { workloadOf } from './groups.js'
import { isolation } from './isolation-changes.js'
import type { JointWorld } from './joint-world.js'
import { jointShapes } from './joint-shapes.js'
import { openness } from './openness.js'

/** What comes of some edits, as numbers: sets of ports, or 1 where something is so. */
export type Outcome = readonly number[]

/** What could matter to one answer, and the answer after any of these edits. */
export interface Mixture {
  readonly edits: readonly Edit[]
  readonly outcome: (has: HasEdit) => Outcome
  /** Equal for mixtures in which the same edits do the same; null where that is not known. */
  readonly sharedKey: string | null
}

/** The clusters between two sides, as far as single answers see them. */
export interface Mixtures {
  readonly policies: readonly MixedPolicy[]
  /** All that is open between two endpoints, and over each family. */
  between(from: EndpointPair, to: EndpointPair, asked: SetId): Mixture
  /** What is open at every one, and at some, of the addresses. */
  outside(near: EndpointPair, direction: Direction, ranges: readonly AddressRange[], asked: SetId): Mixture
  isolation(near: EndpointPair, direction: Direction): Mixture
  dns(near: EndpointPair): Mixture
}

/** A small cluster of one or two endpoints, after some edits. */
interface Scene {
  readonly matrix: Matrix
  readonly ends: readonly MixedEndpoint[]
}

/** Prepares the clusters between the sides of a comparison. */
export function mixtures({ base, head, sets }: JointWorld): Mixtures {
  const policies = mixedPolicies(base.matrix.compiled.policies, head.matrix.compiled.policies)
  const settings = mixedSettings(base, head)
  const shared = new Map<string, Edit>()
  const once = ({ id }: Workload, key: string, make: () => Edit): Edit => {
    const found = shared.get(`${id} ${key}`) ?? make()
    shared.set(`${id} ${key}`, found)
    return found
  }
  const endpoints = remembered((pair: EndpointPair) => mixedEndpoint(pair, once))
  const namespaces = remembered((name: string) => mixedNamespace(name, base.cluster, head.cluster))
  const nodes = remembered((name: string) => mixedNode(name, base.cluster, head.cluster))
  // Labels of nodes change often, and mostly nobody asks for them
  const isAskedFor = [base, head].some(({ matrix }) => criteriaOf(matrix.compiled.policies).nodes.length > 0)
  const nodeLabels = remembered((name: string) =>
    isAskedFor
      ? mixedNodeLabels(name, base.cluster, head.cluster)
      : unedited(head.cluster.nodes.get(name)?.labels ?? null),
  )
  const policiesFor = remembered((spaces: string) =>
    policies.filter((policy) => spaces.split(' ').some((space) => isFor(policy, space))),
  )
  const shapes = lazy(() => jointShapes(base.cluster, head.cluster, [base.matrix, head.matrix]))

  function prepare(pairs: readonly EndpointPair[], directions: readonly (readonly [EndpointPair, Direction])[]) {
    const ends = pairs.map(endpoints)
    const spaces = [...new Set(pairs.map((pair) => workloadOf(pair).namespace))].sort()
    const own = spaces.map((name) => ({ name, ...namespaces(name) }))
    const near = policiesFor(spaces.join(' ')).filter((policy) =>
      directions.some(([pair, direction]) => mayGovern(policy, pair, direction, endpoints(pair).edits.length)),
    )
    const nodeNames = new Set(
      pairs.flatMap((pair) =>
        [pair.base, pair.head].flatMap((end) => end?.party.pods.flatMap(({ node }) => node ?? []) ?? []),
      ),
    )
    const ofNodes = [...nodeNames].sort().map((name) => ({ name, ...nodes(name) }))
    const labelled = [...nodeNames].sort().map((name) => ({ name, ...nodeLabels(name) }))
    const parts: readonly Mixed<unknown>[] = [settings, ...ofNodes, ...labelled, ...own, ...ends, ...near]
    const edits = [...new Set(parts.flatMap((part) => part.edits))]
    const sceneOf = (has: HasEdit): Scene | null => {
      const mixed = ends.map((end) => end.mix(has))
      const there = mixed.flatMap((end) => end ?? [])
      if (there.length < mixed.length) return null
      const addresses = new Map(
        ofNodes.filter((node) => node.edits.length > 0).map((node) => [node.name, node.mix(has)]),
      )
      const placed = there.map((end) => ({ ...end, pods: onNodes(end.pods, addresses) }))
      const { options, families } = settings.mix(has)
      const spacesNow = own.flatMap(({ name, mix }) => {
        const space = mix(has)
        return space === null ? [] : [[name, space] as const]
      })
      const workloads = placed.map(({ workload, pods }): Workload => ({ ...workload, pods }))
      const nodesNow = labelled.flatMap(({ name, mix }) => {
        const node = head.cluster.nodes.get(name) ?? base.cluster.nodes.get(name)
        return node === undefined ? [] : [[name, { ...node, labels: mix(has) }] as const]
      })
      const cluster: Cluster = {
        ...{ ...head.cluster, families, workloads, services: [], namespaces: new Map(spacesNow) },
        nodes: new Map([...head.cluster.nodes, ...nodesNow]),
      }
      const forms = near.flatMap((policy): readonly RuleForm[] => {
        const form = policy.mix(has)
        return form === null ? [] : [form]
      })
      return { matrix: matrixOver(compile(cluster, options, forms), [], sets), ends: placed }
    }
    const hosts = pairs.some((pair) =>
      [pair.base, pair.head].some((end) => end?.party.pods.some(({ hostNetwork }) => hostNetwork) === true),
    )
    const isOwn = hosts || ends.some((end) => end.edits.length > 0)
    return { edits, sceneOf, shareable: !isOwn }
  }

  /** Whether something is so of one endpoint. */
  function stateOf(
    near: EndpointPair,
    direction: Direction,
    isSo: (matrix: Matrix, endpoint: MatrixEndpoint) => boolean,
  ): Mixture {
    const { edits, sceneOf } = prepare([near], [[near, direction]])
    return {
      edits,
      sharedKey: null,
      outcome(has) {
        const scene = sceneOf(has)
        const [end] = scene?.ends ?? []
        return [scene !== null && end !== undefined && isSo(scene.matrix, endpointOf(end)) ? 1 : 0]
      },
    }
  }

  return {
    policies,
    between(from, to, asked) {
      const isSelf = from === to
      const { edits, sceneOf, shareable } = prepare(isSelf ? [from] : [from, to], [
        [from, 'egress'],
        [to, 'ingress'],
      ])
      return {
        edits,
        sharedKey: shareable && !isSelf ? `${shapes()(from)} > ${shapes()(to)} ${asked}` : null,
        outcome(has) {
          const scene = sceneOf(has)
          const [a, b = a] = scene?.ends ?? []
          if (scene === null || a === undefined || b === undefined || (isSelf && !a.another))
            return [sets.none, sets.none, sets.none]
          const [source, destination] = [partyOf(a), partyOf(b)]
          const { matrix } = scene
          const opened = matrix
            .rowOf(classOf(matrix.classes, source))
            .opened(classOf(matrix.classes, destination), nodesBetween(source, destination))
          const { all, byFamily } = openness(sets, opened, asked)
          return [all, byFamily.IPv4, byFamily.IPv6]
        },
      }
    },
    outside(near, direction, ranges, asked) {
      const { edits, sceneOf, shareable } = prepare([near], [[near, direction]])
      const there = ranges.map(({ family, first, last }) => `${family} ${first}-${last}`).join()
      return {
        edits,
        sharedKey: shareable ? `${direction} ${shapes()(near)} ${there} ${asked}` : null,
        outcome(has) {
          const scene = sceneOf(has)
          const [end] = scene?.ends ?? []
          if (scene === null || end === undefined) return [sets.none, sets.none]
          const { matrix } = scene
          const walk = matrix.outside(direction, classOf(matrix.classes, partyOf(end)), asked)
          const open = walk
            .filter((piece) => ranges.some((range) => overlaps(piece, range)))
            .map(({ value }) => value.open)
          return [open.reduce<SetId>(sets.intersect, sets.all), open.reduce<SetId>(sets.union, sets.none)]
        },
      }
    },
    isolation: (near, direction) =>
      stateOf(near, direction, (matrix, endpoint) => isolation(matrix)(direction, endpoint)),
    dns: (near) => stateOf(near, 'egress', (matrix, endpoint) => hasDns(matrix)(endpoint)),
  }
}
