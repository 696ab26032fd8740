import { closest } from '../../model/closest.js'
import type { Path } from '../../model/source.js'
import { shortPath, type Report } from './problem.js'
import type { Value } from '../../syntax/text/value.js'

/** A field of a parsed object that knows where it stands; `value` is undefined where the key is absent. */
export interface Field {
  readonly value: Value | undefined
  readonly path: Path
  readonly report: Report
}

/** A field that holds a mapping. */
export interface MapField extends Field {
  readonly value: Readonly<Record<string, Value>>
}

/** A field below another one. Its path is put together when somebody asks, which is seldom: never spread it. */
class FieldBelow implements Field {
  constructor(
    readonly value: Value | undefined,
    readonly report: Report,
    private readonly parent: Field,
    private readonly key: string | number,
  ) {}

  get path(): Path {
    return [...this.parent.path, this.key]
  }
}

/** A field of a mapping; only own keys count, so that `constructor` is a key like any other. */
export function get(map: MapField, key: string, report = map.report): Field {
  return new FieldBelow(Object.hasOwn(map.value, key) ? map.value[key] : undefined, report, map, key)
}

/** The same place as if it held something else. */
export function withValue({ path, report }: Field, value: Value): Field {
  return { value, path, report }
}

/** True for an absent key and for null, which Kubernetes takes for the same in every field but list items. */
export function isBlank({ value }: Field): boolean {
  return value === undefined || value === null
}

/** The mapping in a field; null where it is blank or, which is reported, something else. */
export function asMap(field: Field): MapField | null {
  const { value } = field
  if (value === undefined || value === null) return null
  return isMap(field) ? field : wrongType(field, 'a map')
}

/** The items of the list in a field; empty where it is blank or, which is reported, no list. */
export function asList(field: Field): readonly Field[] {
  const { value, report } = field
  if (value === undefined || value === null) return []
  if (isList(value)) return value.map((item, index) => new FieldBelow(item, report, field, index))
  wrongType(field, 'a list')
  return []
}

export function asString(field: Field): string | null {
  const { value } = field
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : wrongType(field, 'a string')
}

export function asBoolean(field: Field): boolean | null {
  const { value } = field
  if (value === undefined || value === null) return null
  return typeof value === 'boolean' ? value : wrongType(field, 'a boolean')
}

/** A whole number of 32 bits, as the API has it (B-2). */
export function asInteger(field: Field): number | null {
  const { value } = field
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31) return value
  return wrongType(field, 'a whole number of 32 bits')
}

/** Reports what a field holds instead of what it should; always null. */
export function wrongType({ value, path, report }: Field, expected: string): null {
  report({
    code: 'NP009',
    severity: 'error',
    path,
    at: 'value',
    message: `${shortPath(path)}: must be ${expected}, found ${describe(value)}`,
    help: remedyFor(value, expected, path),
  })
  return null
}

/** How to write a value so that it has the type expected, where that is plain. */
function remedyFor(value: Value | undefined, expected: string, path: Path): string | null {
  if (value === null || value === undefined) return null
  const name = path.at(-1)
  if (typeof value === 'object') {
    if (isList(value)) return expected === 'a map' && value.length === 0 ? 'write `{}`' : null
    if (name === 'matchLabels' && expected === 'a string') return 'one `matchLabels` too many: remove the inner one'
    if (expected !== 'a list') return null
    if (Object.keys(value).length > 0) return 'begin each item of the list with a dash'
    if (path.length === 2 && (name === 'ingress' || name === 'egress'))
      return `\`${name}: [{}]\` allows all ${name}; \`${name}: []\` allows none where \`policyTypes\` names the direction`
    return name === 'from' || name === 'to' || name === 'ports' ? `to allow all of them leave \`${name}\` out` : null
  }
  const [, key, rest] = typeof value === 'string' ? (/^([\w./-]+):(\S+)$/.exec(value) ?? []) : []
  if (expected === 'a map' && key !== undefined && rest !== undefined)
    return `a blank after the colon is missing: write \`${key}: ${rest}\``
  if (expected === 'a list') return `write \`[${String(value)}]\``
  if (typeof value !== 'string') return expected === 'a string' ? 'write it in quotes' : null
  return /^\d+$/.test(value) && expected.startsWith('a whole number') ? 'write it without quotes' : null
}

/** Where fields belong that people put in another place. */
const HOMES: Readonly<Record<string, string>> = {
  podSelector: '`spec`, or an item of `from` or `to`',
  namespaceSelector: 'an item of `from` or `to`',
  ipBlock: 'an item of `from` or `to`',
  policyTypes: '`spec`',
  ingress: '`spec`',
  egress: '`spec`',
  from: 'an item of `ingress`',
  to: 'an item of `egress`',
  ports: 'an item of `ingress` or `egress`',
  port: 'an item of `ports`',
  protocol: 'an item of `ports`',
  endPort: 'an item of `ports`',
  cidr: '`ipBlock`',
  except: '`ipBlock`',
  matchLabels: '`podSelector` or `namespaceSelector`',
  matchExpressions: '`podSelector` or `namespaceSelector`',
}

/** Takes the problems of what is only read to find out what it would mean. */
const silently: Report = () => undefined

/**
 * Reports the keys of a policy that Kubernetes does not know (B-4), and what a cluster would make of the object without
 * them: what `effectOf` makes of the rest, else what the key that was probably meant stands for. `homes` says where fields belong.
 */
export function checkKeys(
  map: MapField,
  known: Readonly<Record<string, string>>,
  effectOf: ((rest: MapField) => string) | null = null,
  homeOf: (key: string) => string | null = () => null,
  homes: Readonly<Record<string, string>> = HOMES,
): void {
  if (map.report === silently) return
  const unknown = Object.keys(map.value).filter((key) => !Object.hasOwn(known, key))
  if (unknown.length === 0) return
  const rest = Object.fromEntries(Object.entries(map.value).filter(([key]) => Object.hasOwn(known, key)))
  const computed = effectOf?.({ value: rest, path: map.path, report: silently }) ?? null
  for (const key of unknown) {
    const home = Object.hasOwn(homes, key) ? homes[key] : undefined
    const meant = home === undefined ? closest(key, Object.keys(known)) : null
    const missed = meant === null || Object.hasOwn(rest, meant) ? undefined : known[meant]
    const effect = computed ?? missed ?? 'it would have no effect'
    const advice = homeOf(key) ?? (home === undefined ? null : `\`${key}\` belongs in ${home}`)
    const belongs = advice === null ? '' : `${advice}; `
    map.report({
      code: 'NP008',
      severity: 'error',
      path: [...map.path, key],
      at: 'key',
      message: `unknown field \`${key}\`${meant === null ? '' : `, did you mean \`${meant}\`?`}`,
      help: `${belongs}a cluster would refuse it or drop it: ${effect}`,
    })
  }
}

/** Whether a field holds a mapping, of which nothing is said if not. */
export function isMap(field: Field): field is MapField {
  return typeof field.value === 'object' && field.value !== null && !isList(field.value)
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function describe(value: Value | undefined): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'object') return isList(value) ? 'a list' : 'a map'
  return `a ${typeof value} (\`${String(value)}\`)`
}
