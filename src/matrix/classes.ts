import { FAMILIES, type Family } from '../net/address.js'
import type { CompiledCluster } from '../engine/compile.js'
import type { Pod } from '../model/cluster.js'
import { DIRECTIONS, type Direction } from '../model/direction.js'
import type { IpBlock } from '../model/policy.js'
import { areNamesOfPodsOnly, byNames } from '../policy/names-of-pods.js'
import type { FormRule } from '../policy/rule-form.js'
import type { Tier } from '../policy/tiers.js'
import { blockGroups } from './block-groups.js'
import { namingBudget } from './budget.js'
import { ruleInterner, type ClassRule } from './class-rules.js'
import { once } from '../model/once.js'
import { refinement } from './refinement.js'
import { anyOpen, isOpen, selectorGroups, type Members } from './selector-groups.js'
import { shapesOf } from './shapes.js'

/** Pods that all policies treat alike, whatever the input leaves open; `pod` is one of them. */
export interface PodClass {
  readonly number: number
  readonly pod: Pod
  /** The families of the addresses that a block is compared with; none where no address is known. */
  readonly families: readonly Family[]
  /** The number of the kind of classes that have the same families. */
  readonly kind: number
  readonly namedPorts: string
}

export type { ClassRule }

/** A policy over classes. */
export interface ClassPolicy {
  /** Its place in its tier: of several with one place any may come first (C-8). */
  readonly order: number
  readonly subjects: Members
  readonly rules: Readonly<Record<Direction, readonly ClassRule[] | null>>
}

/** A tier that has policies, in the order in which they are asked. */
export interface ClassTier {
  readonly tier: Tier
  readonly policies: readonly ClassPolicy[]
}

/** A cluster as classes of pods: plain numbers, ready for whole rows of answers. */
export interface Classes {
  readonly classes: readonly PodClass[]
  /** One class of each kind. */
  readonly kinds: readonly PodClass[]
  /** Those on their host's network. */
  readonly hosts: readonly PodClass[]
  classOf(pod: Pod): PodClass
  /** A class that all destinations treat alike as a source, and that is isolated alike; by the number of the class. */
  readonly asSource: readonly PodClass[]
  /** How much work it was: selectors asked about shapes. */
  readonly counters: { readonly tested: number }
  readonly policies: readonly ClassPolicy[]
  /** The same by their tiers, in the order in which these decide. */
  readonly tiers: readonly ClassTier[]
  /** What the selectors of peers name. */
  readonly selectors: readonly Members[]
  /** What the blocks of rules hold, where addresses are known. */
  readonly blocks: readonly { readonly blocks: readonly IpBlock[]; readonly holds: Record<Family, readonly number[]> }[]
}

/**
 * Merges shapes that no policy tells apart: the same policies select them, the same peers name them, and port names
 * stand for the same. One answer holds for all pods of a class, and hardly two classes have the same answers.
 */
