import type { Direction } from '../model/flow.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Lens, MatrixWorld } from './lens.js'
import { membership } from './membership.js'
import { selecting } from './selecting.js'
import { gathering, type SparseRow } from './sparse-row.js'

/** Whole rows of answers under one lens, and single cells where few are asked. */
export interface Rows {
  /** For each destination class, the ports that the source's own policies let out; all are, where none isolates it. */
  egress(source: PodClass): SparseRow & { readonly free: boolean }
  /** For each destination class, the ports that its policies let in from the source. */
  ingress(source: PodClass): SparseRow
  /** One direction of one cell. */
  cell(direction: Direction, source: PodClass, destination: PodClass): SetId
}

/**
 * Computes rows without a loop over pairs of classes and rules: an isolated destination is reached through the groups
 * that name the source, an isolated source goes through its own rules.
 */
export function rowsUnder({ classes: { classes, policies }, sets }: MatrixWorld, lens: Lens): Rows {
  const subjects = selecting(classes, policies, lens)
  const everywhere = new Int32Array(classes.length).fill(sets.all)
  const nothing = new Int32Array(classes.length).fill(sets.none)
  const numbers = classes.map(({ number }) => number)
  const membersOf = ({ anyPeer, selectors, blocks }: ClassRule): readonly (readonly number[])[] =>
    anyPeer ? [numbers] : [...selectors.map(lens.selected), ...(blocks === null ? [] : [lens.held(blocks)])]
  const doubtful = classes.filter((subject) => subjects('ingress', subject).doubtful)
  let prepared: { readonly base: Int32Array; readonly naming: ReturnType<typeof membership> } | undefined

  function prepare(): NonNullable<typeof prepared> {
    const base = new Int32Array(classes.length)
    const naming = membership(classes.length, lens)
    for (const subject of classes) {
      const { policies: isolating, free } = subjects('ingress', subject)
      base[subject.number] = free ? sets.all : sets.none
      if (free) continue
      for (const rule of isolating.flatMap((policy) => policies[policy]?.rules.ingress ?? [])) {
        const ports = lens.portsOf(rule.ports)(subject)
        if (rule.anyPeer) base[subject.number] = sets.union(base[subject.number] ?? sets.none, ports)
        else naming.add(rule, subject.number, ports)
      }
    }
    naming.close()
    return { base, naming }
  }

  function cell(direction: Direction, source: PodClass, destination: PodClass): SetId {
    const [subject, peer] = direction === 'egress' ? [source, destination] : [destination, source]
    const { policies: isolating, free, doubtful: inDoubt } = subjects(direction, subject)
    if (free) return sets.all
    const opened = (rules: readonly ClassRule[]) =>
      rules
        .filter((rule) => lens.names(rule, peer))
        .reduce((open, rule) => sets.union(open, lens.portsOf(rule.ports)(destination)), sets.none)
    const each = isolating.map((policy) => opened(policies[policy]?.rules[direction] ?? []))
    return inDoubt ? each.reduce(sets.intersect, sets.all) : each.reduce(sets.union, sets.none)
  }

  return {
    cell,
    egress(source) {
      const { policies: isolating, free, doubtful: inDoubt } = subjects('egress', source)
      if (free) return { base: everywhere, changes: new Map(), free }
      const gathered = gathering(sets)
      if (inDoubt) for (const one of classes) gathered.add(one.number, cell('egress', source, one))
      else {
        for (const rule of isolating.flatMap((policy) => policies[policy]?.rules.egress ?? [])) {
          const ports = lens.portsOf(rule.ports)
          for (const members of membersOf(rule)) {
            for (const number of members) gathered.add(number, ports(classes[number] ?? null))
          }
        }
      }
      return { base: nothing, changes: gathered.join(), free }
    },
    ingress(source) {
      const { base, naming } = (prepared ??= prepare())
      const gathered = gathering(sets)
      naming.eachOf(source.number, (number, ports) => {
        gathered.add(number, ports)
      })
      const changes = gathered.join()
      for (const [number, open] of changes) changes.set(number, sets.union(base[number] ?? sets.none, open))
      for (const subject of doubtful) changes.set(subject.number, cell('ingress', source, subject))
      return { base, changes }
    },
  }
}
