import { mkdirSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findAssertionFiles } from '../../src/load/assertions/find-files.js'
import { readInputs } from '../../src/load/files/read.js'
import { commitOf, type Commit } from '../../src/sides/commit.js'
import { processorTime } from '../support/processor-time.js'
import { currentRepository, type ScratchRepository } from '../support/scratch-repository.js'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'
/** Milliseconds of the processor: each of these took minutes, or all of the memory. */
const SOON = 20_000

let repository: ScratchRepository
beforeEach(() => {
  repository = currentRepository()
})
afterEach(() => {
  repository.remove()
})

/** Puts an object into the repository as git would not: whatever it holds. */
function put(kind: 'blob' | 'tree' | 'commit', content: string | Buffer): string {
  const data = Buffer.concat([Buffer.from(`${kind} ${Buffer.byteLength(content)}\0`), Buffer.from(content)])
  const hash = createHash('sha1').update(data).digest('hex')
  const file = join(repository.root, '.git/objects', hash.slice(0, 2), hash.slice(2))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, deflateSync(data))
  return hash
}

function timed<Result>(action: () => Result): { readonly time: number; readonly result: Result } {
  const results: Result[] = []
  const time = processorTime(() => results.push(action()))
  const [result] = results
  if (result === undefined) throw new Error('there is a result')
  return { time, result }
}

type Entries = Readonly<Record<string, readonly [mode: string, hash: string]>>

function tree(entries: Entries): string {
  const parts = Object.entries(entries).map(([name, [mode, hash]]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(hash, 'hex')]),
  )
  return put('tree', Buffer.concat(parts))
}

function open(root: string): Commit {
  const commit = put('commit', `tree ${root}\nauthor a <a@b> 0 +0000\ncommitter a <a@b> 0 +0000\n\nx\n`)
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent' }
  const found = commitOf(commit, { top: repository.root, cwd: process.cwd(), env })
  if ('problem' in found) throw new Error(found.problem)
  return found
}

/** A folder in ten places of a folder in ten places, and so on. */
function tenfold(inner: string, levels: number): string {
  let folder = inner
  for (let level = 0; level < levels; level++)
    folder = tree(Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`d${at}`, ['40000', folder]])))
  return folder
}

