/** Taking manifests apart and putting them together again, as plain JSON. Nothing here changes what it is given. */
export type Json = null | boolean | number | string | readonly Json[] | Dict
export interface Dict {
  readonly [key: string]: Json
}
export type Direction = 'ingress' | 'egress'

export const DIRECTIONS = ['ingress', 'egress'] as const
export const PEERS = { ingress: 'from', egress: 'to' } as const

const TYPES = { ingress: 'Ingress', egress: 'Egress' } as const

export function isDict(value: Json | undefined): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own property of a mapping; undefined for anything else, so that a key `constructor` is a plain key. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (found, key) => (isDict(found) && Object.hasOwn(found, key) ? found[key] : undefined),
    value,
  )
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

export function dictOf(value: Json | undefined): Dict {
  return isDict(value) ? value : {}
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Without some keys. */
export function without(value: Dict, ...keys: readonly string[]): Dict {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

export function namespaceOf(object: Dict): string {
  return textOf(at(object, 'metadata', 'namespace')) || 'default'
}

export function nameOf(object: Dict): string {
  return textOf(at(object, 'metadata', 'name'))
}

export function isKind(object: Dict, kind: string): boolean {
  return object['kind'] === kind
}

export function policiesOf(objects: readonly Dict[]): readonly Dict[] {
  return objects.filter((object) => isKind(object, 'NetworkPolicy'))
}

/** Every object of a kind becomes what `change` makes of it: others, or none. */
export function mapKind(objects: readonly Dict[], kind: string, change: (object: Dict) => readonly Dict[]): Dict[] {
  return objects.flatMap((object) => (isKind(object, kind) ? change(object) : [object]))
}

export function mapPolicies(objects: readonly Dict[], change: (policy: Dict) => Dict | readonly Dict[]): Dict[] {
  return mapKind(objects, 'NetworkPolicy', (policy) => {
    const changed = change(policy)
    return isDict(changed) ? [changed] : changed
  })
}

function specOf(policy: Dict): Dict {
  return dictOf(policy['spec'])
}

export function withSpec(policy: Dict, parts: Dict): Dict {
  return { ...policy, spec: { ...specOf(policy), ...parts } }
}

export function renamed(object: Dict, name: string): Dict {
  return { ...object, metadata: { ...dictOf(object['metadata']), name } }
}

export function rulesOf(policy: Dict, direction: Direction): readonly Json[] {
  return listOf(specOf(policy)[direction])
}

/** The directions that a policy isolates. */
export function isolatedBy(policy: Dict): readonly Direction[] {
  const written = listOf(specOf(policy)['policyTypes'])
  if (written.length > 0) return DIRECTIONS.filter((direction) => written.includes(TYPES[direction]))
  return rulesOf(policy, 'egress').length > 0 ? DIRECTIONS : ['ingress']
}

/** The policy with its policyTypes written out, or with others. */
export function typed(policy: Dict, directions: readonly Direction[] = isolatedBy(policy)): Dict {
  return withSpec(policy, { policyTypes: directions.map((direction) => TYPES[direction]) })
}

/** Every rule becomes others, or none: the isolation stays as it was. */
export function mapRules(policy: Dict, change: (rule: Dict, direction: Direction) => readonly Json[]): Dict {
  const parts = DIRECTIONS.filter((direction) => rulesOf(policy, direction).length > 0).map(
    (direction) => [direction, rulesOf(policy, direction).flatMap((rule) => change(dictOf(rule), direction))] as const,
  )
  return parts.length === 0 ? policy : withSpec(typed(policy), Object.fromEntries(parts))
}

/** A list of a rule becomes another one; a rule that loses its whole list matches nothing any more and goes. */
function mapList(rule: Dict, field: string, change: (entry: Dict) => readonly Json[]): readonly Json[] {
  const list = listOf(rule[field])
  if (list.length === 0) return [rule]
  const changed = list.flatMap((entry) => change(dictOf(entry)))
  return changed.length === 0 ? [] : [{ ...rule, [field]: changed }]
}

export function mapPeers(policy: Dict, change: (peer: Dict) => readonly Json[]): Dict {
  return mapRules(policy, (rule, direction) => mapList(rule, PEERS[direction], change))
}

export function mapPorts(policy: Dict, change: (port: Dict) => readonly Json[]): Dict {
  return mapRules(policy, (rule) => mapList(rule, 'ports', change))
}

export type SelectorField = 'podSelector' | 'namespaceSelector'

/** Every selector that is written down becomes another one: of subjects, and in peers of pods and of namespaces. */
export function mapSelectors(policy: Dict, change: (selector: Dict, field: SelectorField) => Json): Dict {
  const inside = (holder: Dict): Dict => ({
    ...holder,
    ...Object.fromEntries(
      (['podSelector', 'namespaceSelector'] as const).flatMap((field) => {
        const selector = holder[field]
        return isDict(selector) ? [[field, change(selector, field)]] : []
      }),
    ),
  })
  const spec = policy['spec']
  return mapPeers(isDict(spec) ? { ...policy, spec: inside(spec) } : policy, (peer) => [inside(peer)])
}
