import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DIFF } from '../../src/cli/commands/diff.js'
import { SHOP, policyOf } from '../support/assertion-cluster.js'
import { closed, complaints, validator } from '../support/cli-schema.js'
import type { DiffOptions } from '../../src/report/diff/diff-report.js'
import { diffTexts } from '../support/diff.js'

const ofResult = validator(closed(JSON.parse(readFileSync('schemas/diff.json', 'utf8'))))

const OPEN = policyOf({ namespace: 'shop', name: 'web', select: { app: 'web' }, rules: 'policyTypes: [Egress]' })

test.each<[string, string, string, DiffOptions?]>([
  ['a change', SHOP, `${SHOP}---\n${OPEN}`],
  ['new workloads', SHOP.replaceAll('tenant-a', 'tenant-c'), SHOP],
  ['no change', SHOP, SHOP],
  ['no answer', SHOP, 'a: ['],
  ['a part of it', SHOP, `${SHOP}---\n${OPEN}`, { from: 'shop/web', to: 'shop/*', port: 80 }],
])('the JSON of %s is what schemas/diff.json says, with nothing besides', (_, base, head, asked = {}) => {
  const result = diffTexts(base, head, {
    ...asked,
    notes: [{ code: 'base-diverged', message: 'x' }],
    settingsChanged: [{ key: 'podCidr', before: null, after: ['10.0.0.0/8'] }],
    failOn: ['any', 'isolation-lost'],
    limit: 1,
  })
  expect(complaints(ofResult, JSON.parse(JSON.stringify(result)))).toEqual([])
})

test('what is said where the command line is wrong fits the schema, too', () => {
  const said = { schemaVersion: 1, command: 'diff', ...DIFF.unanswered, diagnostics: [] }
  expect(complaints(ofResult, said)).toEqual([])
})
