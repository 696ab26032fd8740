import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesGlob } from '../../src/query/glob.js'
import { processorTime } from '../support/processor-time.js'

describe('globs: * stands for any text', () => {
  test.each([
    ['*', ''],
    ['*', 'web'],
    ['web', 'web'],
    ['we*', 'web'],
    ['*b', 'web'],
    ['w*b', 'wb'],
    ['tenant-*', 'tenant-'],
    ['*-*', 'a-b'],
    ['a*b*c', 'a-b-b-c'],
    ['**', 'x'],
  ])('%s fits %j', (pattern, name) => {
    expect(matchesGlob(pattern, name)).toBe(true)
  })

  test.each([
    ['', 'web'],
    ['web', 'web2'],
    ['we*', 'w'],
    ['*b', 'bc'],
    ['ab*ba', 'aba'],
    ['a*bc*c', 'abc'],
    ['w.b', 'web'],
    ['w?b', 'web'],
  ])('%s does not fit %j', (pattern, name) => {
    expect(matchesGlob(pattern, name)).toBe(false)
  })

  test('as a regular expression says, for all patterns', () => {
    const pattern = fc.stringMatching(/^[ab*]{0,8}$/)
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab]{0,10}$/), (glob, name) => {
        expect(matchesGlob(glob, name)).toBe(new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(name))
      }),
      { numRuns: 1000 },
    )
  })

  test('a long name and many stars take no time', () => {
    const took = processorTime(() => {
      expect(matchesGlob(`${'*a'.repeat(200)}*b`, 'a'.repeat(5000))).toBe(false)
    })
    expect(took).toBeLessThan(500)
  })
})
