import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const QUESTION = 'check -f fixtures/clusters/production production/frontend production/backend:8080 -q'.split(' ')
const MATRIX = 'matrix -f fixtures/clusters/production -q'.split(' ')

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-outputs-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const at = (name: string) => join(root, name)
const printed = async (argv: readonly string[], format: string) => (await run([...argv, '-o', format])).stdout

describe('-o FORMAT=FILE', () => {
  test('writes what -o FORMAT prints, and prints nothing', async () => {
    expect(await run([...QUESTION, '-o', `json=${at('a=b.json')}`])).toMatchObject({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(at('a=b.json'), 'utf8')).toBe(await printed(QUESTION, 'json'))
  })

  test('can be repeated, beside one format that is printed: one run, many reports', async () => {
    const outputs = [
      '-o',
      `json=${at('m.json')}`,
      '-o',
      'list',
      '-o',
      `csv=${at('m.csv')}`,
      `--output=markdown=${at('m.md')}`,
    ]
    const { code, stdout } = await run([...MATRIX, ...outputs])
    expect([code, stdout]).toEqual([0, await printed(MATRIX, 'list')])
    for (const [name, format] of [
      ['m.json', 'json'],
      ['m.csv', 'csv'],
      ['m.md', 'markdown'],
    ] as const)
      expect(readFileSync(at(name), 'utf8')).toBe(await printed(MATRIX, format))
    expect(readdirSync(root).toSorted()).toEqual(['m.csv', 'm.json', 'm.md'])
  })

  test('leaves to --output-file what would be printed', async () => {
    const { stdout } = await run([...MATRIX, '-o', `json=${at('m.json')}`, '--output-file', at('m.txt')])
    expect(stdout).toBe('')
    expect(readFileSync(at('m.txt'), 'utf8')).toBe(await printed(MATRIX, 'table'))
  })

  test('is there on every command that has formats', async () => {
    expect(await run(['explain', 'NP012', '-o', `json=${at('page.json')}`])).toMatchObject({ code: 0, stdout: '' })
    expect(JSON.parse(readFileSync(at('page.json'), 'utf8'))).toMatchObject({ code: 'NP012' })
  })

  test('is JSON also where there is no answer; formats without words for it leave what was there', async () => {
    writeFileSync(at('m.csv'), 'before')
    const argv = [...MATRIX, '--to', 'nobody/there', '-o', `json=${at('m.json')}`, '-o', `csv=${at('m.csv')}`]
    expect(await run(argv)).toMatchObject({ code: 2, stdout: '' })
    expect(JSON.parse(readFileSync(at('m.json'), 'utf8'))).toMatchObject({ connections: null })
    expect(readFileSync(at('m.csv'), 'utf8')).toBe('before')
  })

  test('that cannot be written is exit 2; the others are written', async () => {
    symlinkSync('elsewhere', at('link'))
    const { code, stdout, stderr } = await run([
      ...MATRIX,
      '-o',
      `csv=${at('link')}`,
      '-o',
      `json=${at('m.json')}`,
      '-o',
      'list',
    ])
    expect(code).toBe(2)
    expect(stderr).toBe(`error: the output could not be written: \`${at('link')}\` is a link, expected a file\n`)
    expect(stdout).toBe(await printed(MATRIX, 'list'))
    expect(readdirSync(root).toSorted()).toEqual(['link', 'm.json'])
  })

  test('never replaces what is read', async () => {
    writeFileSync(at('m.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n')
    const { code, stderr } = await run(['matrix', root, '-o', `json=${at('m.yaml')}`])
    expect(code).toBe(2)
    expect(stderr).toContain(`\`-o json=FILE\` would overwrite \`${at('m.yaml')}\`, which is read`)
  })

  test.each([
    [['-o', 'text', '-o', 'json'], '`-o text` and `-o json` cannot both be printed'],
    [['-o', 'json='], '`-o json=` needs a name of a file'],
    [['-o', 'json=-'], '-o json prints'],
    [['-o', 'text=x', '-o', 'json=./x'], 'is named for two outputs'],
    [['-o', 'json=x', '--output-file', 'x'], 'is named for two outputs'],
    [['-o', 'yaml=x'], 'Allowed choices are text, json.'],
    [['-o', '=x'], 'Allowed choices are text, json.'],
  ])('%j is refused, and nothing is written', async (flags, message) => {
    const { code, stderr } = await run([...QUESTION, ...flags])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
