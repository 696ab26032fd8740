import type { Direction } from '../model/direction.js'
import { lazy, once } from '../model/once.js'
import { recent } from '../model/recent.js'
import { cellBudget, KEPT_CELLS } from './budget.js'
import type { ClassPolicy, ClassRule, PodClass } from './classes.js'
import { preceding, undecided } from './first-match-sets.js'
import { firstMatchRow } from './first-match-row.js'
import { matching } from './first-match-rules.js'
import { governing, type Governing } from './governing.js'
import { askedAmong, type Lenses, type MatrixWorld } from './lens.js'
import { namingRules } from './naming-rules.js'
import type { TierCell, TierRow, TierRows } from './tier-rows.js'
import { byPlace, isTied, tied, together } from './ties.js'

/** A rule that may name a source, and the policy that it stands in. */
interface Naming {
  readonly policy: ClassPolicy
  readonly rule: ClassRule
}

/**
 * Rows of policies of which the first rule that matches decides (C-2). A row is made for subjects that the same policies govern,
 * over all that may be at the other end; a row of ingress takes a cell from each of them.
 */
export function firstMatchRows(world: MatrixWorld, lenses: Lenses, policies: readonly ClassPolicy[]): TierRows {
  const {
    classes: { classes },
    sets,
  } = world
  const { length } = classes
  const { least, most } = lenses
  const { destinations: asked = classes } = world
  const askedIn = askedAmong(world)
  const spend = cellBudget(world)
  const governs = governing(classes, policies, lenses)
  const precede = preceding(sets, lenses.extent)
  const rules = matching(world, lenses)
  const { ties } = most.view.reading
  const joined = ties === 'by-name' ? null : together(sets, ties)
  const ofTied = joined === null ? null : tied(sets, joined)
  const { rowOver, rowMaker, isAlwaysRow } = firstMatchRow(world, lenses, rules, joined)
  const mostRows = Math.max(1, Math.floor(KEPT_CELLS / Math.max(1, length)))

  const egressOf = recent(mostRows, (list: readonly Governing[]) => rowOver('egress', list, null))

  /** Subjects that the same policies govern, with the same ports of the names in their rules. */
  const subjectsAlike = (() => {
    const hasNames = once((list: readonly Governing[]) =>
      list.some(({ policy }) =>
        policy.rules.ingress?.some(({ ports }) => ports.some(({ port }) => typeof port === 'string')),
      ),
    )
    const known = new Map<readonly Governing[], Map<string, PodClass[]>>()
    for (const subject of asked) {
      const list = governs('ingress', subject)
      if (list.length === 0) continue
      const byNames = known.get(list) ?? new Map<string, PodClass[]>()
      known.set(list, byNames)
      const names = hasNames(list) ? subject.namedPorts : ''
      const alike = byNames.get(names)
      if (alike === undefined) byNames.set(names, [subject])
      else alike.push(subject)
    }
    return [...known].flatMap(([list, byNames]) => [...byNames.values()].map((subjects) => ({ list, subjects })))
  })()
  const isByList = subjectsAlike.length <= MOST_LISTS * mostRows && subjectsAlike.every(({ list }) => isAlwaysRow(list))
  const columns = isByList
    ? subjectsAlike.map(({ list, subjects }) => ({
        numbers: Int32Array.from(subjects, ({ number }) => number),
        row: lazy(() => rowOver('ingress', list, subjects[0] ?? null)),
      }))
    : []
  const taken = { open: new Int32Array(length), passed: new Int32Array(length) }

  /** A cell of the row of each subject, from one source. */
  function ingressByLists({ number: source }: PodClass): TierRow | null {
    if (columns.length === 0) return null
    taken.open.fill(sets.none)
    taken.passed.fill(sets.all)
    spend(columns.length)
    for (const { numbers, row } of columns) {
      const { open, passed } = row()
      const [opened, left] = [open[source] ?? sets.none, passed[source] ?? sets.none]
      for (const number of numbers) {
        taken.open[number] = opened
        taken.passed[number] = left
      }
    }
    return taken
  }

  const into = policies.flatMap((policy) => (policy.rules.ingress ?? []).map((rule): Naming => ({ policy, rule })))
  const namingOf = lazy(() =>
    namingRules(
      into.map(({ rule }) => rule),
      classes,
      lenses,
      spend,
    ),
  )
  const known = new Map<string, { readonly source: PodClass; readonly named: readonly Naming[] }>()

  /** The rules that may name a source; the same object for all sources that they treat alike. */
  function naming(source: PodClass) {
    const { places, key } = namingOf()(source)
    const found = known.get(key) ?? { source, named: places.flatMap((place) => into[place] ?? []) }
    known.set(key, found)
    return found
  }

  const ingressOf = recent(mostRows, ({ source, named }: ReturnType<typeof naming>) => {
    const { row, put } = rowMaker()
    for (const { policy, rule } of named.toReversed()) {
      const surely = sureSubjects(policy)
      const subjects = askedIn(policy.subjects[most.view.extent])
      sets.counters.opened += subjects.length
      spend(subjects.length)
      for (const number of subjects) {
        const subject = classes[number]
        if (subject === undefined || most.exempt(subject)) continue
        put(rule, number, rules.matched(rule, surely.has(number), source, subject))
      }
    }
    return row
  })
  const sureSubjects = once(({ subjects }: ClassPolicy) => new Set(subjects[least.view.extent]))

  /** Classes of which the order of equal priorities may settle something: their cells are made one by one. */
  const tiedSubjects =
    joined === null || isByList
      ? []
      : asked.filter((subject) => isTied(governs('ingress', subject))).map(({ number }) => number)

  function cell(direction: Direction, source: PodClass, destination: PodClass): TierCell {
    const [subject, peer] = direction === 'egress' ? [source, destination] : [destination, source]
    const put =
      ({ policy, surely }: Governing) =>
      (after: TierCell): TierCell =>
        (policy.rules[direction] ?? []).reduceRight(
          (rest, rule) => precede(rest, rule.action, rules.matched(rule, surely, peer, destination)),
          after,
        )
    const groups = byPlace(governs(direction, subject), ({ policy }) => policy.order)
    return groups.reduceRight(
      (after, group) =>
        ofTied === null || group.length === 1
          ? group.reduceRight((rest, one) => put(one)(rest), after)
          : ofTied(group.map(put))(after),
      undecided(sets),
    )
  }

  return {
    cell,
    egress(source) {
      const list = governs('egress', source)
      if (list.length === 0) return null
      if (isAlwaysRow(list)) return egressOf(list)
      spend(length)
      const cells = classes.map((destination) => cell('egress', source, destination))
      return {
        open: Int32Array.from(cells, ({ open }) => open),
        passed: Int32Array.from(cells, ({ passed }) => passed),
      }
    },
    ingress(source) {
      if (isByList) return ingressByLists(source)
      const found = naming(source)
      const row = found.named.length === 0 ? null : ingressOf(found)
      if (row === null || tiedSubjects.length === 0) return row
      spend(tiedSubjects.length)
      const [open, passed] = [row.open.slice(), row.passed.slice()]
      for (const number of tiedSubjects) {
        const subject = classes[number]
        if (subject === undefined) continue
        const made = cell('ingress', source, subject)
        open[number] = made.open
        passed[number] = made.passed
      }
      return { open, passed }
    },
  }
}

/** So many times the rows that are kept elsewhere are kept of subjects that the same policies govern, since each source needs all of them. */
const MOST_LISTS = 4
