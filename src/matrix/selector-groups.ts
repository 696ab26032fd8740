import type { CompiledCluster } from '../engine/compile.js'
import { matchDomains } from '../engine/domains.js'
import { truthOfNodes } from '../engine/node-peers.js'
import { selectsNamespace, selectsPod } from '../engine/selectors.js'
import { all, YES, type Doubt, type DoubtSite, type Truth } from '../engine/truth.js'
import { labelValues, settle, type Completion } from '../engine/completions.js'
import { grouped } from '../model/grouped.js'
import { lazy, once } from '../model/once.js'
import type { Selector } from '../model/labels.js'
import type { DomainPeer, NodePeer, SelectorPeer } from '../model/policy.js'
import { criteriaOf } from '../policy/criteria.js'
import type { Spend } from './budget.js'
import { namespaceIndex, shapeIndex } from './shape-index.js'
import type { Shape } from './shapes.js'

/** The shapes that something names: as things stand, and whatever the input leaves open. */
export interface Members {
  readonly value: readonly number[]
  readonly sure: readonly number[]
  /** Those that it might name, though as things stand it may not; a superset of both. */
  readonly possible: readonly number[]
  /** They are met as nodes, by what is on their host's network, which other groups leave out. */
  readonly ofHosts?: true
}

/** Evaluates selectors on shapes, each selector once. */
export interface SelectorGroups {
  /** The pods that a policy governs; without a namespace selector it means its own namespace. */
  subjects(home: string | null, subject: SelectorPeer): Members
  /** The number of the group that a peer entry names, equal for equal entries. */
  groupOf(home: string | null, peer: SelectorPeer): number
  /** The same for an entry that names nodes (C-17), or host names, which may be those of nodes (C-18). */
  groupOfHosts(peer: NodePeer | DomainPeer): number
  /**
   * Fewer groups that name what some groups name: small ones are one, since a rule does not tell its entries apart. Those
   * with doubts stay what they are, because doubts can depend on each other.
   */
  together(some: readonly number[]): readonly number[]
  readonly groups: readonly Members[]
  /** How much work there was: selectors asked about shapes. */
  readonly counters: { tested: number }
}

/** Joining groups up to this size takes no longer than reading the entries that name them. */
const SMALL_GROUP = 16

/** What is in doubt is kept with its reasons, and takes so much more memory than an answer. */
const STEPS_OF_A_DOUBT = 8

// Nobody reads where a doubt arose: only whether there is one matters here
const NOWHERE: DoubtSite = { policy: { namespace: '', name: '' }, path: [] }
const NOBODY_KNOWS: Doubt = { code: 'domain-name-unknown', about: '', site: NOWHERE }

