import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meets, selects, type Labels, type Operator, type Requirement } from '../../src/model/labels.js'

const OPERATORS: readonly Operator[] = ['In', 'NotIn', 'Exists', 'DoesNotExist']
const text = fc.constantFrom('', 'a', 'b', 'constructor', 'A')
const labels = fc.array(fc.tuple(text, text), { maxLength: 3 }).map((entries): Labels => new Map(entries))
const requirement = fc
  .record({
    key: text,
    operator: fc.constantFrom(...OPERATORS),
    values: fc.array(text, { minLength: 1, maxLength: 3 }),
  })
  .map((all): Requirement => ({
    ...all,
    values: all.operator.startsWith('E') || all.operator === 'DoesNotExist' ? [] : all.values,
  }))

const NEGATED: Readonly<Record<Operator, Operator>> = {
  In: 'NotIn',
  NotIn: 'In',
  Exists: 'DoesNotExist',
  DoesNotExist: 'Exists',
}

describe('A-31, A-32: one requirement', () => {
  const found = new Map([
    ['app', 'web'],
    ['blank', ''],
  ])

  test.each<[string, Operator, readonly string[], boolean]>([
    ['app', 'In', ['web'], true],
    ['app', 'In', ['api', 'web'], true],
    ['app', 'In', ['api'], false],
    ['app', 'In', [''], false],
    ['none', 'In', ['web'], false],
    ['none', 'In', [''], false],
    ['blank', 'In', [''], true],
    ['app', 'NotIn', ['web'], false],
    ['app', 'NotIn', ['api'], true],
    ['none', 'NotIn', ['web'], true],
    ['none', 'NotIn', [''], true],
    ['blank', 'NotIn', [''], false],
    ['app', 'Exists', [], true],
    ['blank', 'Exists', [], true],
    ['none', 'Exists', [], false],
    ['app', 'DoesNotExist', [], false],
    ['blank', 'DoesNotExist', [], false],
    ['none', 'DoesNotExist', [], true],
    ['constructor', 'Exists', [], false],
  ])('%s %s %j: %s', (key, operator, values, expected) => {
    expect(meets(found, { key, operator, values })).toBe(expected)
  })

  test('A-34: the case counts, and nothing is a wildcard', () => {
    for (const value of ['Web', 'WEB', 'w*', '*', 'we', 'web ', ' web'])
      expect(meets(found, { key: 'app', operator: 'In', values: [value] })).toBe(false)
    expect(meets(found, { key: 'APP', operator: 'Exists', values: [] })).toBe(false)
  })

  test('G-5: NotIn is the complement of In, DoesNotExist that of Exists', () => {
    fc.assert(
      fc.property(labels, requirement, (of, one) => {
        expect(meets(of, { ...one, operator: NEGATED[one.operator] })).toBe(!meets(of, one))
      }),
    )
  })
})

describe('A-33: a selector', () => {
  test('holds if all of its requirements do, in any order', () => {
    fc.assert(
      fc.property(labels, fc.array(requirement, { maxLength: 4 }), (of, requirements) => {
        const expected = requirements.filter((one) => !meets(of, one)).length === 0
        expect(selects({ requirements }, of)).toBe(expected)
        expect(selects({ requirements: requirements.toReversed() }, of)).toBe(expected)
      }),
    )
  })

  test('A-3, A-24: without requirements selects everything, even what has no labels', () => {
    expect(selects({ requirements: [] }, new Map())).toBe(true)
  })

  test('a contradiction is legal and selects nothing', () => {
    const requirements: readonly Requirement[] = [
      { key: 'a', operator: 'Exists', values: [] },
      { key: 'a', operator: 'DoesNotExist', values: [] },
    ]
    fc.assert(fc.property(labels, (of) => !selects({ requirements }, of)))
  })
})
