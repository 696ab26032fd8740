import { describe, expect, test } from 'vitest'
import {
  all,
  allowedBy,
  any,
  branch,
  canBe,
  doubtful,
  NO,
  sure,
  YES,
  type Doubt,
  type Truth,
} from '../../src/engine/truth.js'

const doubt = (about: string): Doubt => ({ code: 'node-unknown', about, site: null })

/** `Y` and `N` are sure; `y` and `n` stand so far, and could turn. */
const truthOf = (sign: string, about: string): Truth =>
  sign === 'Y' ? YES : sign === 'N' ? NO : doubtful(sign === 'y', doubt(about))

const truthsOf = (signs: string): readonly Truth[] => Array.from(signs, (sign, at) => truthOf(sign, `${sign}${at}`))

/** A truth as a sign, with what could turn it: `y(n0,y1)`. */
const shown = ({ value, doubts }: Truth): string =>
  doubts.length === 0 ? (value ? 'Y' : 'N') : `${value ? 'y' : 'n'}(${doubts.map(({ about }) => about).join()})`

describe('and', () => {
  test.each([
    ['', 'Y'],
    ['YY', 'Y'],
    ['YN', 'N'],
    // A sure no settles it, whatever else is in doubt
    ['ynN', 'N'],
    ['Yy', 'y(y1)'],
    ['yy', 'y(y0,y1)'],
    ['Yn', 'n(n1)'],
    // Turning takes all that say no, so that only these are told
    ['yn', 'n(n1)'],
    ['nn', 'n(n0,n1)'],
  ])('of %j is %s', (parts, result) => {
    expect(shown(all(truthsOf(parts)))).toBe(result)
  })
})

describe('or', () => {
  test.each([
    ['', 'N'],
    ['NN', 'N'],
    ['YN', 'Y'],
    ['nyY', 'Y'],
    ['Nn', 'n(n1)'],
    ['nn', 'n(n0,n1)'],
    ['Ny', 'y(y1)'],
    ['ny', 'y(y1)'],
  ])('of %j is %s', (parts, result) => {
    expect(shown(any(truthsOf(parts)))).toBe(result)
  })
})

describe('policies that may select a pod', () => {
  // One word for each policy: whether it selects the pod, and whether one of its rules matches
  test.each([
    ['', 'Y'], // none: not isolated
    ['NN', 'Y'], // one that does not select it
    ['YN', 'N'], // isolated, and no rule matches
    ['YY', 'Y'],
    ['YN YY', 'Y'], // the union of their rules
    ['NY YN', 'N'], // a rule of a policy that does not select the pod opens nothing
    ['yN', 'n(y0)'],
    ['nN', 'y(n0)'],
    ['nY', 'Y'], // whether it selects the pod or not: allowed
    ['nN YY', 'Y'], // another one surely allows
    ['yY YN', 'y(y0)'],
    ['Yn', 'n(n1)'],
  ])('%j let a connection through: %s', (policies, result) => {
    const parts = policies.split(' ').filter((signs) => signs !== '')
    const truths = parts.map(([selects = '', matches = ''], at) => ({
      selects: truthOf(selects, `${selects}${2 * at}`),
      matches: truthOf(matches, `${matches}${2 * at + 1}`),
    }))
    expect(shown(allowedBy(truths))).toBe(result)
  })
})

/** What can come of a question whose parts could each turn out this way or that. */
function outcomes<Part>(parts: readonly Truth[], decide: (values: readonly boolean[]) => Part): ReadonlySet<Part> {
  const ways = parts.reduce<readonly (readonly boolean[])[]>(
    (before, part) =>
      [true, false].filter((value) => canBe(value, part)).flatMap((value) => before.map((way) => [...way, value])),
    [[]],
  )
  return new Set(ways.map(decide))
}

describe('with every outcome of what is in doubt tried out', () => {
  const lists = (length: number): readonly string[] =>
    Array.from({ length: 4 ** length }, (_, code) =>
      Array.from({ length }, (_, at) => 'YNyn'[Math.floor(code / 4 ** at) % 4] ?? '').join(''),
    )
  const isExact = (truth: Truth, possible: ReadonlySet<boolean>) => {
    expect(possible).toContain(truth.value)
    expect(truth.doubts.length === 0).toBe(possible.size === 1)
  }

  test.each(lists(3))('and, or of %s are sure if nothing can turn them', (signs) => {
    const parts = truthsOf(signs)
    isExact(
      all(parts),
      outcomes(parts, (values) => values.every(Boolean)),
    )
    isExact(
      any(parts),
      outcomes(parts, (values) => values.some(Boolean)),
    )
  })

  test('isolation and the union of rules are sure if nothing can turn them', () => {
    for (const signs of lists(4)) {
      const [a = NO, b = NO, c = NO, d = NO] = truthsOf(signs)
      const policies = [
        { selects: a, matches: b },
        { selects: c, matches: d },
      ]
      const allows = ([s1, m1, s2, m2]: readonly (boolean | undefined)[]) =>
        (s1 !== true && s2 !== true) || (s1 === true && m1 === true) || (s2 === true && m2 === true)
      isExact(allowedBy(policies), outcomes([a, b, c, d], allows))
    }
  })

  test('what is left to the next tier is sure if nothing can turn it (C-7)', () => {
    for (const signs of lists(5)) {
      const [a = NO, b = NO, c = NO, d = NO, next = NO] = truthsOf(signs)
      const policies = [
        { selects: a, matches: b },
        { selects: c, matches: d },
      ]
      const allows = ([s1, m1, s2, m2, otherwise]: readonly (boolean | undefined)[]) =>
        s1 === true || s2 === true ? (s1 === true && m1 === true) || (s2 === true && m2 === true) : otherwise === true
      isExact(allowedBy(policies, next), outcomes([a, b, c, d, next], allows))
    }
  })

  test('the first match is sure if nothing can turn it (C-2)', () => {
    for (const signs of lists(3)) {
      const parts = truthsOf(signs)
      const [condition = NO, met = NO, unmet = NO] = parts
      const decide = ([c, m, u]: readonly (boolean | undefined)[]) => (c === true ? m : u) === true
      isExact(branch(condition, met, unmet), outcomes(parts, decide))
    }
  })
})

test('a sure truth is one of two values, so that comparing them is cheap', () => {
  expect([sure(true), sure(false)]).toEqual([YES, NO])
  expect(sure(true)).toBe(YES)
})
