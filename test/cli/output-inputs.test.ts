import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/index.js'
import { pod } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'

const here = process.cwd()
const TEXT = [pod('a', 'x', {}, null), pod('a', 'y', {}, null)].join('---\n')
const FILES = ['in.yaml', 'k8s/in.yaml', 'k8s/deep/in.json', 'k8s/node_modules/in.yaml', 'k8s/notes.txt', 'far/in.yaml']
let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-output-'))
  for (const path of FILES) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), path.endsWith('.json') ? '{}' : TEXT)
  }
  symlinkSync('in.yaml', join(root, 'link'))
  symlinkSync('../far/in.yaml', join(root, 'k8s/far.yaml'))
  symlinkSync('k8s', join(root, 'folder'))
  process.chdir(root)
})
afterEach(() => {
  process.chdir(here)
  rmSync(root, { recursive: true })
})

const REFUSED = /^error\[NP030\]: `--output-file` would overwrite `[^`]+`, which is read\n {2}= help: [^\n]+\n$/

describe('--output-file over an input is refused, and nothing is written', () => {
  test.each([
    ['-f in.yaml', 'in.yaml'],
    ['-f in.yaml', './k8s/../in.yaml'],
    ['-f in.yaml', 'link'],
    ['-f link', 'in.yaml'],
    ['-f far -f in.yaml', 'in.yaml'],
    ['-f k8s/notes.txt', 'k8s/notes.txt'],
    ['-f k8s', 'k8s/in.yaml'],
    ['-f k8s', 'k8s/deep/in.json'],
    ['-f k8s', 'folder/in.yaml'],
    ['-f folder/', 'k8s/in.yaml'],
    ['-f k8s', 'k8s/far.yaml'],
    ['-f k8s --exclude far.yaml --exclude deep/', 'k8s/in.yaml'],
    ['', 'in.yaml'],
  ])('%s --output-file %s', async (inputs, file) => {
    const before = readFileSync(file, 'utf8')
    for (const question of ['check a/x a/y', 'matrix']) {
      const argv = [...question.split(' '), ...inputs.split(' ').filter((word) => word !== ''), '--output-file', file]
      const { code, stdout, stderr } = await run(argv)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(REFUSED)
      expect(readFileSync(file, 'utf8')).toBe(before)
    }
  })

  test('but for the answer of an earlier run', async () => {
    const argv = [
      'check',
      'a/x',
      'a/y',
      '-f',
      'k8s/in.yaml',
      '-f',
      'k8s/deep',
      '-o',
      'json',
      '--output-file',
      'k8s/deep/out.json',
    ]
    expect((await run(argv)).code).toBe(0)
    const first = readFileSync('k8s/deep/out.json', 'utf8')
    expect((await run(argv)).code).toBe(0)
    expect(JSON.parse(readFileSync('k8s/deep/out.json', 'utf8'))).toMatchObject({ command: 'check', verdict: 'allow' })
    expect(first).toContain('"verdict": "allow"')
  })

  test('which the answer in JSON says as well', async () => {
    const { code, stdout } = await run([
      'check',
      'a/x',
      'a/y',
      '-f',
      'k8s',
      '-o',
      'json',
      '--output-file',
      'k8s/in.yaml',
    ])
    const { verdict, diagnostics } = JSON.parse(stdout) as CheckResult
    expect([code, verdict, diagnostics.map((one) => one.code)]).toEqual([2, null, ['NP030']])
    expect(readFileSync('k8s/in.yaml', 'utf8')).toBe(TEXT)
  })

  test('the settings of the project are an input, and so is what they name', async () => {
    writeFileSync('netpol-sim.yaml', 'inputs: [far]\n')
    for (const file of ['netpol-sim.yaml', 'far/in.yaml']) {
      expect(await run(['check', 'a/x', 'a/y', '--output-file', file])).toMatchObject({ code: 2, stdout: '' })
    }
    expect(readFileSync('netpol-sim.yaml', 'utf8')).toBe('inputs: [far]\n')
    expect(readFileSync('far/in.yaml', 'utf8')).toBe(TEXT)
  })
})

describe('--output-file beside what is read is written', () => {
  test.each([
    ['-f in.yaml', 'far/in.yaml'],
    ['-f far', 'in.yaml'],
    ['-f k8s', 'k8s/new.yaml'],
    ['-f k8s', 'k8s/notes.txt'],
    ['-f k8s', 'k8s/node_modules/in.yaml'],
    ['-f k8s --exclude deep', 'k8s/deep/in.json'],
    ['-f k8s --exclude ./k8s/deep/*', 'k8s/deep/in.json'],
    ['-f far -f k8s/in.yaml', 'k8s/deep/in.json'],
  ])('%s --output-file %s', async (inputs, file) => {
    const { code, stderr } = await run([
      'check',
      'a/x',
      'a/y',
      '-q',
      '--follow-links',
      ...inputs.split(' '),
      '--output-file',
      file,
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(readFileSync(file, 'utf8')).toMatch(/^ALLOWED/)
  })
})
