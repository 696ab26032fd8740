import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Example } from '../../src/explain/page.js'
import { PAGES } from '../../src/explain/pages.js'
import { parseCluster, type CheckResult, type Diagnostic } from '../../src/index.js'
import { CODES, type Code } from '../../src/model/codes.js'
import { run } from '../support/cli-io.js'

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** What loading says about an example, or what the command that it shows says. */
async function diagnosticsOf({ manifests, command, file, link }: Example): Promise<readonly Diagnostic[]> {
  if (command === undefined) return parseCluster(manifests).diagnostics
  for (const name of ['shop.yaml', 'backup.yaml']) writeFileSync(join(folder, name), manifests)
  if (file !== undefined) writeFileSync(join(folder, file), manifests)
  if (link !== undefined) symlinkSync(process.cwd(), join(folder, link))
  const argv = command.split(' ').map((word) => (/^\.$|\.yaml$/.test(word) ? join(folder, word) : word))
  const { stdout } = await run([...argv, '-o', 'json'])
  for (const name of [file, link]) if (name !== undefined) rmSync(join(folder, name))
  return (JSON.parse(stdout) as CheckResult).diagnostics
}

const codesOf = (diagnostics: readonly Diagnostic[]) => [...new Set(diagnostics.map(({ code }) => code))]

test('every code has a page, and every page a code', () => {
  expect(Object.keys(PAGES).sort()).toEqual(Object.keys(CODES).sort())
})

/** Refusals of objects that no answer in the example rests on. */
const DISPENSABLE: readonly string[] = ['NP034']

describe.each(Object.keys(PAGES) as Code[])('%s', (code) => {
  const { wrong, right } = PAGES[code]

  test('its example gives this code and no other', async () => {
    expect(codesOf(await diagnosticsOf(wrong))).toEqual([code])
  })

  test('codes below NP100 stop the run, but for what an answer can do without; the others do not', async () => {
    const stops = (await diagnosticsOf(wrong)).map(({ severity }) => severity === 'error')
    expect([...new Set(stops)]).toEqual([code < 'NP100' && !DISPENSABLE.includes(code)])
  })

  test.skipIf(right === null)('what is shown as correct gives no code at all', async () => {
    expect(codesOf(await diagnosticsOf(right ?? wrong))).toEqual([])
  })
})
