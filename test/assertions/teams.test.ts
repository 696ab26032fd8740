import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TestResult } from '../../src/report/test/test-result.js'
import { run } from '../support/cli-io.js'

describe.each(readdirSync('fixtures/teams'))('the team of fixtures/teams/%s', (team) => {
  test('has tests that hold', async () => {
    const { stdout, code } = await run(['test', `fixtures/teams/${team}`, '--pod-cidr', '10.244.0.0/16', '-o', 'json'])
    const { tests } = JSON.parse(stdout) as TestResult
    expect(tests.filter(({ status }) => status !== 'passed')).toEqual([])
    expect([code, tests.length > 0]).toEqual([0, true])
  })
})
