import type { Direction } from '../model/direction.js'
import { cellBudget } from './budget.js'
import type { ClassRule, PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Matching } from './first-match-rules.js'
import { preceding, type Matched } from './first-match-sets.js'
import type { Row } from './gathering.js'
import type { Governing } from './governing.js'
import type { Lenses, MatrixWorld } from './lens.js'
import { byPlace, isTied, type Together } from './ties.js'

/** A row of a tier that leaves something to the next one. */
export interface DecidedRow {
  readonly open: Row
  readonly passed: Row
}

/** A row that is made from the last rule to the first. */
interface Making {
  readonly row: DecidedRow
  readonly put: (rule: ClassRule, number: number, found: Matched) => void
}

/** Makes rows from the last rule to the first, each going through those whom it may name only. */
export function firstMatchRow(world: MatrixWorld, lenses: Lenses, rules: Matching, joined: Together | null) {
  const {
    classes: { classes },
    sets,
  } = world
  const { none, all, union } = sets
  const { length } = classes
  const isSettled = lenses.least === lenses.most
  const spend = cellBudget(world)
  const precede = preceding(sets, lenses.extent)

  function rowMaker(): Making {
    const row = { open: new Int32Array(length).fill(none), passed: new Int32Array(length).fill(all) }
    const { open, passed } = row
    return {
      row,
      put({ action }, number, found) {
        const after = { open: open[number] ?? none, passed: passed[number] ?? none }
        const { open: opened, passed: left } = precede(after, action, found)
        open[number] = opened
        passed[number] = left
      },
    }
  }

  /** Goes through what a rule matches; `subject` is the destination of ingress. */
  function eachMatch(
    rule: ClassRule,
    surely: boolean,
    subject: PodClass | null,
    hear: (number: number, found: Matched) => void,
  ): void {
    const numbers = rules.namedBy(rule)
    sets.counters.opened += numbers.length
    spend(numbers.length)
    // Without blocks and port names one answer is that of all whom the rule names
    const isOne = isSettled && rule.blocks === null && rule.ports.every(({ port }) => typeof port !== 'string')
    let found: Matched | null = null
    for (const number of numbers) {
      const peer = classes[number]
      if (peer === undefined) continue
      if (found === null || !isOne) found = rules.matched(rule, surely, peer, subject ?? peer)
      hear(number, found)
    }
  }

  const newRow = (): Row => new Int32Array(length).fill(none)
  const own = { accept: newRow(), pass: newRow(), deny: newRow() }
  const each = { accept: newRow(), pass: newRow(), deny: newRow() }
  const ACTIONS = ['accept', 'pass', 'deny'] as const

  /** Puts policies of one place before a row: what each decides by itself, and then all of them together. */
  function putTied(
    group: readonly Governing[],
    direction: Direction,
    subject: PodClass | null,
    { open, passed }: DecidedRow,
    together: Together,
  ): void {
    const touched = new Set<number>()
    const add = (to: Row, number: number, set: SetId) => (to[number] = union(to[number] ?? none, set))
    for (const { policy, surely } of group) {
      const here = new Set<number>()
      for (const rule of (policy.rules[direction] ?? []).toReversed()) {
        eachMatch(rule, surely, subject, (number, { most }) => {
          here.add(number)
          for (const action of ACTIONS) {
            const row = own[action]
            if (action === rule.action) add(row, number, most)
            else row[number] = sets.minus(row[number] ?? none, most)
          }
        })
      }
      for (const number of here) {
        touched.add(number)
        for (const action of ACTIONS) {
          add(each[action], number, own[action][number] ?? none)
          own[action][number] = none
        }
      }
    }
    for (const number of touched) {
      const [accepted, handed, denied] = ACTIONS.map((action) => each[action][number] ?? none)
      const made = together(
        { accepted: accepted ?? none, passed: handed ?? none, denied: denied ?? none },
        { open: open[number] ?? none, passed: passed[number] ?? none },
      )
      open[number] = made.open
      passed[number] = made.passed
      for (const action of ACTIONS) each[action][number] = none
    }
  }

  return {
    rowMaker,
    /** Whether the row of such policies is made as a whole: doubts about policies of one place are not. */
    isAlwaysRow: (list: readonly Governing[]) => joined === null || isSettled || !isTied(list),
    /** What policies make of their subjects and each class at the other end; `subject` is null for egress, where the other end is the destination. */
    rowOver: (direction: Direction, list: readonly Governing[], subject: PodClass | null): DecidedRow => {
      const { row, put } = rowMaker()
      for (const group of byPlace(list, ({ policy }) => policy.order).toReversed()) {
        if (joined !== null && group.length > 1) {
          putTied(group, direction, subject, row, joined)
          continue
        }
        for (const { policy, surely } of group.toReversed()) {
          for (const rule of (policy.rules[direction] ?? []).toReversed()) {
            eachMatch(rule, surely, subject, (number, found) => {
              put(rule, number, found)
            })
          }
        }
      }
      return row
    },
  }
}
