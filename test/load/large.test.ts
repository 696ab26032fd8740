import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCluster } from '../../src/index.js'
import { filler, jsonPod, NAMES, POLICY } from './large-inputs.js'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-large-'))
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

/** Two million characters that are in no way special, on lines of their own. */
const FILLER = filler(20_000, 96)

const podOf = (name: string) => jsonPod(name, FILLER)

/** large-pieces.test.ts has every form of list, in small pieces; here are the real ones. */
describe('a file that is too large for one text is read in pieces', () => {
  test('a list of 40 MB, and what is wrong in it has its place and its line', () => {
    const path = join(root, 'list.json')
    const text = `{\n"apiVersion": "v1",\n"items": [\n${NAMES.map(podOf).join(',\n')}\n],\n"kind": "List"}\n${POLICY}`
    writeFileSync(path, text)
    const { workloads, policies, diagnostics, excerpt } = loadCluster(path, { keepGoing: true })
    expect([workloads.length, policies.length]).toEqual([NAMES.length - 1, 1])
    const line = text.slice(0, text.indexOf('"BAD"')).split('\n').length
    expect(diagnostics).toMatchObject([{ code: 'NP011', line }])
    expect(excerpt(path, line)).toBe('    "name": "BAD",')
    rmSync(path)
    expect(excerpt(path, line)).toBeNull()
  })

  test('from standard input as well', () => {
    const text = `{"apiVersion": "v1", "kind": "PodList", "items": [${NAMES.slice(0, 6).map(podOf).join(',')}]}`
    const bytes = Buffer.from(text + ' '.repeat(2 ** 25))
    expect(loadCluster('-', { readStdin: () => bytes }).workloads).toHaveLength(6)
  })

  test('one object that is larger than any may be is NP028', () => {
    const path = join(root, 'one.yaml')
    writeFileSync(
      path,
      `${POLICY}---\n# c\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n${'  - x\n'.repeat(6_000_000)}${POLICY}`,
    )
    const cluster = loadCluster(path)
    expect(cluster.diagnostics).toMatchObject([
      {
        code: 'NP028',
        line: 6,
        message: 'the object is larger than 3 MiB',
        help: 'raise the limit with `--max-input`',
      },
    ])
    expect(cluster.inventory).toMatchObject({ used: 2, error: 1 })
  })
})