describe('a small commit that stands for more than anybody could read', () => {
  const read = (commit: Commit, path = '.') => {
    commit.files.prefetch([path])
    return readInputs([path], { fileSystem: commit.files })
  }

  test('by repeating a folder of manifests, or of nothing, is refused with the limit', () => {
    for (const inner of [tree({ 'a.yaml': ['100644', put('blob', '')] }), tree({})]) {
      const commit = open(tenfold(inner, 10))
      const { time, result } = timed(() => read(commit))
      expect(result.problems.filter(({ code }) => code === 'NP028')).toHaveLength(1)
      expect(time).toBeLessThan(SOON)
    }
  })

  test('beside what is read does not keep it from being read', () => {
    const k8s = tree({ 'a.yaml': ['100644', put('blob', POD)] })
    const commit = open(tree({ bomb: ['40000', tenfold(k8s, 10)], k8s: ['40000', k8s] }))
    expect(read(commit, 'k8s')).toMatchObject({ problems: [], files: [{ file: 'k8s/a.yaml', text: POD }] })
  })

  test('is an error where assertion files are searched in it', () => {
    const commit = open(tenfold(tree({ 'a.txt': ['100644', put('blob', '')] }), 10))
    const { time, result } = timed(() => findAssertionFiles(['.'], commit.files))
    expect(result.problems).toMatchObject([{ code: 'NP028' }])
    expect(time).toBeLessThan(SOON)
  })

  test('by folders in folders is refused with the limit', () => {
    let folder = tree({ 'a.yaml': ['100644', put('blob', POD)] })
    for (let level = 0; level < 300; level++) folder = tree({ d: ['40000', folder] })
    expect(() => open(folder)).toThrow('the commit has folders more than 256 levels deep')
  })

  test('by a folder that packs well is refused with the limit, by git itself', () => {
    const line = Buffer.concat([Buffer.from('100644 0000000.txt\0'), Buffer.alloc(20)])
    const large = put('tree', Buffer.alloc(2 ** 26 + line.length, line))
    const folder = tree({ a: ['40000', large] })
    expect(() => open(folder)).toThrow('the folders of the commit are larger than 64 MiB')
  })

  test('by files that pack well is refused with the limit, and one that fits is read', () => {
    const large = put('blob', Buffer.alloc(2 ** 27 + 1, '# a\n'))
    const commit = open(tree({ 'a.yaml': ['100644', large], 'b.yaml': ['100644', put('blob', POD)] }))
    const { files, problems } = read(commit)
    expect(files).toMatchObject([{ file: 'b.yaml' }])
    expect(problems).toMatchObject([
      { file: 'a.yaml', message: expect.stringContaining('larger than 128 MiB') as string },
    ])
  })

  test('by links that lead over thousands of names costs no more than those', () => {
    const link = put('blob', `${'d/../'.repeat(800)}a.txt`)
    const links = Array.from({ length: 5000 }, (_, at) => [`${at}.yaml`, ['120000', link]] as const)
    const commit = open(
      tree({
        ...Object.fromEntries(links),
        'a.txt': ['100644', put('blob', POD)],
        d: ['40000', tree({ 'a.txt': ['100644', put('blob', POD)] })],
      }),
    )
    const { time, result } = timed(() => read(commit))
    expect(result.problems.length).toBeGreaterThan(0)
    expect(result.problems[0]?.message).toContain('links of the commit lead over more than')
    expect(time).toBeLessThan(SOON)
  })

  test('by a `.gitattributes` of many lines costs no more than reading it', () => {
    const attributes = put('blob', 'x ident\n'.repeat(2 ** 17))
    const file = put('blob', `${POD}# $Id$\n`)
    const files = Array.from({ length: 5000 }, (_, at) => [`${at}.yaml`, ['100644', file]] as const)
    const commit = open(tree({ '.gitattributes': ['100644', attributes], ...Object.fromEntries(files) }))
    const { time, result } = timed(() => read(commit))
    expect(result).toMatchObject({ problems: [] })
    expect(result.files).toHaveLength(5000)
    expect(time).toBeLessThan(SOON)
    const larger = open(
      tree({ '.gitattributes': ['100644', put('blob', 'x '.repeat(2 ** 20))], 'a.yaml': ['100644', file] }),
    )
    expect(read(larger).problems).toMatchObject([
      { message: expect.stringContaining('.gitattributes of the commit is larger than 1 MiB') as string },
    ])
  })
})

test('a folder of a commit that no checkout can have is an error', () => {
  const blob = put('blob', POD)
  for (const name of ['..', '.', '.GIT', 'a/b.yaml', '']) {
    const commit = open(tree({ [name]: ['100644', blob] }))
    expect([name, readInputs(['.'], { fileSystem: commit.files }).problems[0]?.message]).toEqual([
      name,
      'cannot be read: the commit has paths that no checkout can have',
    ])
  }
  expect(() => open(put('tree', '100644 a.yaml'))).toThrow('broken')
  expect(() => open(put('tree', `9 a.yaml\0${'x'.repeat(20)}`))).toThrow('broken')
})

test('the mode of an entry is read as git reads it: what is no file, link or folder is a submodule', () => {
  const blob = put('blob', POD)
  const commit = open(tree({ 'a.yaml': ['0100664', blob], 'b.yaml': ['60000', blob] }))
  const { files, problems } = readInputs(['.'], { fileSystem: commit.files })
  expect(files).toMatchObject([{ file: 'a.yaml' }])
  expect(problems).toMatchObject([{ file: 'b.yaml', message: expect.stringContaining('submodule') as string }])
})
