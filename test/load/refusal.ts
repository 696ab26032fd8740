import { expect } from 'vitest'
import type { Parsed } from '../../src/syntax/text/syntax-problem.js'

/** The first problem of a text that is refused, as `code line:column message`. */
export function refusal({ value, problems }: Parsed): string {
  expect(value).toBeUndefined()
  const [problem] = problems
  return problem === undefined
    ? 'no problem'
    : `${problem.code} ${problem.position.line}:${problem.position.column} ${problem.message}`
}
