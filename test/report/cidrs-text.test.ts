import { expect, test } from 'vitest'
import { cidrsText } from '../../src/report/cidrs-text.js'
import { internetRanges } from '../../src/query/special-purpose.js'
import { parseCidr, toCidrs } from '../../src/net/cidr.js'
import { subtract } from '../../src/net/ranges.js'

test('E-3: the internet without a few blocks is called that', () => {
  const block = parseCidr('52.0.0.0/8')
  if (!('cidr' in block)) throw new Error('not a CIDR')
  const internet = internetRanges('IPv4')
  expect(cidrsText(internet.flatMap(toCidrs))).toBe('internet')
  expect(cidrsText(subtract(internet, [block.cidr]).flatMap(toCidrs))).toBe('internet except 52.0.0.0/8')
  expect(cidrsText(['52.0.0.0/8'])).toBe('52.0.0.0/8')
})
