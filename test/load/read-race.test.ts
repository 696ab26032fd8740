import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type * as Fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readInputs } from '../../src/load/files/read.js'

const gone = vi.hoisted(() => ({ file: '' }))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  /** Opens like the original, but for one file that somebody has just taken away. */
  const openSync = (path: Buffer, flags: number) => {
    if (gone.file !== '' && path.toString().endsWith(gone.file)) fs.rmSync(path)
    return fs.openSync(path, flags)
  }
  return { ...fs, openSync }
})

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-race-'))
  mkdirSync(join(root, 'k'))
  for (const name of ['a', 'b', 'c']) writeFileSync(join(root, `k/${name}.yaml`), '')
})
afterEach(() => {
  gone.file = ''
  rmSync(root, { recursive: true })
})

test('a file that vanishes between walk and read is an error, for it may have been a policy', () => {
  gone.file = 'b.yaml'
  const { files, problems } = readInputs([root], {})
  expect(files.map(({ file }) => file)).toEqual([`${root}/k/a.yaml`, `${root}/k/c.yaml`])
  expect(problems).toMatchObject([
    { code: 'NP001', file: `${root}/k/b.yaml`, message: 'cannot be read: there is no such file or folder' },
  ])
})

test.skipIf(process.getuid?.() === 0)('a file or folder that may not be read is an error', () => {
  chmodSync(join(root, 'k/b.yaml'), 0)
  expect(readInputs([root], {}).problems).toMatchObject([{ code: 'NP001', file: `${root}/k/b.yaml` }])
  chmodSync(join(root, 'k'), 0)
  expect(readInputs([root], {}).problems).toMatchObject([
    { code: 'NP001', file: `${root}/k`, message: 'cannot be read: permission denied' },
  ])
  chmodSync(join(root, 'k'), 0o755)
})
