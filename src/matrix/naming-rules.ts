import { grouped } from '../model/grouped.js'
import type { Spend } from './budget.js'
import type { ClassRule, PodClass } from './classes.js'
import type { Lens, Lenses } from './lens.js'

/** The rules that may name a source, by their places in ascending order; sources with one key are named alike. */
export interface NamingRules {
  readonly places: readonly number[]
  readonly key: string
}

/**
 * Finds the rules that may name a source through the groups that it belongs to, so that not every rule is asked about every
 * source. Whoever has no known address may be in any block.
 */
export function namingRules(
  rules: readonly ClassRule[],
  classes: readonly PodClass[],
  { least, most }: Lenses,
  spend: Spend,
): (source: PodClass) => NamingRules {
  const places = [...rules.keys()]
  const ofAnybody = places.filter((place) => rules[place]?.anyPeer === true)
  const withBlocks = places.filter((place) => rules[place]?.blocks !== null)
  const lists = listsByClass(rules, classes.length, most)
  return (source) => {
    const isUnknown = source.families.length === 0
    const named = new Set(ofAnybody)
    for (const list of lists[source.number] ?? []) {
      spend(list.length)
      for (const place of list) named.add(place)
    }
    const found = isUnknown ? new Set([...named, ...withBlocks]) : named
    spend(found.size)
    const sorted = [...found].sort((a, b) => a - b)
    const marks = sorted.map((place) => {
      const rule = rules[place]
      const isSure = rule !== undefined && least.names(rule, source)
      return `${place}${named.has(place) ? '' : '?'}${isSure ? '!' : ''}`
    })
    return { places: sorted, key: `${isUnknown ? String(source.pod.hostNetwork) : ''} ${marks.join()}` }
  }
}

/** For each class, the rules of each group of peers that it is in. */
function listsByClass(
  rules: readonly ClassRule[],
  length: number,
  lens: Lens,
): readonly (readonly (readonly number[])[])[] {
  const lists: (readonly number[])[][] = Array.from({ length }, () => [])
  const add = (named: readonly { group: number; place: number }[], membersOf: (group: number) => readonly number[]) => {
    for (const [group, same] of grouped(named, (one) => one.group)) {
      const list = same.map(({ place }) => place)
      for (const number of membersOf(group)) lists[number]?.push(list)
    }
  }
  add(
    rules.flatMap(({ selectors }, place) => selectors.map((group) => ({ group, place }))),
    lens.selected,
  )
  add(
    rules.flatMap(({ blocks }, place) => (blocks === null ? [] : [{ group: blocks, place }])),
    lens.held,
  )
  return lists
}
