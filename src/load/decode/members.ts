import { checkKeys, get, isBlank, type Field, type MapField } from './fields.js'
import { shortPath, type Problem } from './problem.js'

/** Fields of the shapes that went away before v0.1.5, and what takes their place (C-40). */
const REMOVED: Readonly<Record<string, string>> = {
  namespaceSelector: '`namespaces` is itself the selector: `namespaces: {matchLabels: {team: shop}}`',
  sameLabels: 'select the namespaces by their labels',
  notSameLabels: 'select the namespaces by their labels',
}

/** Reports the keys that a policy of the cluster does not know; where they would belong is not guessed. */
export function checkMembers(
  map: MapField,
  known: Readonly<Record<string, string>>,
  effectOf: ((rest: MapField) => string) | null = null,
): void {
  checkKeys(map, known, effectOf, undefined, {})
}

/** The member that was given of those of which exactly one may be. */
export interface Member<Name extends string> {
  readonly name: Name
  readonly field: Field
}

/** Reads an object that has exactly one of some members (C-35); null where it has none or more, which is reported. */
export function onlyMember<Name extends string>(map: MapField, names: readonly Name[]): Member<Name> | null {
  checkMembers(map, Object.fromEntries(names.map((name) => [name, ''])))
  return memberOf(map, names)
}

/** The same of a peer: of one of a kind that nobody here knows, only that is reported, since it has a meaning (C-19). */
export function peerMember<Name extends string>(
  map: MapField,
  names: readonly Name[],
): Member<Name> | { readonly name: 'unknown' } | null {
  const isKnown = (key: string) => names.some((known) => known === key)
  checkMembers(map, Object.fromEntries(names.map((name) => [name, ''])), ({ value }) =>
    Object.keys(value).length > 0 ? REST : UNKNOWN_PEER,
  )
  const keys = Object.keys(map.value)
  return keys.length > 0 && !keys.some(isKnown) ? { name: 'unknown' } : memberOf(map, names)
}

const REST = 'the rest of the peer would apply'
const UNKNOWN_PEER = 'a rule that allows would match nothing by this peer, and any other rule would deny everything'

function memberOf<Name extends string>(map: MapField, names: readonly Name[]): Member<Name> | null {
  const given = names.filter((name) => !isBlank(get(map, name)))
  const [name] = given
  if (given.length === 1 && name !== undefined) return { name, field: get(map, name) }
  const found = given.length === 0 ? 'none of them' : given.map((one) => `\`${one}\``).join(' and ')
  map.report(oneOf(map, names, found))
  return null
}

function oneOf({ path }: Field, names: readonly string[], found: string): Problem {
  const wanted = names.map((name) => `\`${name}\``).join(', ')
  const message = `${shortPath(path)}: must have exactly one of ${wanted}, found ${found}`
  return { code: 'NP054', severity: 'error', path, at: 'value', message, help: null }
}

/** Reports fields of shapes that the API once had, each as such, and gives the rest (C-40). */
export function withoutRemoved(map: MapField): MapField {
  const removed = Object.keys(map.value).filter((key) => Object.hasOwn(REMOVED, key))
  if (removed.length === 0) return map
  for (const key of removed) {
    const message = `\`${key}\` belongs to an early form of this API that was removed before v0.1.5`
    const help = REMOVED[key] ?? null
    map.report({ code: 'NP051', severity: 'error', path: [...map.path, key], at: 'key', message, help })
  }
  const rest = Object.entries(map.value).filter(([key]) => !removed.includes(key))
  return { value: Object.fromEntries(rest), path: map.path, report: map.report }
}
