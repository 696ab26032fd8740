import { mutate } from './mutate.js'
import type { Random } from './random.js'

/**
 * Files of somebody who wants a policy to be overlooked, or to be seen where there is none: every spelling of keys and
 * values × what we refuse and kubectl takes × lists × separators, in small files that are nearly right.
 */
export function hostileFile(random: Random): Uint8Array {
  const documents = Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, (_, index) => document(random, index))
  let text = documents[0] ?? ''
  for (const next of documents.slice(1)) text += `${random.oneIn(3) ? random.pick(SEPARATORS) : '---\n'}${next}`
  if (random.oneIn(4)) text = random.pick(FRAMES)(text)
  if (random.oneIn(6)) text = text.replaceAll('\n', random.pick(['\r\n', '\r\n', '\r', '\r\r\n', '\n\r']))
  if (random.oneIn(8)) text = inserted(text, random, random.pick(ODD))
  if (random.oneIn(8)) text = mutate([text], random)
  if (random.oneIn(40)) return Buffer.from(`\ufeff${text}`, 'utf16le')
  return Buffer.from(text)
}

const SEPARATORS = [
  ...[
    '---\r\n',
    '--- \n',
    '---\t\n',
    '--- # c\n',
    '---#c\n',
    '--- x\n',
    '----\n',
    ' ---\n',
    '---\u00a0\n',
    '---\u2028',
  ],
  ...[
    '...\n',
    '...\n---\n',
    '\ufeff---\n',
    '---\n\ufeff',
    '---\r',
    '\r---\n',
    '\n\n---\n\n',
    '---\n---\n',
    '--- |\n',
    '',
  ],
  ...['---\f\n', '---\u0085', '--- {}\n', '...\n# c\n', '%YAML 1.1\n---\n', '---\n%YAML 1.1\n---\n', '--- # \ufeff\n'],
]

const FRAMES: readonly ((text: string) => string)[] = [
  (text) => `\ufeff${text}`,
  (text) => `---\n${text}`,
  (text) => `%YAML 1.1\n---\n${text}`,
  (text) => `%TAG !b! tag:yaml.org,2002:bin\n---\n${text}`,
  (text) => `# c\n\n${text}`,
  (text) => `${text}...\n`,
  (text) => `${text}---\n`,
  (text) => text.trimEnd(),
  (text) => `${text}\0`,
  (text) => `\n \n${text}`,
  (text) => `{}\n---\n${text}`,
  (text) => `{"a": 1}\n${text}`,
  (text) => text.replace(/^/gm, '  '),
]

/** What we refuse or doubt, and kubectl may take. */
const ODD = [
  ...['\ufeff', '\u2028', '\u0085', '\u200b', '\u00a0', '\t', '\r', '\0', '\u007f', '\u001b', '# {{ x }}\n', '{{ x }}'],
  ...['"', "'", '[', '{', '#', ' #', '\\', '!x ', '&z ', '*z', '- ', '? ', ': ', '|\n', '>-\n', '...\n', '<<: {}\n'],
]

/** Lines beside the fields of an object that some reader refuses. */
const BESIDE = [
  'x: 1',
  'x: 1\nx: 2',
  '1: a\n"1": b',
  'x: !x y',
  'x: !!set {a}',
  'x: !!binary eA==',
  'x: !!str y',
  'x: .inf',
  'x: "\\/"',
  'x: "\\ud83d"',
  'x: &a 1\ny: *a',
  'x: &a {b: 1}\n<<: *a',
  '<<: {x: 1}\nx: 2',
  'x: 2\n<<: {x: 1}',
  '__proto__: {}',
  'x: {{ y }}',
  'x: "{{ y }}"',
  '# {{ y }}',
  "x: 'a\n  b'",
  'x: "a\n\n  b"',
  'x: |\n  kind: ConfigMap\n  items:\n  - a',
  'x: "\nitems:\n- kind: ConfigMap\n"',
  'x: "\nkind: ConfigMap\napiVersion: v1\n"',
  'x: [a,\n  b]',
  'x: {a:\n  b}',
  'x:\n\ty',
  'x: y\t# c',
  `${'x'.repeat(1030)}: 1`,
  '~: 1',
  '? x\n: y',
  '? [x]\n: y',
  'x: 1 # \u2028',
  'x: 1 # \ufeff',
  'x: a #\u200b',
  'x: [',
  'x: "',
  'x: a: b',
  'x: "a"b',
  ' x: 1',
  'Kind: ConfigMap',
  'kind: ConfigMap',
  'items: null',
  'items: []',
  'items: {}',
  'Items: []',
  'x: ${{ y }}',
  'x: @y',
  'x: %y',
  'x: `y`',
  'x: !!js/function y',
  'x: *nowhere',
  'x: &a [*a]',
]

