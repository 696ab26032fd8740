import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadCluster } from '../../src/index.js'
import { readInputs } from '../../src/load/files/read.js'
import { processorTime } from '../support/processor-time.js'

const root = mkdtempSync(join(tmpdir(), 'netpol-sim-exclude-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})
const ALL = ['a.yaml', 'k8s/base/b.yaml', 'k8s/overlays/dev/b.yaml', 'k8s/overlays/prod/b.yaml', 'k8s/test.yaml']
const ODD = ['odd/[x].yaml', 'odd/a*b.yaml', 'odd/a-b.yaml', 'odd/x.yaml', 'odd/é.yaml']
for (const path of [...ALL, ...ODD]) {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), `# ${path}\n`)
}

function readWithout(exclude: readonly string[], paths: readonly string[] = ['']): readonly string[] {
  const named = paths.map((path) => join(root, path))
  return readInputs(named, { exclude }).files.map(({ file }) => relative(root, file))
}

/** What `exclude` takes away from the folder. */
function leftOut(exclude: string, folder = ''): readonly string[] {
  const left = readWithout([exclude], [folder])
  return readWithout([], [folder]).filter((file) => !left.includes(file))
}

describe('--exclude', () => {
  test.each([
    ['b.yaml', ['k8s/base/b.yaml', 'k8s/overlays/dev/b.yaml', 'k8s/overlays/prod/b.yaml']],
    ['overlays', ['k8s/overlays/dev/b.yaml', 'k8s/overlays/prod/b.yaml']],
    ['overlays/', ['k8s/overlays/dev/b.yaml', 'k8s/overlays/prod/b.yaml']],
    ['test.yaml/', []],
    ['overlays/dev', []],
    ['k8s/overlays/dev', ['k8s/overlays/dev/b.yaml']],
    ['/k8s/overlays/dev/', ['k8s/overlays/dev/b.yaml']],
    ['/b.yaml', []],
    ['/a.yaml', ['a.yaml']],
    ['**/dev', ['k8s/overlays/dev/b.yaml']],
    ['k8s/**/b.yaml', ['k8s/base/b.yaml', 'k8s/overlays/dev/b.yaml', 'k8s/overlays/prod/b.yaml']],
    ['k8s/base/**/b.yaml', ['k8s/base/b.yaml']],
    ['k8s/overlays/**', ['k8s/overlays/dev/b.yaml', 'k8s/overlays/prod/b.yaml']],
    ['k8s/*', ['k8s/base/b.yaml', 'k8s/overlays/dev/b.yaml', 'k8s/overlays/prod/b.yaml', 'k8s/test.yaml']],
    ['k8s/*.yaml', ['k8s/test.yaml']],
    ['t?st.yaml', ['k8s/test.yaml']],
    ['t*t*.y*l', ['k8s/test.yaml']],
    ['[!a-b].yaml', ['odd/x.yaml', 'odd/é.yaml']],
    ['[xé].yaml', ['odd/x.yaml', 'odd/é.yaml']],
    ['[[]x].yaml', ['odd/[x].yaml']],
    ['a\\*b.yaml', ['odd/a*b.yaml']],
    ['[x.yaml', []],
    ['nothing', []],
    ['', []],
    ['/', []],
    ['.', []],
    ['./', []],
  ])('%s', (glob, expected) => {
    expect(leftOut(glob)).toEqual(expected)
  })

  test('counts from the folder that was named', () => {
    expect(leftOut('overlays/dev', 'k8s')).toEqual(['k8s/overlays/dev/b.yaml'])
    expect(leftOut('/base', 'k8s')).toEqual(['k8s/base/b.yaml'])
  })

  test('takes a path as messages show it, too', () => {
    expect(leftOut(join(root, 'k8s/overlays/dev'), 'k8s')).toEqual(['k8s/overlays/dev/b.yaml'])
    expect(leftOut(relative(process.cwd(), join(root, 'k8s/base')), 'k8s')).toEqual(['k8s/base/b.yaml'])
  })

  test('with ./ at its start counts from the current folder only', () => {
    expect(leftOut('./overlays/dev', 'k8s')).toEqual([])
    const { files } = readInputs(['fixtures/clusters'], { exclude: ['./fixtures/clusters/demo'] })
    expect(files.filter(({ file }) => file.includes('demo/'))).toEqual([])
    expect(files.length).toBeGreaterThan(2)
  })

  test('does not count for what is named itself', () => {
    expect(readWithout(['b.yaml', 'k8s'], ['k8s/base/b.yaml', ''])).not.toContain('k8s/test.yaml')
    expect(readWithout(['b.yaml'], ['k8s/base/b.yaml', 'k8s'])).toEqual(['k8s/base/b.yaml', 'k8s/test.yaml'])
    expect(readWithout(['overlays'], ['k8s/overlays'])).toHaveLength(2)
  })

  test('keeps what is left out from being opened at all', () => {
    mkdirSync(join(root, 'bad'))
    writeFileSync(join(root, 'bad/binary.yaml'), Buffer.from('kind: Pod\xff', 'latin1'))
    expect(readInputs([root], {}).problems).toMatchObject([{ code: 'NP002' }])
    expect(readInputs([root], { exclude: ['bad'] }).problems).toEqual([])
    rmSync(join(root, 'bad'), { recursive: true })
  })

  test('costs no more for a hostile glob', () => {
    const name = `${'a'.repeat(240)}.yaml`
    writeFileSync(join(root, name), '')
    const took = processorTime(() => {
      expect(leftOut(`${'a*'.repeat(200)}b`)).toEqual([])
      expect(leftOut(`${'**/a*/'.repeat(2000)}b`)).toEqual([])
    })
    expect(took).toBeLessThan(2000)
    rmSync(join(root, name))
  })

  test('is an option of the library', () => {
    const without = loadCluster('fixtures/clusters', { exclude: ['*.yaml'] })
    expect(without.inventory.files).toBe(0)
  })
})

