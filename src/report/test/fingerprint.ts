import { createHash } from 'node:crypto'
import { ruleOf } from './findings.js'
import type { AssertionResult } from './test-result.js'

/** What a finding is recognised by in another run: path, name and rule, never a line, which moves. */
export function fingerprintOf(test: AssertionResult, path: string): string {
  return createHash('sha256')
    .update(JSON.stringify([path, test.name, ruleOf(test)]))
    .digest('hex')
}