type Field = readonly [key: string, value: string, isText: boolean]

function document(random: Random, index: number): string {
  if (random.oneIn(5)) return list(random, index)
  return object(random, index, '')
}

/** An object in one of three styles; deeper lines of a block are indented by `indent`. */
function object(random: Random, index: number, indent: string): string {
  const fields = fieldsOf(random, `p${index}${indent.length}${random.below(1000)}`)
  const style = random.below(8)
  if (style === 0) return `${indent}${JSON.stringify(Object.fromEntries(fields.map(jsonField)))}\n`
  if (style === 1) return `${indent}${escapedJson(random, fields)}\n`
  if (style === 2) return `${indent}{${fields.map((field) => flowField(random, field)).join(', ')}}\n`
  const lines = fields.map((field) => blockField(random, field))
  for (let extra = random.pick([0, 0, 1, 1, 2]); extra > 0; extra -= 1) {
    lines.splice(random.below(lines.length + 1), 0, random.pick(BESIDE))
  }
  const text = `${lines.join('\n')}\n`
  return indent === '' ? text : text.replace(/^(?=.)/gm, indent)
}

/** A kind of policy as a file has it, and specs of it in a flow, in JSON and in a block. */
interface PolicyKind {
  readonly apiVersion: string
  readonly kind: string
  readonly specs: readonly [string, string, ...string[]]
}

const RULE = '{"action": "Deny", "from": [{"namespaces": {}}]}'
const OF_PODS: PolicyKind = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  specs: [
    '{podSelector: {}, policyTypes: [Ingress]}',
    '{"podSelector": {}}',
    '\n  podSelector: {}\n  policyTypes:\n  - Ingress',
  ],
}
const POLICY_KINDS: readonly PolicyKind[] = [
  OF_PODS,
  OF_PODS,
  {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    specs: [
      '{tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}',
      `{"tier": "Admin", "priority": 1, "subject": {"namespaces": {}}, "ingress": [${RULE}]}`,
      '\n  tier: Baseline\n  priority: 1000\n  subject:\n    namespaces: {}\n  ingress:\n  - action: Deny\n    from:\n    - namespaces: {}',
    ],
  },
  {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    specs: [
      '{priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}',
      `{"priority": 1, "subject": {"namespaces": {}}, "ingress": [${RULE}]}`,
      '\n  priority: 1\n  subject:\n    pods:\n      namespaceSelector: {}\n      podSelector: {}\n  ingress: []',
    ],
  },
  {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    specs: ['{subject: {namespaces: {}}}', `{"subject": {"namespaces": {}}, "ingress": [${RULE}]}`],
  },
]
const OTHER_KINDS = ['ConfigMap', 'Secret', 'Ingress', 'Foo', 'Role']

function fieldsOf(random: Random, given: string): readonly Field[] {
  const policy = random.pick(POLICY_KINDS)
  const isPolicy = !random.oneIn(4)
  const name = isPolicy && policy.kind === 'BaselineAdminNetworkPolicy' ? 'default' : given
  const where = isPolicy && policy !== OF_PODS ? [''] : [', namespace: shop', '\n  namespace: shop']
  const [inFlow = '', inBlock = ''] = where
  const fields: Field[] = [
    ['apiVersion', isPolicy ? policy.apiVersion : 'v1', true],
    ['kind', isPolicy ? policy.kind : random.pick(OTHER_KINDS), true],
    ['metadata', random.oneIn(5) ? `\n  name: ${name}${inBlock}` : `{name: ${name}${inFlow}}`, false],
    ['spec', random.pick(policy.specs), false],
  ]
  if (random.oneIn(6)) fields.push(random.pick(fields))
  if (random.oneIn(6)) fields.splice(random.below(fields.length), 1)
  if (random.oneIn(6)) fields.push(['metadata', `{name: ${name}, name: ${name}}`, false])
  if (random.oneIn(4)) fields.sort(() => (random.oneIn(2) ? 1 : -1))
  return fields
}

