import { existsSync, readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import * as library from '../src/index.js'
import { run } from './support/cli-io.js'

const readme = readFileSync('README.md', 'utf8')
const commands = [...readme.matchAll(/```console\n\$ npx netpol-sim (.*)\n([^]*?)```/g)]

test('README shows what the commands print', async () => {
  expect(commands.length).toBeGreaterThan(2)
  for (const [, command = '', output] of commands) {
    expect((await run(command.split(' '))).stdout).toBe(output)
  }
})

test('what README links to is there, in the packed tarball, too', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly files: readonly string[] }
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(3)
  expect(links.filter((link) => !existsSync(link))).toEqual([])
  expect(links.filter((link) => !files.some((file) => link === file || link.startsWith(`${file}/`)))).toEqual([])
})

test('the example of the library prints what its comments say', () => {
  const [, example = ''] = /```ts\n([^]*?)```/.exec(readme) ?? []
  const printed: unknown[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((text) => void printed.push(text))
  const body = example.replace(/^import .*$/m, '')
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the README is ours
  new Function('check', 'parseCluster', body)(library.check, library.parseCluster)
  log.mockRestore()
  expect(printed).toEqual([...example.matchAll(/\/\/ (.*)$/gm)].map(([, comment]) => comment))
})
