import { compile, type CompiledCluster } from '../../engine/compile.js'
import type { Cluster, Workload } from '../../model/cluster.js'
import type { Direction } from '../../model/direction.js'
import { remembered } from '../../model/once.js'
import { criteriaOf } from '../../policy/criteria.js'
import type { RuleForm } from '../../policy/rule-form.js'
import { candidatesAmong } from './candidates.js'
import { unedited, type Edit, type HasEdit, type Mixed } from './edits/edit.js'
import { mixedEndpoint, type MixedEndpoint } from './edits/endpoint-edits.js'
import { isFor, type MixedPolicy } from './edits/policy-edits.js'
import { mixedNamespace, mixedNode, mixedNodeLabels, mixedSettings } from './edits/surroundings.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { workloadOf } from './groups.js'
import type { JointWorld } from './joint-world.js'
import { mayGovern } from './may-govern.js'
import { onNodes } from './mixed-ends.js'

/** A small cluster of some endpoints, after some edits; an endpoint is null where it is not there. */
export interface Scene {
  readonly compiled: CompiledCluster
  readonly ends: readonly (MixedEndpoint | null)[]
}

/** All edits that could matter to some endpoints, and what their cluster is after any of them. */
export interface Scenes {
  readonly edits: readonly Edit[]
  readonly sceneOf: (has: HasEdit) => Scene
  /** Whether no edit is one of the endpoints themselves, and none of them is on its host's network. */
  readonly shareable: boolean
}

/** Sets scenes of endpoints, of which policies matter in some directions. */
export type SetScenes = (
  pairs: readonly EndpointPair[],
  directions: readonly (readonly [EndpointPair, Direction])[],
) => Scenes

/** Prepares the small clusters between the two sides of a comparison. */
export function scenes({ base, head }: Pick<JointWorld, 'base' | 'head'>, policies: readonly MixedPolicy[]): SetScenes {
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
  const policiesFor = remembered((spaces: string) => {
    const all = policies.filter((policy) => spaces.split(' ').some((space) => isFor(policy, space)))
    return { all, candidates: candidatesAmong(all) }
  })
  return (pairs, directions) => {
    const ends = pairs.map(endpoints)
    const spaces = [...new Set(pairs.map((pair) => workloadOf(pair).namespace))].sort()
    const own = spaces.map((name) => ({ name, ...namespaces(name) }))
    const { all, candidates } = policiesFor(spaces.join(' '))
    // Several edits of an endpoint may add up to labels that neither side has
    const isRemade = directions.some(([pair]) => endpoints(pair).edits.length > 1)
    const near = (isRemade ? all : candidates(directions.map(([pair]) => pair))).filter((policy) =>
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
    const sceneOf = (has: HasEdit): Scene => {
      const addresses = new Map(
        ofNodes.filter((node) => node.edits.length > 0).map((node) => [node.name, node.mix(has)]),
      )
      const placed = ends.map((end) => {
        const mixed = end.mix(has)
        return mixed === null ? null : { ...mixed, pods: onNodes(mixed.pods, addresses) }
      })
      const { options, families } = settings.mix(has)
      const spacesNow = own.flatMap(({ name, mix }) => {
        const space = mix(has)
        return space === null ? [] : [[name, space] as const]
      })
      const workloads = placed.flatMap((end): readonly Workload[] =>
        end === null ? [] : [{ ...end.workload, pods: end.pods }],
      )
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
      return { compiled: compile(cluster, options, forms), ends: placed }
    }
    const hosts = pairs.some((pair) =>
      [pair.base, pair.head].some((end) => end?.party.pods.some(({ hostNetwork }) => hostNetwork) === true),
    )
    const isOwn = hosts || ends.some((end) => end.edits.length > 0)
    return { edits, sceneOf, shareable: !isOwn }
  }
}
