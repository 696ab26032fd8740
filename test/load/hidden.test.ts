import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayHoldUsedKind } from '../../src/load/kinds/spelling.js'
import { isSoundYaml } from '../../src/syntax/yaml/sound.js'
import { parseYaml } from '../../src/syntax/yaml/parse-yaml.js'
import { codesOf, load } from './manifests.js'

const REST = 'metadata: {name: deny, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress]}\n'
const HEAD = `apiVersion: networking.k8s.io/v1\n`
const BOM = '\ufeff'

/** Whether somebody who looks at the cluster learns of the policy, or of what may be one. */
function isSaid(text: string): boolean {
  const { policies, incomplete, diagnostics } = load(text)
  const said = diagnostics.filter(({ code }) => code !== 'NP027')
  return policies.length > 0 || said.some(({ severity }) => severity === 'error') || (incomplete && said.length > 0)
}

/** The kind in ways that kubectl reads, each with what it says before and after it. */
const SPELLINGS = [
  ['plain', 'kind: NetworkPolicy\n'],
  ['as an escape', 'kind: "\\u004eetworkPolicy"\n'],
  ['as a short escape', 'kind: "\\x4eetworkPolicy"\n'],
  ['as a long escape', '"\\U0000006bind": NetworkPolicy\n'],
  ['over two lines', 'kind: "Network\\\n  Policy"\n'],
  ['with a tag', 'kind: !!str NetworkPolicy\n'],
  ['with a tag in full', 'kind: !<tag:yaml.org,2002:str> NetworkPolicy\n'],
  ['with an anchor', 'kind: &k NetworkPolicy\n'],
  ['by an alias', 'x: &k NetworkPolicy\nkind: *k\n'],
  ['after a comment', 'kind: # c\n  NetworkPolicy\n'],
  ['as a block scalar', 'kind: |-\n  NetworkPolicy\n'],
  ['as a folded scalar', 'kind: >-\n  NetworkPolicy\n'],
  ['as an explicit key', '? kind\n: NetworkPolicy\n'],
  ['as an explicit key in quotes', '? "k\\u0069nd"\n: NetworkPolicy\n'],
  ['in base64', '!!binary a2luZA==: NetworkPolicy\n'],
  ['with a value in base64', 'kind: !!binary TmV0d29ya1BvbGljeQ==\n'],
  ['with a tag in percent signs', 'kind: !!bin%61ry TmV0d29ya1BvbGljeQ==\n'],
  ['by a merge key', '<<: {kind: NetworkPolicy}\n'],
] as const

/** What we refuse and kubectl does not. */
const REFUSALS = [
  ['a key that stands twice', (text: string) => text.replace('name: deny', 'name: deny, name: deny')],
  ['a tag', (text: string) => `${text}x: !x y\n`],
  ['a byte order mark', (text: string) => `${text}# ${BOM}\n`],
  ['a line end of Unicode', (text: string) => `${text}# \u2028\n`],
  ['a carriage return too many', (text: string) => `${text}# a\r\r\n`],
  ['a carriage return too many in every line', (text: string) => text.replaceAll('\n', '\r\r\n')],
  ['a long key', (text: string) => `${text}? ${'x'.repeat(1030)}\n: 1\n`],
  ['text after the end', (text: string) => `${text}...\nx: 1\n`],
  ['a separator that is none', (text: string) => `${text}--- x\n`],
] as const

describe('a policy that kubectl reads and we refuse is an error, however its kind is spelled', () => {
  test.each(SPELLINGS)('%s', (_, kind) => {
    expect(isSaid(HEAD + kind + REST)).toBe(true)
    for (const [, refuse] of REFUSALS) expect(isSaid(refuse(HEAD + kind + REST))).toBe(true)
    for (const [, refuse] of REFUSALS) expect(isSaid(refuse(`x: y\n${kind}${REST}${HEAD}`))).toBe(true)
  })

  test.each([
    [
      'an escape in the value',
      '{"apiVersion":"networking.k8s.io/v1","kind":"\\u004eetworkPolicy","spec":{},"spec":{}}',
    ],
    ['an escape in the key', '{"apiVersion":"networking.k8s.io/v1","k\\u0069nd":"NetworkPolicy","spec":{},"spec":{}}'],
    ['the kind once more', '{"apiVersion":"networking.k8s.io/v1","kind":"ConfigMap","k\\u0069nd":"NetworkPolicy"}'],
  ])('in JSON: %s', (_, text) => {
    expect(codesOf(load(text), 'error')).toContain('NP004')
  })

  test('every key in base64', () => {
    const keys = ['apiVersion', 'kind', 'metadata', 'spec'].map((key) => `!!binary ${btoa(key)}: `)
    const [apiVersion = '', kind = '', metadata = '', spec = ''] = keys
    const text = `${apiVersion}networking.k8s.io/v1\n${kind}NetworkPolicy\n${metadata}{name: deny}\n${spec}{podSelector: {}}\n`
    expect(load(text).policies).toHaveLength(1)
    expect(codesOf(load(`x: y\n${text}`), 'error')).toEqual(['NP008'])
  })
})

