import { grouped } from '../../model/grouped.js'
import { cidrsText } from '../cidrs-text.js'
import { portsList } from '../matrix/ports-list.js'
import { shortIds } from '../short-ids.js'
import type { ChangeResult } from './diff-result.js'

/** Pairs of which the same ports were opened and closed. */
export interface FoldedPairs {
  readonly from: string
  readonly to: string
  /** In words; empty where there are none. */
  readonly opened: string
  readonly closed: string
  /** What else there is to say: the family, the certainty. */
  readonly remark: string
  readonly count: number
}

/** What the ends of changes are called: ids without the kind where that is enough, the outside by its addresses. */
export type EndNames = (change: ChangeResult, end: 'from' | 'to') => string

export function endNames(changes: readonly ChangeResult[]): EndNames {
  const shortOf = shortIds(changes.flatMap(({ from, to }) => [partsOf(from), partsOf(to)]))
  return (change, end) => {
    const id = change[end]
    return change.cidrs !== undefined && id === 'external' ? `${id} (${cidrsText(change.cidrs)})` : shortOf(partsOf(id))
  }
}

function partsOf(id: string): { readonly id: string; readonly kind: string; readonly namespace: string | null } {
  const [, namespace, kind] = /^([^/]+)\/([^/]+)\/./.exec(id) ?? []
  return namespace === undefined || kind === undefined ? { id, kind: '', namespace: null } : { id, kind, namespace }
}

/** So many pairs are told one by one. */
const MOST_PAIRS = 6

/** Folds the pairs of one cause: to namespaces where there are many of them, to globs of namespaces where there are many of these. */
export function foldedPairs(
  changes: readonly ChangeResult[],
  nameOf: EndNames,
  isWhole: boolean,
): readonly FoldedPairs[] {
  return [...grouped(changes, gistOf).values()].flatMap((same) => {
    if (isWhole || same.length <= MOST_PAIRS)
      return same.map((change) => lineOf([change], nameOf(change, 'from'), nameOf(change, 'to')))
    const spaces = [
      ...grouped(same, (change) => `${spaceOf(change, 'from', nameOf)} ${spaceOf(change, 'to', nameOf)}`).values(),
    ]
    if (spaces.length <= MOST_PAIRS)
      return spaces.map((some) => lineOf(some, endOf(some, 'from', nameOf), endOf(some, 'to', nameOf)))
    return [lineOf(same, globOf(same, 'from', nameOf), globOf(same, 'to', nameOf))]
  })
}

function gistOf({ opened, closed, family, certainty }: ChangeResult): string {
  return JSON.stringify([opened, closed, family, certainty])
}

function lineOf(changes: readonly ChangeResult[], from: string, to: string): FoldedPairs {
  const [first] = changes
  if (first === undefined) throw new Error('there is a change')
  const { opened, closed, family, certainty } = first
  const remarks = [
    ...(family === undefined ? [] : [`over ${family}`]),
    ...(certainty === undefined ? [] : [`(${certainty})`]),
  ]
  return {
    from,
    to,
    opened: portsList(opened),
    closed: portsList(closed),
    remark: remarks.join(' '),
    count: changes.length,
  }
}

function spaceOf(change: ChangeResult, end: 'from' | 'to', nameOf: EndNames): string {
  return partsOf(change[end]).namespace ?? nameOf(change, end)
}

/** One endpoint by its name, several of a namespace as `shop/*`. */
function endOf(changes: readonly ChangeResult[], end: 'from' | 'to', nameOf: EndNames): string {
  const [first] = changes
  if (first === undefined) return ''
  const isOne = changes.every((change) => change[end] === first[end])
  const { namespace } = partsOf(first[end])
  return isOne || namespace === null ? nameOf(first, end) : `${namespace}/*`
}

/** The namespaces of many endpoints as a glob, or their number. */
function globOf(changes: readonly ChangeResult[], end: 'from' | 'to', nameOf: EndNames): string {
  const spaces = [...new Set(changes.map((change) => spaceOf(change, end, nameOf)))].sort()
  const [first = '', ...others] = spaces
  if (others.length === 0) return endOf(changes, end, nameOf)
  const stem = others.reduce((common, name) => sharedStart(common, name), first)
  const glob = stem.slice(0, stem.lastIndexOf('-') + 1)
  return glob === '' ? `${spaces.length} namespaces` : `${glob}*/*`
}

function sharedStart(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return a.slice(0, length)
}