/** Prepares a cluster's shapes to be asked by selectors, with an index of labels so that few shapes are looked at. */
export function selectorGroups(
  { policies, cluster }: Pick<CompiledCluster, 'policies' | 'cluster'>,
  shapes: readonly Shape[],
  spend: Spend,
  check: Spend,
): SelectorGroups {
  const { namespaces } = cluster
  const hosts = lazy(() => shapes.filter(({ pod }) => pod.hostNetwork))
  const valuesOf = lazy(() => labelValues(policies))
  // One selector can ask for `env=prod` and no `env`; what several ask for together is not looked at here
  const settled = (truthOf: (completion?: Completion) => Truth) => {
    const truth = truthOf()
    if (truth.doubts.length === 0) return truth
    spend(STEPS_OF_A_DOUBT)
    const under = (completion: Completion) => {
      spend(1)
      return truthOf(completion)
    }
    return settle(truth, under, (label) => valuesOf()(label))
  }
  const test = (some: readonly unknown[]): void => {
    counters.tested += some.length
    spend(some.length)
  }
  const inNamespace = grouped(shapes, ({ pod }) => pod.namespace)
  const withLabel = shapeIndex(shapes)
  const withLabelIn = new Map<string, ReturnType<typeof shapeIndex>>()
  const namespacesWith = namespaceIndex(namespaces)
  // What selectors of namespaces leave open is known before any of them is asked
  const undefinedOnes = [...namespaces.values()].filter(({ defined }) => !defined).length
  if (undefinedOnes > 0) check(undefinedOnes * new Set(criteriaOf(policies).namespaces.map(selectorKey)).size)
  const namespaceTruths = new Map<string, ReadonlyMap<string, Truth>>()
  const numbers = new Map<string, number>()
  const groups: Members[] = []
  const counters = { tested: 0 }

  function truthsOf(selector: Selector): ReadonlyMap<string, Truth> {
    const key = selectorKey(selector)
    const known = namespaceTruths.get(key)
    if (known !== undefined) return known
    const truths = new Map<string, Truth>()
    const candidates = namespacesWith(selector)
    spend(candidates.length)
    for (const namespace of candidates) {
      const truth = settled((completion) => selectsNamespace(selector, namespace, NOWHERE, completion))
      if (truth.value || truth.doubts.length > 0) truths.set(namespace.name, truth)
    }
    namespaceTruths.set(key, truths)
    return truths
  }

  /** The shapes of a namespace that may meet a selector. */
  function candidatesIn(namespace: string, selector: Selector): readonly Shape[] {
    const there = inNamespace.get(namespace) ?? []
    const index = withLabelIn.get(namespace) ?? shapeIndex(there)
    withLabelIn.set(namespace, index)
    return index(selector) ?? there
  }

  function evaluate(home: string | null, peer: SelectorPeer): Members {
    const { pods } = peer
    const there = peer.namespaces !== null ? truthsOf(peer.namespaces) : new Map(home === null ? [] : [[home, YES]])
    const [only] = there.keys()
    const few = only !== undefined && there.size === 1
    const indexed = pods === null ? null : few ? candidatesIn(only, pods) : withLabel(pods)
    const candidates = indexed ?? [...there.keys()].flatMap((name) => inNamespace.get(name) ?? [])
    test(candidates)
    return membersOf(candidates, (shape) => {
      const truth = there.get(shape.pod.namespace)
      if (truth === undefined) return null
      const ofPod = pods === null ? YES : settled((completion) => selectsPod(pods, shape.pod, NOWHERE, completion))
      return all([truth, ofPod])
    })
  }

  return {
    groups,
    counters,
    subjects: evaluate,
    groupOf(home, peer) {
      const where = peer.namespaces === null ? `=${home ?? ''}` : selectorKey(peer.namespaces)
      const key = `${where}\n${peer.pods === null ? '' : selectorKey(peer.pods)}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      return keep(key, evaluate(home, peer))
    },
    groupOfHosts(peer) {
      const key = peer.kind === 'nodes' ? `@${selectorKey(peer.nodes)}` : `@@${String(peer.names.length > 0)}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      test(hosts())
      const members = membersOf(hosts(), ({ pod }) => {
        const end = { kind: 'pod', pod, replica: 0 } as const
        if (peer.kind === 'domain-names') return matchDomains(peer, end, NOBODY_KNOWS)
        return settled((completion) => truthOfNodes(peer, end, cluster, NOWHERE, completion))
      })
      return keep(key, { ...members, ofHosts: true })
    },
    together(some) {
      const small = new Set<number>()
      const others = new Set<number>()
      for (const group of some) (isSmall(groups[group]) ? small : others).add(group)
      if (small.size < 2) return [...small, ...others]
      const key = `+${[...small].sort((a, b) => a - b).join()}`
      const members = [...new Set([...small].flatMap((group) => groups[group]?.value ?? []))]
      return [numbers.get(key) ?? keep(key, { value: members, sure: members, possible: members }), ...others]
    },
  }

  function keep(key: string, members: Members): number {
    const number = groups.push(members) - 1
    numbers.set(key, number)
    return number
  }
}

function isSmall(members: Members | undefined): boolean {
  return members !== undefined && members.ofHosts !== true && !isOpen(members) && members.value.length <= SMALL_GROUP
}

/** Whether something that the input leaves open could matter to who is named. */
export function isOpen({ sure: certain, possible }: Members): boolean {
  return possible.length > certain.length
}

/** The same of any of many groups. */
export const anyOpen = once((groups: readonly Members[]) => groups.some(isOpen))

function membersOf(candidates: readonly Shape[], truthOf: (shape: Shape) => Truth | null): Members {
  const value: number[] = []
  const certain: number[] = []
  const possible: number[] = []
  for (const shape of candidates) {
    const truth = truthOf(shape)
    if (truth === null) continue
    const doubted = truth.doubts.length > 0
    if (truth.value) value.push(shape.number)
    if (truth.value && !doubted) certain.push(shape.number)
    if (truth.value || doubted) possible.push(shape.number)
  }
  return { value, sure: certain, possible }
}

/** Equal for selectors that ask for the same. */
function selectorKey({ requirements }: Selector): string {
  return requirements
    .map(({ key, operator, values }) => JSON.stringify([key, operator, [...new Set(values)].sort()]))
    .sort()
    .join('')
}
