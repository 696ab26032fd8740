import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const page = readFileSync('docs/tiers.md', 'utf8')
const manifests = [...page.matchAll(/```yaml\n# (\S+)\n([^`]*)```/g)]
const sessions = [...page.matchAll(/```console\n\$ netpol-sim (.*)\n([^`]*)```/g)]

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-tiers-'))
beforeAll(() => {
  for (const [, name = '', text = ''] of manifests) writeFileSync(join(folder, name), text)
  for (const [side, file] of [
    ['before', 'old.yaml'],
    ['after', 'guard.yaml'],
  ] as const) {
    mkdirSync(join(folder, side))
    for (const name of ['pods.yaml', file]) copyFileSync(join(folder, name), join(folder, side, name))
  }
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('the page has manifests and sessions', () => {
  expect(manifests.map(([, name]) => name)).toEqual(['guard.yaml', 'pods.yaml', 'shop.yaml', 'old.yaml'])
  expect(sessions.length).toBe(3)
})

test.each(sessions.map(([, command = '', output = '']) => [command, output] as const))(
  'C-1, C-2, C-5, C-7: `netpol-sim %s` answers what the page shows',
  async (command, output) => {
    const argv = command.split(' ').map((word) => (/\.yaml$|^before$|^after$/.test(word) ? join(folder, word) : word))
    const { stdout } = await run(argv)
    const aligned = (text: string) => text.replaceAll(`${folder}/`, '').replace(/ {2,}/g, '  ').trim()
    expect(aligned(stdout)).toBe(aligned(output))
  },
)
