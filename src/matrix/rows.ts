import type { Direction } from '../model/flow.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Lens, MatrixWorld } from './lens.js'
import { membership } from './membership.js'
import { selecting } from './selecting.js'

/** Whole rows of answers under one lens, and single cells where few are asked. */
export interface Rows {
  /** For each destination class, the ports that the source's own policies let out. */
  egress(source: PodClass): Int32Array
  /** For each destination class, the ports that its policies let in from the source. */
  ingress(source: PodClass): Int32Array
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
        const ports = lens.ports(rule.ports, subject)
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
        .reduce((open, rule) => sets.union(open, lens.ports(rule.ports, destination)), sets.none)
    const each = isolating.map((policy) => opened(policies[policy]?.rules[direction] ?? []))
    return inDoubt ? each.reduce(sets.intersect, sets.all) : each.reduce(sets.union, sets.none)
  }

  return {
    cell,
    egress(source) {
      const { policies: isolating, free, doubtful: inDoubt } = subjects('egress', source)
      if (free) return everywhere
      if (inDoubt) return Int32Array.from(classes, (destination) => cell('egress', source, destination))
      const row = new Int32Array(classes.length).fill(sets.none)
      const open = (rule: ClassRule, number: number) => {
        const destination = classes[number]
        if (destination !== undefined)
          row[number] = sets.union(row[number] ?? sets.none, lens.ports(rule.ports, destination))
      }
      for (const rule of isolating.flatMap((policy) => policies[policy]?.rules.egress ?? [])) {
        if (rule.anyPeer) for (let number = 0; number < classes.length; number++) open(rule, number)
        for (const group of rule.selectors) for (const number of lens.selected(group)) open(rule, number)
        if (rule.blocks !== null) for (const number of lens.held(rule.blocks)) open(rule, number)
      }
      return row
    },
    ingress(source) {
      const { base, naming } = (prepared ??= prepare())
      const row = Int32Array.from(base)
      naming.eachOf(source.number, (number, ports) => {
        row[number] = sets.union(row[number] ?? sets.none, ports)
      })
      for (const subject of doubtful) row[subject.number] = cell('ingress', source, subject)
      return row
    },
  }
}