function jsonField([key, value, isText]: Field): [string, unknown] {
  if (isText) return [key, value]
  if (key !== 'spec') {
    const name = /p\d+|default/.exec(value)?.[0] ?? 'a'
    return [key, value.includes('namespace: shop') ? { name, namespace: 'shop' } : { name }]
  }
  const policy = POLICY_KINDS.find(({ specs }) => specs.includes(value)) ?? OF_PODS
  return [key, JSON.parse(policy.specs[1]) as unknown]
}

/** JSON in which keys and values may be escapes, stand twice, or be followed by what JSON does not know. */
function escapedJson(random: Random, fields: readonly Field[]): string {
  const escape = (text: string): string =>
    random.oneIn(3)
      ? JSON.stringify(text).replace(/[a-zA-Z]/g, (letter) => (random.oneIn(4) ? unicode(letter) : letter))
      : JSON.stringify(text)
  const members = fields.map((field) => {
    const [key, value] = jsonField(field)
    return `${escape(key)}: ${typeof value === 'string' ? escape(value) : JSON.stringify(value)}`
  })
  if (random.oneIn(3))
    members.splice(
      random.below(members.length),
      0,
      random.pick([
        '"x": 1',
        '"x": 1, "x": 2',
        '"x": "\\ud83d"',
        '"x": 1e999',
        '"x": "\u2028"',
        '"__proto__": {}',
        '"items": null',
        '"items": []',
        'x: 1',
        "'x': 1",
        '"x": "{{ y }}"',
        '"x": 01',
        '"x": "\t"',
      ]),
    )
  return `{${members.join(random.oneIn(4) ? ',\n ' : ', ')}${random.oneIn(12) ? ',' : ''}}${random.oneIn(12) ? random.pick([' ', ' x', '{}', ' # c', '\n{}', ',']) : ''}`
}

function flowField(random: Random, [key, value, isText]: Field): string {
  const shown = isText
    ? scalar(random, value, true)
    : value.startsWith('\n')
      ? value.includes('namespace: shop')
        ? '{name: flow, namespace: shop}'
        : '{}'
      : value
  return `${scalar(random, key, true)}:${random.pick([' ', ' ', ' ', '', '\n  '])}${shown}`
}

function blockField(random: Random, [key, value, isText]: Field): string {
  const shown = isText ? scalar(random, value, false) : value
  if (random.oneIn(10)) return `? ${scalar(random, key, false)}\n: ${shown.replace(/^\n/, '\n')}`
  const colon = random.pick([':', ':', ':', ':', ':', ' :', '\t:'])
  const gap = shown.startsWith('\n') ? '' : random.pick([' ', ' ', ' ', ' ', '  ', '\t', '\n  ', ' # c\n  ', ''])
  return `${scalar(random, key, false)}${colon}${gap}${shown}${random.oneIn(8) ? random.pick([' ', ' # c', '\t', ' #', '#']) : ''}`
}

/** A text in one of the ways in which YAML can write it. */
function scalar(random: Random, text: string, isFlow: boolean): string {
  if (!random.oneIn(3)) return text
  switch (random.below(isFlow ? 10 : 14)) {
    case 0:
      return `"${text}"`
    case 1:
      return `'${text}'`
    case 2:
    case 3:
      return `"${escaped(random, text)}"`
    case 4:
      return `!!str ${text}`
    case 5:
      return `!!binary ${random.pick(['', '"'])}${Buffer.from(text).toString('base64')}`.replace(
        /^(.*)"(.*)$/,
        '$1"$2"',
      )
    case 6:
      return `${random.pick(['&k', '&k-1', '!', '!x', '!<tag:yaml.org,2002:str>', '&k !!str', '!!str &k'])} ${text}`
    case 7:
      return `${random.pick(['!<tag:yaml.org,2002:binary>', '!!bin%61ry', '!b!ary', '!binary'])} ${Buffer.from(text).toString('base64')}`
    case 8:
      return `"${text.slice(0, 3)}\\\n  ${text.slice(3)}"`
    case 9:
      return random.pick([
        `"${text} "`,
        text.toLowerCase(),
        `${text}s`,
        `${text.slice(0, 3)}\n  ${text.slice(3)}`,
        `*k`,
        `"${text}`,
        `${text}"`,
      ])
    case 10:
      return `${random.pick(['|-', '>-', '|', '>', '|2-', '>+'])}\n  ${text}`
    case 11:
      return `# c\n  ${text}`
    case 12:
      return `&k\n  ${text}`
    default:
      return `!!str\n  ${text}`
  }
}

