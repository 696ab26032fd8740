import { describe, expect, test } from 'vitest'
import { alignedColumns } from '../../src/report/style.js'
import { lengthOf, wrap } from '../../src/report/wrap.js'

const RED = '\u001b[31m'
const OFF = '\u001b[39m'

describe('wrap', () => {
  test.each([
    ['a line that fits stays', 'one two', 7, '', 'one two'],
    ['without a width every line fits', 'one two three', null, '', 'one two three'],
    ['a line breaks at a blank', 'one two', 6, '', 'one\ntwo'],
    ['further lines are indented, and their indent counts', 'one two four', 8, '  ', 'one two\n  four'],
    ['the first line keeps its own indent', '   one two', 7, '', '   one\ntwo'],
    ['blanks between words stay where the line does not break', 'a   b cc', 6, '', 'a   b\ncc'],
    ['a long word stays whole', 'a bcdefghi j', 4, ' ', 'a\n bcdefghi\n j'],
    ['a long first word makes no empty line', 'abcdefgh i', 4, ' ', 'abcdefgh\n i'],
  ])('%s', (_, text, width, indent, lines) => {
    expect(wrap(text, width, indent)).toBe(lines)
  })

  test('colours take no room', () => {
    const painted = `${RED}one${OFF} two`
    expect(lengthOf(painted)).toBe(7)
    expect(wrap(painted, 7, '')).toBe(painted)
    expect(wrap(painted, 6, '')).toBe(`${RED}one${OFF}\ntwo`)
  })
})

test('columns are as wide as their widest cell, and no line ends in blanks', () => {
  const rows = [
    ['allowed', 'a'],
    ['no', 'bcdef'],
  ]
  expect(alignedColumns(['is', 'to'], rows)).toBe('is       to\nallowed  a\nno       bcdef')
})