describe('what certainly is no kind that is evaluated keeps nobody from an answer', () => {
  const pod = '---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n'

  test.each([
    ['broken', 'kind: Widget\nnames: [a\n'.replace('kind', '"kind"')],
    ['an unknown tag', 'Resources: !Sub\n- x: !Ref y\n'],
    ['a key that stands twice, and a word', '"kind": Widget\nx: a Pod\nx: another\napiVersion: example.com/v1\n'],
    [
      'a key that stands twice in a role',
      'kind: Role\n"apiVersion": rbac.authorization.k8s.io/v1\nx: 1\nx: a Deployment\n',
    ],
  ])('%s', (_, text) => {
    const cluster = load(`${text}${pod}`)
    expect(codesOf(cluster, 'error')).toEqual([])
    expect(cluster).toMatchObject({ answerable: true, incomplete: false, inventory: { used: 1, irrelevant: 1 } })
  })

  test('what is broken is counted once (NP136), at the first place', () => {
    const { diagnostics } = load(`{a: [\n---\n{b: ]\n${pod}`)
    expect(diagnostics).toMatchObject([{ code: 'NP136', severity: 'warning', file: 'all.yaml' }])
    expect(diagnostics[0]?.message).toMatch(/^2 documents could not be parsed/)
  })

  test.each([
    ['what was not even parsed', 'apiVersion: v1\nkind: ConfigMap\ndata: [\n'],
    ['what is no object', '{a: [\n'],
    ['a directive', '%YAML 1.1\n'],
  ])('a policy behind it is not read by kubectl, which is an error: %s', (_, broken) => {
    const policy = `${HEAD}kind: NetworkPolicy\n${REST}`
    const cluster = load(`${broken}---\n${policy}`)
    expect(cluster).toMatchObject({ policies: [{ name: 'deny' }], incomplete: true, answerable: false })
    expect(codesOf(cluster, 'error')).toEqual(['NP003'])
    expect(load(`${policy}---\n${broken}`)).toMatchObject({ policies: [{ name: 'deny' }], incomplete: false })
  })

  test('in a list nothing of it is read by kubectl', () => {
    const items = `- ${HEAD}  kind: NetworkPolicy\n  metadata: {name: deny}\n  spec: {podSelector: {}}\n`
    const list = `apiVersion: v1\nkind: List\nitems:\n${items}- apiVersion: v1\n  kind: ConfigMap\n  data: [\n`
    expect(codesOf(load(list), 'error')).toEqual(['NP003'])
  })
})

describe('a template whose kind is not known leaves the answer incomplete', () => {
  const deployment = '---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n'

  test.each([
    ['a kind that is evaluated', true, 'kind: NetworkPolicy\n{{ x }}: [\n'],
    ['a kind that is an action', true, 'kind: {{ .Values.kind }}\nx: [\n'],
    ['no kind, and an action that may make one', true, '{{ include "lib.policy" . }}\nx: [\n'],
    ['another kind', false, 'kind: Widget\nx: {{ y }}: z\n'],
    ['nothing but steering', false, '{{- if .Values.x }}\n'],
    ['values', false, 'x: {{ y }}\nz: [\n'],
  ])('%s: %s', (_, incomplete, text) => {
    const cluster = load(`${deployment}---\n${text}`)
    expect(cluster).toMatchObject({ incomplete, inventory: { template: 1 } })
  })
})

describe('quotes and brackets that reach over what looks like items', () => {
  test('a list is not cut inside a text', () => {
    const hidden = `apiVersion: v1\nkind: List\nnote: "\nitems:\n- kind: ConfigMap\n  apiVersion: v1\n  x: "\nitems:\n- ${HEAD}  kind: NetworkPolicy\n  metadata: {name: deny, namespace: shop}\n  spec: {podSelector: {}}\nz: '"\nitems:\n# '\n`
    expect(load(hidden).policies).toMatchObject([{ name: 'deny' }])
  })

  test('an item that stands in a text of another is none', () => {
    const phantom = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    a: "\n- ${HEAD}  kind: NetworkPolicy\n  metadata: {name: deny}\n  spec: {podSelector: {}}\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    b: "\n`
    expect(load(phantom).policies).toEqual([])
  })

  test.each(['{"a": 1}\n{kind: NetworkPolicy, apiVersion: networking.k8s.io/v1}\n', '[]{"kind": "NetworkPolicy"}\n'])(
    'what stands behind JSON and is none is refused: %s',
    (text) => {
      expect(codesOf(load(text), 'error')).toEqual(['NP003'])
    },
  )
})

test('whether a kind that is evaluated may be in a text is found in every spelling', () => {
  for (const [, kind] of SPELLINGS) expect(mayHoldUsedKind(kind)).toBe(true)
  for (const text of ['kind: Widget', 'NetworkPolicy', 'kind: "\\\\u004e"', '!Ref Pod', 'mankind: Pod', 'kind: Pods']) {
    expect(mayHoldUsedKind(text)).toBe(false)
  }
})

test('what is certainly YAML is YAML', () => {
  const keys = fc.constantFrom('a:', 'b-c:', '"d":', 'e.f/g:', '- h:', '- ', '- - i:', '-', '? j:', '1:', '')
  const values = fc.constantFrom(
    ...[
      '',
      ' k',
      ' "l"',
      " 'm'",
      ' [n, "o"]',
      ' {p: q}',
      ' |',
      ' >-',
      ' # r',
      ' s # t',
      ' -u',
      ' v: w',
      ' .nan',
      ' "x',
      ' []',
      ' y #',
      ' *z',
    ],
  )
  const lines = fc.array(fc.tuple(fc.nat(3), keys, values), { minLength: 1, maxLength: 7 })
  let sound = 0
  fc.assert(
    fc.property(lines, (drawn) => {
      const text = drawn.map(([depth, key, value]) => `${'  '.repeat(depth)}${key}${value}\n`).join('')
      if (!isSoundYaml(text)) return
      sound += 1
      const { problems } = parseYaml(text, { duplicateKeys: 'last' })
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    }),
    { numRuns: 20_000 },
  )
  expect(sound).toBeGreaterThan(100)
})