describe('files with nearly the name of a manifest', () => {
  const remarksOf = (exclude: readonly string[] = []) => readInputs([root], { exclude }).remarks
  const near = ['a.yml.j2', 'b.yaml.tpl', 'k8s/c.yaml.bak', 'k8s/D.YAML', 'e.jsonnet', 'f.json~']

  test('are counted in one remark for the folder', () => {
    expect(remarksOf()).toEqual([])
    for (const path of [...near, 'notes.txt', 'yaml', 'template.tpl']) writeFileSync(join(root, path), '')
    expect(remarksOf()).toMatchObject([{ code: 'NP132', file: root }])
    expect(remarksOf()[0]?.message).toBe(
      `6 files have nearly the name of a manifest and were not read: ${near
        .toSorted()
        .slice(0, 3)
        .map((path) => `\`${join(root, path)}\``)
        .join(', ')} and 3 more`,
    )
    expect(remarksOf(['*.j2', '*.tpl', 'k8s', 'e.*'])[0]?.message).toBe(
      `1 file has nearly the name of a manifest and was not read: \`${join(root, 'f.json~')}\``,
    )
    for (const path of near) rmSync(join(root, path))
  })
})

test('hostile globs beside as many files are refused with the limit, before they take minutes', () => {
  const many = mkdtempSync(join(tmpdir(), 'netpol-sim-exclude-'))
  for (let at = 0; at < 3000; at++) writeFileSync(join(many, `${'a'.repeat(200)}${at}.txt`), '')
  const lists = [
    Array.from({ length: 64 }, (_, at) => `*${'a'.repeat(120)}b${at}*`),
    Array.from({ length: 4999 }, (_, at) => `?${String.fromCodePoint(0x4e00 + at)}`),
    Array.from({ length: 4000 }, () => '**/b/c'),
  ]
  for (const exclude of lists) {
    const time = processorTime(() => {
      expect(readInputs([many], { exclude }).problems).toMatchObject([
        { code: 'NP028', message: 'the globs of `exclude` are too many for so many files' },
      ])
    })
    expect(time).toBeLessThan(30_000)
  }
  rmSync(many, { recursive: true })
})
