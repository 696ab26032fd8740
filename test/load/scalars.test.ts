import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { integerOf, readsDifferently, resolvePlain } from '../../src/syntax/yaml/scalars.js'
import { parseYaml } from '../../src/syntax/yaml/parse-yaml.js'
import { processorTime } from '../support/processor-time.js'

const rows = Object.entries(
  JSON.parse(readFileSync('fixtures/readers/kubectl-scalars.json', 'utf8')) as Record<string, string>,
)
/** The frozen answer lost its no-break space; see fixtures/readers/README.md. */
const CORRECTED: Readonly<Record<string, string>> = { '\u00a0x': '{ "x": "\u00a0x" }' }
/** What kubectl reads and we refuse: no tag but those of the core may change how a value is read. */
const REFUSED_BY_US_ALONE = ['!foo x']

describe('a scalar is read as kubectl reads it', () => {
  test.each(rows.filter(([, answer]) => !answer.startsWith('ERR')))('%s', (scalar, answer) => {
    const { value, problems } = parseYaml(`x: ${scalar}`, { duplicateKeys: 'error' })
    if (REFUSED_BY_US_ALONE.includes(scalar)) {
      expect(value).toBeUndefined()
      expect(problems[0]?.position).toEqual({ line: 1, column: 4 })
    } else {
      expect(value).toEqual(JSON.parse(CORRECTED[scalar] ?? answer))
    }
  })

  test.each(rows.filter(([, answer]) => answer.startsWith('ERR')))('%s is refused, with a place', (scalar) => {
    const { value, problems } = parseYaml(`x: ${scalar}`, { duplicateKeys: 'error' })
    expect(value).toBeUndefined()
    expect(problems[0]?.severity).toBe('error')
    expect(problems[0]?.position.line).toBe(1)
  })
})

describe('plain scalars', () => {
  test.each([
    ['0b-101', -5],
    ['.7_9', 0.79],
    ['._7', '._7'],
    ['+.5', 0.5],
    ['-0x1F', -31],
    ['0x1FFFFFFFFFFFFFFFF', '0x1FFFFFFFFFFFFFFFF'],
    ['+18446744073709551615', 18446744073709552000],
    ['1 000', '1 000'],
    ['_', '_'],
    ['-', '-'],
  ])('%s is %j', (raw, value) => {
    expect(resolvePlain(raw)).toBe(value)
  })

  test('an integer is exact up to 64 bits, and none beyond', () => {
    expect(integerOf('9223372036854775807')).toBe(9223372036854775807n)
    expect(integerOf('-9223372036854775809')).toBeNull()
    expect(integerOf('18446744073709551616')).toBeNull()
  })

  test('a million digits take no time', () => {
    const took = processorTime(() => {
      for (const digits of ['9', '0x' + 'f', '07', '0b1', '1_', '1.0', '.1'])
        resolvePlain(digits.padEnd(1_000_000, digits.at(-1)))
    })
    expect(took).toBeLessThan(5000)
  })
})

describe('readsDifferently', () => {
  test.each(['010', '0120', '8_0', '0b1', '-0x1F', '0X1F', '1_000'])('%s is another number in YAML 1.2', (raw) => {
    expect(readsDifferently(raw)).toBe(true)
  })

  test.each(['80', '08', '007', '0o17', '0x1F', '1.5', '1e3', '+1', 'yes', 'web', '', '"010"', '10.0.0.0/8', '.inf'])(
    '%s is not',
    (raw) => {
      expect(readsDifferently(raw)).toBe(false)
    },
  )
})
