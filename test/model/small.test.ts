import { describe, expect, test } from 'vitest'
import { closest } from '../../src/model/closest.js'
import { ENTRIES } from '../../src/codes/entries.js'
import { workloadId } from '../../src/model/cluster.js'
import { grouped } from '../../src/model/grouped.js'
import { NOTES } from '../../src/model/note.js'
import { rulePath } from '../../src/model/policy.js'
import { formatPath, NO_SOURCE } from '../../src/model/source.js'
import { CERTAINTIES, worst } from '../../src/model/verdict.js'

describe('paths are written as Kubernetes writes them', () => {
  test.each([
    [[], ''],
    [['spec'], 'spec'],
    [['spec', 'ingress', 0, 'from', 1, 'ipBlock', 'except', 2], 'spec.ingress[0].from[1].ipBlock.except[2]'],
    [['items', 3], 'items[3]'],
    [[0], '[0]'],
  ])('%j is %s', (path, text) => {
    expect(formatPath(path)).toBe(text)
  })

  test('a rule is an item of its direction', () => {
    expect(rulePath('egress', 2)).toBe('spec.egress[2]')
  })

  test('what no file says has no place', () => {
    expect(NO_SOURCE.file).toBeNull()
    expect(NO_SOURCE.locate(['spec'])).toBeNull()
  })
})

describe('certainty: the worst of several wins, as in the command-line guide, section 4', () => {
  test.each([
    [[], 'certain'],
    [['certain', 'undefined'], 'undefined'],
    [['indeterminate', 'undefined', 'certain'], 'indeterminate'],
    [['undefined', 'indeterminate'], 'indeterminate'],
  ] as const)('%j', (certainties, expected) => {
    expect(worst(certainties)).toBe(expected)
  })

  test('every note has one of them', () => {
    for (const certainty of Object.values(NOTES)) expect(CERTAINTIES).toContain(certainty)
  })
})

describe('closest: what a mistyped word most likely means', () => {
  test.each([
    ['podSelecter', ['podSelector', 'policyTypes'], 'podSelector'],
    ['form', ['ports', 'from'], 'from'],
    ['endport', ['port', 'endPort'], 'endPort'],
    ['pod_selector', ['podSelector'], 'podSelector'],
    ['wbe', ['web', 'db'], 'web'],
    ['webb', ['api', 'web'], 'web'],
    ['zzz', ['web', 'db'], null],
    ['', ['web'], null],
    ['web', [], null],
  ])('%s of %j is %s', (word, candidates, expected) => {
    expect(closest(word, candidates)).toBe(expected)
  })

  test('an exact match wins over everything before it', () => {
    expect(closest('web', ['wed', 'wbe', 'web'])).toBe('web')
  })
})

test('grouped keeps the order of first appearance, and of the items', () => {
  const groups = grouped(['b1', 'a1', 'b2'], (item) => item.charAt(0))
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ])
})

test('the id of a workload is namespace/Kind/name', () => {
  expect(workloadId({ kind: 'Deployment', namespace: 'shop', name: 'web' })).toBe('shop/Deployment/web')
})

test('codes are NP and three digits: NP0xx stop the run, NP1xx and NP2xx do not', () => {
  for (const [code, { title: text }] of Object.entries(ENTRIES)) {
    expect(code).toMatch(/^NP[012]\d\d$/)
    expect(text).toMatch(/^[^A-Z]|^[A-Z]{2}/)
    expect(text).not.toMatch(/\.$/)
  }
})