function escaped(random: Random, text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) => {
    if (!random.oneIn(5)) return letter
    const code = letter.charCodeAt(0).toString(16)
    return random.pick([`\\x${code}`, unicode(letter), `\\U${code.padStart(8, '0')}`])
  })
}

function unicode(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const LIST_KINDS = [
  'List',
  'List',
  'List',
  'NetworkPolicyList',
  'ClusterNetworkPolicyList',
  'AdminNetworkPolicyList',
  'BaselineAdminNetworkPolicyList',
  'ConfigMapList',
  'PodList',
  'ConfigMap',
  'Foo',
  'NetworkPolicy',
  'ListList',
  '',
]

/** Items that kubectl takes for lists, or might. */
const INNER_LISTS = [
  '{items: []}',
  '{"it\\u0065ms": [], kind: Foo}',
  '{? items : [], apiVersion: v1, kind: ""}',
  '{!!str items: [3], kind: FooList, apiVersion: v1}',
  '{!!binary aXRlbXM=: []}',
  '{items: null, apiVersion: v1, kind: Foo}',
  '{items: {}}',
  '{Items: []}',
  '{&i items: &l [], x: *l}',
]

/** A list, or what has `items` and looks like none. */
function list(random: Random, index: number): string {
  const kind = random.pick(LIST_KINDS)
  const ofPolicies = POLICY_KINDS.find((one) => kind === one.kind || kind === `${one.kind}List`)
  const apiVersion = ofPolicies?.apiVersion ?? 'v1'
  const size = random.pick([1, 1, 2, 2, 3])
  const pick = random.below(6)
  if (pick === 0) {
    const items = Array.from({ length: size }, (_, item) => object(random, index * 10 + item, '').trimEnd()).filter(
      (text) => text.startsWith('{'),
    )
    return `{"apiVersion": "${apiVersion}", ${random.pick(['"kind"', '"k\\u0069nd"', 'kind'])}: "${kind}", ${random.pick(['"items"', '"item\\u0073"', '"items"', '"Items"'])}: [${items.join(', ')}]${random.pick(['', '', ', "items": []', ', "items": null'])}}\n`
  }
  const indent = random.pick(['', '', '  '])
  const items = Array.from({ length: size }, (_, item) => listItem(random, index * 10 + item, indent)).join('')
  const head = [`apiVersion: ${apiVersion}`, `kind: ${scalar(random, kind, false)}`]
  if (random.oneIn(3)) head.push(random.pick(BESIDE))
  const key = `${random.oneIn(5) ? scalar(random, 'items', false) : 'items'}:${random.pick(['', '', '', ' # c', ' ', '\n# c'])}`
  const tail = random.oneIn(3)
    ? `${random.pick([...BESIDE, 'kind: List', 'kind: ConfigMap', "z: '\"\nitems:\n# '", '"', 'b: "'])}\n`
    : ''
  if (random.oneIn(4)) return `${key}\n${items}${head.join('\n')}\n${tail}`
  return `${head.join('\n')}\n${key}\n${items}${tail}`
}

function listItem(random: Random, index: number, indent: string): string {
  if (random.oneIn(10))
    return `${indent}- ${random.pick(['null', '', 'a', '[]', '{}', '"', 'x: "', 'x: |', 'x: [', '- a', '&a {b: c}', 'x: {{ y }}', ...INNER_LISTS])}\n`
  const text = object(random, index, `${indent}  `)
  const lines = random.oneIn(4) ? text.replace(/^ *(?:apiVersion|kind): .*\n/gm, '') : text
  const start = lines.slice(indent.length + 2)
  const dash = random.pick(['- ', '- ', '- ', '- ', `-\n${indent}  `, '-\t', `- # c\n${indent}  `])
  return `${indent}${dash}${start}`
}

function inserted(text: string, random: Random, piece: string): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + piece + text.slice(at)
}
