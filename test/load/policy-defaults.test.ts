import { describe, expect, test } from 'vitest'
import { codesOf, load, policyOf, policyText } from './manifests.js'

const EVERY_POD = { requirements: [] }

function read(spec: string) {
  const cluster = load(policyText(spec))
  expect(codesOf(cluster, 'error')).toEqual([])
  return { ...policyOf(cluster), warnings: codesOf(cluster, 'warning') }
}

describe('A-3: a subject that says nothing is every pod of the namespace', () => {
  test.each([
    ['absent', '', ['NP109']],
    ['null', '  podSelector:', ['NP109']],
    ['{}', '  podSelector: {}', []],
    ['matchLabels null', '  podSelector: {matchLabels: }', []],
    ['matchLabels blank', '  podSelector:\n    matchLabels:', []],
    ['matchLabels {}', '  podSelector: {matchLabels: {}}', []],
    ['matchExpressions []', '  podSelector: {matchExpressions: []}', []],
    ['matchExpressions null', '  podSelector: {matchExpressions: null, matchLabels: null}', []],
  ])('%s', (_, selector, warnings) => {
    const policy = read(`spec:\n  policyTypes: [Ingress]\n${selector}`)
    expect(policy.subject).toEqual(EVERY_POD)
    expect(policy.warnings).toEqual(warnings)
  })
})

describe('A-4: no spec is the zero spec, with a warning', () => {
  test.each(['', 'spec:', 'spec: null'])('%j', (spec) => {
    expect(read(spec)).toMatchObject({
      subject: EVERY_POD,
      isolates: { ingress: true, egress: false },
      rules: { ingress: [], egress: [] },
      warnings: ['NP108'],
    })
  })

  test('spec: {} is one without a podSelector', () => {
    expect(read('spec: {}')).toMatchObject({ subject: EVERY_POD, warnings: ['NP109'] })
  })
})

describe('A-9: policyTypes that are absent, null or empty', () => {
  const SPELLINGS = { absent: '', null: '  policyTypes:\n', empty: '  policyTypes: []\n' }

  describe.each(Object.entries(SPELLINGS))('policyTypes %s', (_, types) => {
    test.each([
      ['a', 'egress absent', '', false],
      ['a', 'egress null', '  egress:', false],
      ['a', 'egress []', '  egress: []', false],
      ['b', 'egress [{}]', '  egress: [{}]', true],
      ['b', 'a null egress rule', '  egress:\n    -', true],
      ['c', 'egress rules only', '  egress: [{to: [{podSelector: {}}]}]', true],
      ['c', 'both', '  egress: [{}]\n  ingress: [{}]', true],
    ])('A-9%s: %s', (__, ___, rules, egress) => {
      expect(read(`spec:\n  podSelector: {}\n${types}${rules}`).isolates).toEqual({ ingress: true, egress })
    })
  })

  test('A-9c: a policy with egress rules only is warned about, since it denies all ingress', () => {
    expect(read('spec: {podSelector: {}, egress: [{}]}').warnings).toEqual(['NP105'])
    expect(read('spec: {podSelector: {}, egress: [{}], ingress: [{}]}').warnings).toEqual([])
    expect(read('spec: {podSelector: {}, egress: [{}], policyTypes: [Egress]}').warnings).toEqual([])
  })

  test('A-9: an empty list is warned about, an absent one is not', () => {
    expect(read('spec: {podSelector: {}, policyTypes: []}').warnings).toEqual(['NP106'])
    expect(read('spec: {podSelector: {}, policyTypes: null}').warnings).toEqual([])
  })
})

describe('A-10, A-11: explicit policyTypes are taken literally', () => {
  test.each([
    ['[Ingress]', true, false],
    ['[Egress]', false, true],
    ['[Ingress, Egress]', true, true],
    ['[Egress, Ingress]', true, true],
    ['[Ingress, Ingress]', true, false],
    ['[Egress, Egress]', false, true],
  ])('%s', (types, ingress, egress) => {
    const policy = read(`spec: {podSelector: {}, policyTypes: ${types}}`)
    expect(policy.isolates).toEqual({ ingress, egress })
    expect(policy.warnings).toEqual([])
  })

  test.each([
    ['[Ingress]', 'egress'],
    ['[Egress]', 'ingress'],
  ] as const)('A-10: under %s rules for %s are kept, inert, and warned about', (types, direction) => {
    const policy = read(`spec: {podSelector: {}, policyTypes: ${types}, ${direction}: [{}]}`)
    expect(policy.isolates[direction]).toBe(false)
    expect(policy.rules[direction]).toHaveLength(1)
    expect(policy.warnings).toEqual(['NP104'])
  })

  test('A-10: an empty list of rules is nothing to ignore', () => {
    expect(read('spec: {podSelector: {}, policyTypes: [Ingress], egress: []}').warnings).toEqual([])
  })
})

describe('A-13: rules that are absent, null or empty are none', () => {
  test.each(['', 'ingress: ,', 'ingress: null,', 'ingress: [],'])('%j', (rules) => {
    const policy = read(`spec: {podSelector: {}, ${rules} policyTypes: [Ingress]}`)
    expect(policy).toMatchObject({ rules: { ingress: [] }, isolates: { ingress: true }, warnings: [] })
  })
})
