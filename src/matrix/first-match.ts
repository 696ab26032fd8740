import type { Direction } from '../model/direction.js'
import { once } from '../model/once.js'
import { recent } from '../model/recent.js'
import { cellBudget, KEPT_CELLS } from './budget.js'
import type { ClassPolicy, ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import { preceding, undecided, type Matched } from './first-match-sets.js'
import type { Row } from './gathering.js'
import { governing, type Governing } from './governing.js'
import type { Lens, Lenses, MatrixWorld } from './lens.js'
import type { TierCell, TierRow, TierRows } from './tier-rows.js'
import { byPlace, isTied, tied } from './ties.js'
import { unknownPeers } from './unknown-peers.js'

/** A rule that may name a source, and the policy that it stands in. */
interface Naming {
  readonly policy: ClassPolicy
  readonly rule: ClassRule
}

/** A row that is made from the last rule to the first. */
interface Making {
  readonly row: TierRow
  readonly put: (rule: ClassRule, number: number, found: Matched) => void
}

/**
 * Rows of policies of which the first rule that matches decides (C-2). A row is made rule by rule from the last to the first, each
 * going through those whom it names or governs only; sources that the same rules name share it.
 */
export function firstMatchRows(world: MatrixWorld, lenses: Lenses, policies: readonly ClassPolicy[]): TierRows {
  const {
    classes: { classes },
    sets,
  } = world
  const { length } = classes
  const { least, most } = lenses
  const spend = cellBudget(world)
  const isSettled = least === most
  const governs = governing(classes, policies, lenses)
  const precede = preceding(sets, lenses.extent)
  const [unknownLeast, unknownMost] = [least, most].map((lens) => unknownPeers(world, lens))
  const alone = once((rule: ClassRule): readonly ClassRule[] => [rule])
  const unknown = classes.filter(({ families }) => families.length === 0).map(({ number }) => number)
  const mostRows = Math.max(1, Math.floor(KEPT_CELLS / Math.max(1, length)))

  function portsUnder(
    lens: Lens,
    peers: typeof unknownMost,
    rule: ClassRule,
    peer: PodClass,
    destination: PodClass,
  ): SetId {
    if (lens.names(rule, peer)) return lens.portsOf(rule.ports)(destination)
    return peers === undefined || rule.blocks === null ? sets.none : peers.opened(alone(rule), peer, destination)
  }

  function matched(rule: ClassRule, surely: boolean, peer: PodClass, destination: PodClass): Matched {
    const may = portsUnder(most, unknownMost, rule, peer, destination)
    if (isSettled) return { least: may, most: may }
    return { least: surely ? portsUnder(least, unknownLeast, rule, peer, destination) : sets.none, most: may }
  }

  function rowMaker(): Making {
    const open: Row = new Int32Array(length).fill(sets.none)
    const passed: Row = new Int32Array(length).fill(sets.all)
    return {
      row: { open, passed },
      put({ action }, number, found) {
        const after = { open: open[number] ?? sets.none, passed: passed[number] ?? sets.none }
        const { open: opened, passed: left } = precede(after, action, found)
        open[number] = opened
        passed[number] = left
      },
    }
  }

  /** Those whom a rule may name. */
  const namedBy = once((rule: ClassRule): readonly number[] => {
    const { anyPeer, selectors, blocks } = rule
    if (anyPeer) return classes.map(({ number }) => number)
    return [
      ...new Set([
        ...selectors.flatMap((group) => most.selected(group)),
        ...(blocks === null ? [] : [...most.held(blocks), ...unknown]),
      ]),
    ]
  })

  const egressOf = recent(mostRows, (list: readonly Governing[]): TierRow => {
    const { row, put } = rowMaker()
    for (const { policy, surely } of list.toReversed()) {
      for (const rule of (policy.rules.egress ?? []).toReversed()) {
        sets.counters.opened += namedBy(rule).length
        spend(namedBy(rule).length)
        for (const number of namedBy(rule)) {
          const destination = classes[number]
          if (destination !== undefined) put(rule, number, matched(rule, surely, destination, destination))
        }
      }
    }
    return row
  })

  const into = policies.flatMap((policy) => (policy.rules.ingress ?? []).map((rule): Naming => ({ policy, rule })))
  const known = new Map<string, { readonly source: PodClass; readonly rules: readonly Naming[] }>()

  /** The rules that may name a source; the same object for all sources that they treat alike. */
  function naming(source: PodClass) {
    const isUnknown = source.families.length === 0
    const marks = into.flatMap(({ rule }, index) => {
      const isNamed = most.names(rule, source)
      if (!isNamed && !(isUnknown && rule.blocks !== null)) return []
      return [`${index}${isNamed ? '' : '?'}${least.names(rule, source) ? '!' : ''}`]
    })
    const key = `${isUnknown ? String(source.pod.hostNetwork) : ''} ${marks.join()}`
    const found = known.get(key) ?? { source, rules: marks.flatMap((mark) => into[parseInt(mark, 10)] ?? []) }
    known.set(key, found)
    return found
  }

  const ingressOf = recent(mostRows, ({ source, rules }: ReturnType<typeof naming>): TierRow => {
    const { row, put } = rowMaker()
    for (const { policy, rule } of rules.toReversed()) {
      const surely = sureSubjects(policy)
      const subjects = policy.subjects[most.view.extent]
      sets.counters.opened += subjects.length
      spend(subjects.length)
      for (const number of subjects) {
        const subject = classes[number]
        if (subject === undefined || most.exempt(subject)) continue
        put(rule, number, matched(rule, surely.has(number), source, subject))
      }
    }
    return row
  })
  const sureSubjects = once(({ subjects }: ClassPolicy) => new Set(subjects[least.view.extent]))

  const { ties } = most.view.reading
  const together = ties === 'by-name' ? null : tied(sets, ties)
  /** Classes of which the order of equal priorities may settle something: their cells are made one by one. */
  const tiedSubjects =
    together === null
      ? []
      : classes.filter((subject) => isTied(governs('ingress', subject))).map(({ number }) => number)

  function cell(direction: Direction, source: PodClass, destination: PodClass): TierCell {
    const [subject, peer] = direction === 'egress' ? [source, destination] : [destination, source]
    const put =
      ({ policy, surely }: Governing) =>
      (after: TierCell): TierCell =>
        (policy.rules[direction] ?? []).reduceRight(
          (rest, rule) => precede(rest, rule.action, matched(rule, surely, peer, destination)),
          after,
        )
    const groups = byPlace(governs(direction, subject), ({ policy }) => policy.order)
    return groups.reduceRight(
      (after, group) =>
        together === null || group.length === 1
          ? group.reduceRight((rest, one) => put(one)(rest), after)
          : together(group.map(put))(after),
      undecided(sets),
    )
  }

  return {
    cell,
    egress(source) {
      const list = governs('egress', source)
      if (list.length === 0) return null
      if (together === null || !isTied(list)) return egressOf(list)
      spend(length)
      const cells = classes.map((destination) => cell('egress', source, destination))
      return {
        open: Int32Array.from(cells, ({ open }) => open),
        passed: Int32Array.from(cells, ({ passed }) => passed),
      }
    },
    ingress(source) {
      const found = naming(source)
      const row = found.rules.length === 0 ? null : ingressOf(found)
      if (row === null || tiedSubjects.length === 0) return row
      spend(tiedSubjects.length)
      const [open, passed] = [row.open.slice(), row.passed?.slice() ?? null]
      for (const number of tiedSubjects) {
        const subject = classes[number]
        if (subject === undefined) continue
        const found = cell('ingress', source, subject)
        open[number] = found.open
        if (passed !== null) passed[number] = found.passed
      }
      return { open, passed }
    },
  }
}
