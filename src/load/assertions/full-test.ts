import type { AllowOnlyAssertion, AssertionHead, ExpectAssertion } from '../../model/assertion.js'
import type { OwnNode } from '../../syntax/yaml/config-yaml.js'
import { entriesIn } from './entries.js'
import { exceptionsIn } from './exceptions.js'
import { choiceIn, itemsIn, membersOf, Mistake, optional, wordListIn, wordsIn } from './keys.js'

const KEYS = [
  'name',
  'why',
  'from',
  'to',
  'ports',
  'expect',
  'deniedBy',
  'allowOnlyFrom',
  'allowOnlyTo',
  'except',
  'certainty',
  'knownGap',
] as const

type Key = (typeof KEYS)[number]

/** What a test is, by the keys that say so. */
const FORMS: readonly { readonly kind: 'expect' | AllowOnlyAssertion['kind']; readonly keys: readonly Key[] }[] = [
  { kind: 'allowOnlyFrom', keys: ['to', 'allowOnlyFrom'] },
  { kind: 'allowOnlyTo', keys: ['from', 'allowOnlyTo'] },
  { kind: 'expect', keys: ['from', 'to', 'expect'] },
]

/** What a test was probably meant to be, whatever is wrong with it. */
export function kindOfTest(node: OwnNode): (typeof FORMS)[number]['kind'] {
  const has = (key: string) => 'entries' in node && node.entries.has(key)
  return FORMS.find(({ kind }) => has(kind))?.kind ?? 'expect'
}

/** Reads a test that is a mapping. */
export function fullTest(node: OwnNode): ExpectAssertion | AllowOnlyAssertion {
  const members = membersOf(node, KEYS, 'a test')
  const name = members.get('name')
  if (name === undefined) throw new Mistake(node.place, 'a test without a name', 'write `name: …`: it heads a failure')
  const head: AssertionHead = {
    name: wordsIn(name, '`name`').text.trim(),
    place: node.place,
    why: optional(members, 'why', wordsIn)?.text ?? null,
  }
  const kind = kindOfTest(node)
  checkForm(kind, members, node)
  const common = {
    ports: optional(members, 'ports', itemsIn),
    except: optional(members, 'except', exceptionsIn) ?? [],
    certainty: optional(members, 'certainty', (value, what) =>
      choiceIn(value, ['undefined', 'indeterminate'] as const, what),
    ),
  }
  const peersOf = (key: Key) => wordListIn(members.get(key) ?? node, `\`${key}\``)
  if (kind !== 'expect') {
    const subject = peersOf(kind === 'allowOnlyFrom' ? 'to' : 'from')
    return { ...head, ...common, kind, subject, entries: entriesIn(members.get(kind) ?? node, kind) }
  }
  const expect = choiceIn(members.get('expect') ?? node, ['allow', 'deny'] as const, '`expect`')
  const deniedBy = optional(members, 'deniedBy', (value, what) =>
    choiceIn(value, ['ingress', 'egress', 'both'] as const, what),
  )
  if (deniedBy !== null && expect === 'allow')
    throw new Mistake(members.get('deniedBy')?.place ?? node.place, '`deniedBy` asks about a denial: `expect: deny`')
  const knownGap = optional(members, 'knownGap', wordsIn)?.text ?? null
  return { ...head, ...common, kind, from: peersOf('from'), to: peersOf('to'), expect, deniedBy, knownGap }
}

const ONE_OF = 'a test has `from`, `to` and `expect`, or `to` and `allowOnlyFrom`, or `from` and `allowOnlyTo`'

/** Exactly one of the forms, and nothing that belongs to another. */
function checkForm(kind: string, members: ReadonlyMap<string, OwnNode>, node: OwnNode): void {
  const form = FORMS.find((one) => one.kind === kind)
  const missing = form?.keys.filter((key) => !members.has(key)) ?? []
  if (missing.length > 0)
    throw new Mistake(node.place, `the test lacks ${missing.map((key) => `\`${key}\``).join(' and ')}`, ONE_OF)
  const foreign = (['from', 'to', 'expect', 'allowOnlyFrom', 'allowOnlyTo', 'deniedBy', 'knownGap'] as const).find(
    (key) =>
      members.has(key) && form?.keys.includes(key) !== true && !(kind === 'expect' && /^(?:denied|known)/.test(key)),
  )
  if (foreign === undefined) return
  const help = foreign === 'knownGap' ? 'write it on the entry that is open and should not be' : ONE_OF
  throw new Mistake(members.get(foreign)?.place ?? node.place, `\`${foreign}\` does not go with \`${kind}\``, help)
}
