import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Example } from '../../src/codes/entry.js'
import { parseCluster, type CheckResult, type Diagnostic } from '../../src/index.js'
import { ENTRIES, type Code } from '../../src/codes/entries.js'
import { apartFromPolicies } from '../load/manifests.js'
import { run } from '../support/cli-io.js'

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** What loading says about an example, or what the command that it shows says. */
async function diagnosticsOf({ manifests, command, file, link, tests }: Example): Promise<readonly Diagnostic[]> {
  // An example shows what it is about: most have no policies
  if (command === undefined) return apartFromPolicies(parseCluster(manifests)).diagnostics
  for (const name of ['shop.yaml', 'backup.yaml']) writeFileSync(join(folder, name), manifests)
  if (file !== undefined) writeFileSync(join(folder, file), manifests)
  if (link !== undefined) symlinkSync(process.cwd(), join(folder, link))
  if (tests !== undefined) writeFileSync(join(folder, 'tests.yaml'), tests)
  const argv = command.split(' ').map((word) => (/^\.$|\.yaml$/.test(word) ? join(folder, word) : word))
  const { stdout } = await run([...argv, '-o', 'json'])
  for (const name of [file, link, tests && 'tests.yaml']) if (name !== undefined) rmSync(join(folder, name))
  return (JSON.parse(stdout) as CheckResult).diagnostics
}

const codesOf = (diagnostics: readonly Diagnostic[]) => [...new Set(diagnostics.map(({ code }) => code))]

/** Refusals of objects that no answer in the example rests on. */
const DISPENSABLE: readonly string[] = ['NP034', 'NP046']

describe.each(Object.keys(ENTRIES) as Code[])('%s', (code) => {
  const { wrong, right, severity } = ENTRIES[code]

  test('its example gives this code and no other', async () => {
    expect(codesOf(await diagnosticsOf(wrong))).toEqual([code])
  })

  test('its example is as severe as the code is', async () => {
    const found = (await diagnosticsOf(wrong)).map((diagnostic) => diagnostic.severity)
    expect([...new Set(found)]).toEqual([severity])
  })

  test('it stops the run if it is below NP100, but for what an answer can do without', () => {
    expect(severity === 'error').toBe(code < 'NP100' && !DISPENSABLE.includes(code))
  })

  test.skipIf(right === null)('what is shown as correct gives no code at all', async () => {
    expect(codesOf(await diagnosticsOf(right ?? wrong))).toEqual([])
  })
})
