import { expect } from 'vitest'
import { MARK } from './hostile.js'

/** What must never come out; line ends of our own are taken away before. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** A line that a text of the input has begun, or that a CI would obey, blanks before it or not. */
const OWN_LINE = new RegExp(`^(?:${MARK}|ALLOWED ${MARK}|error\\[NP001\\]: x|[ \\t]*(?:::|##\\[|##vso))`, 'm')

/** What was written moves no cursor, hides nothing, and has no line that a text of the input begins. */
export function expectHarmless(written: string): void {
  expect(HARMFUL.exec(written.replaceAll(/\r?\n/g, ''))?.[0].codePointAt(0)).toBeUndefined()
  expect(OWN_LINE.exec(written.replaceAll('\r\n', '\n'))?.[0]).toBeUndefined()
}