export function classesOf(compiled: Pick<CompiledCluster, 'policies' | 'tiers' | 'cluster'>): Classes {
  const shapes = shapesOf(compiled)
  const spend = namingBudget(compiled)
  const selectors = selectorGroups(compiled, shapes.list, spend, namingBudget(compiled))
  const blocks = blockGroups(shapes, spend)
  const ruleOf = ruleInterner()
  const policies = compiled.policies.map(({ home, order, subject, applies, rules }) => {
    const compile = (direction: Direction): readonly ClassRule[] | null => {
      if (!applies[direction]) return null
      const compileRule = ({ action, peers, ports }: Pick<FormRule, 'action' | 'peers' | 'ports'>): ClassRule => {
        const ranges = peers.filter((peer) => peer.kind === 'ip-block')
        const named = peers.flatMap((peer) =>
          peer.kind === 'selector'
            ? [selectors.groupOf(home, peer)]
            : peer.kind === 'nodes' || peer.kind === 'domain-names'
              ? [selectors.groupOfHosts(peer)]
              : [],
        )
        return ruleOf({
          action,
          anyPeer: peers.length === 0,
          selectors: selectors.together(named),
          blocks: ranges.length === 0 ? null : blocks.groupOf(ranges),
          hostNames: peers.some((peer) => peer.kind === 'domain-names' && peer.names.length > 0),
          ports,
        })
      }
      const all: readonly FormRule[] = rules[direction]
      return (areNamesOfPodsOnly({ home }, direction) ? all.flatMap(byNames) : all).map(compileRule)
    }
    return {
      order,
      subjects: selectors.subjects(home, subject),
      rules: { ingress: compile('ingress'), egress: compile('egress') },
    }
  })

  const traits = shapes.list.map(({ pod, addresses, namedPorts }) => {
    const families = FAMILIES.filter((family) => addresses.some((address) => address.family === family))
    return { pod, families, namedPorts, key: `${String(pod.hostNetwork)} ${families.join()} ${namedPorts}` }
  })
  const parts = refinement(traits.map(({ key }) => key))
  const named = new Set(
    policies.flatMap(({ rules }) =>
      DIRECTIONS.flatMap((direction) => rules[direction] ?? []).flatMap((rule) => rule.selectors),
    ),
  )
  for (const members of [
    ...policies.map(({ subjects }) => subjects),
    ...selectors.groups.filter((_, group) => named.has(group)),
  ]) {
    parts.split(members.value)
    if (isOpen(members)) [members.sure, members.possible].forEach(parts.split)
  }
  for (const { holds } of blocks.groups) for (const family of FAMILIES) parts.split(holds[family])

  const classes: PodClass[] = []
  const kinds: PodClass[] = []
  const known = new Map<number, number>()
  const classOfShape = Int32Array.from(traits, ({ pod, families, namedPorts }, shape) => {
    const part = parts.partOf(shape)
    const found = known.get(part)
    if (found !== undefined) return found
    const alike = kinds.find((example) => example.families.join() === families.join())
    const added = { number: classes.length, pod, families, kind: alike?.kind ?? kinds.length, namedPorts }
    if (alike === undefined) kinds.push(added)
    known.set(part, classes.length)
    return classes.push(added) - 1
  })

  const toClasses = (members: readonly number[]): readonly number[] => [
    ...new Set(members.map((shape) => classOfShape[shape] ?? 0)),
  ]
  const classMembers = ({ value, sure, possible, ...rest }: Members): Members => {
    const ofValue = toClasses(value)
    const settled = possible.length === sure.length
    return {
      ...rest,
      value: ofValue,
      sure: settled ? ofValue : toClasses(sure),
      possible: settled ? ofValue : toClasses(possible),
    }
  }
  const classPolicies = policies.map(({ order, subjects, rules }) => ({
    order,
    subjects: classMembers(subjects),
    rules,
  }))
  const policyOf = new Map(compiled.policies.map((form, index) => [form, classPolicies[index]]))
  const ofClasses = {
    classes,
    policies: classPolicies,
    selectors: selectors.groups.map(classMembers),
    blocks: blocks.groups.map((group) => ({
      blocks: group.blocks,
      holds: { IPv4: toClasses(group.holds.IPv4), IPv6: toClasses(group.holds.IPv6) },
    })),
  }
  return {
    ...ofClasses,
    asSource: sourcesAlike(ofClasses),
    kinds,
    hosts: classes.filter(({ pod }) => pod.hostNetwork),
    counters: selectors.counters,
    classOf(pod) {
      const shape = shapes.shapeOf.get(pod)
      const found = shape === undefined ? undefined : classes[classOfShape[shape.number] ?? -1]
      if (found === undefined) throw new Error(`the pod ${pod.namespace}/${pod.name} is not one of the cluster`)
      return found
    },
    tiers: compiled.tiers.map(({ tier, policies: own }) => ({
      tier,
      policies: own.flatMap((form) => policyOf.get(form) ?? []),
    })),
  }
}

/**
 * Sources differ less than classes do: port names and the policies for ingress are the business of destinations. Where
 * labels are unknown nothing is joined, since doubts about two pods are not the same.
 */
function sourcesAlike(made: Pick<Classes, 'classes' | 'policies' | 'selectors' | 'blocks'>): readonly PodClass[] {
  const { classes, policies, selectors, blocks } = made
  if (hasDoubts(made)) return classes
  const parts = refinement(classes.map(({ pod, kind }) => `${String(pod.hostNetwork)} ${kind}`))
  for (const { subjects, rules } of policies) if (rules.egress !== null) parts.split(subjects.value)
  const into = policies.flatMap(({ rules }) => rules.ingress ?? [])
  for (const group of new Set(into.flatMap((rule) => rule.selectors))) parts.split(selectors[group]?.value ?? [])
  for (const group of new Set(into.flatMap((rule) => rule.blocks ?? []))) {
    for (const family of FAMILIES) parts.split(blocks[group]?.holds[family] ?? [])
  }
  const known = new Map<number, PodClass>()
  return classes.map((one) => {
    const part = parts.partOf(one.number)
    const found = known.get(part) ?? one
    known.set(part, found)
    return found
  })
}

/** Whether something that the input leaves open could matter to who is selected or named. */
export function hasDoubts({ policies, selectors }: Pick<Classes, 'policies' | 'selectors'>): boolean {
  return (
    policies.some(({ subjects, rules }) => isOpen(subjects) || nameHosts(rules.egress ?? NONE)) || anyOpen(selectors)
  )
}

const NONE: readonly ClassRule[] = []
const nameHosts = once((rules: readonly ClassRule[]) => rules.some(({ hostNames }) => hostNames))
