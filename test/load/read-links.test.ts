import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'
import { loadCluster } from '../../src/index.js'
import { readInputs } from '../../src/load/files/read.js'

let root = ''
const before = process.cwd()
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-links-'))
  put(
    'k8s/pods.yaml',
    ['web', 'db'].map((name) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\n`).join('---\n'),
  )
  put('secret', `kind: Pod\nTOKEN: ${SECRET}\nmetadata: { name: ${SECRET}, ${SECRET}: 1 }\n${SECRET}\n`)
})
afterEach(() => {
  process.chdir(before)
  rmSync(root, { recursive: true })
})

const SECRET = 'hunter2'

function put(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const link = (path: string, target: string) => {
  symlinkSync(target, join(root, path))
}

/** Everything that a run prints, in every way to print it. */
async function printed(paths: readonly string[], ...flags: readonly string[]) {
  const outputs = []
  for (const more of [[], ['-v'], ['-o', 'json'], ['--keep-going', '-v'], ['--lenient']]) {
    const argv = ['check', 'web', 'db', ...paths.flatMap((path) => ['-f', join(root, path)]), ...flags, ...more]
    const { code, stdout, stderr } = await run(argv)
    expect(code).not.toBe(3)
    outputs.push(stdout, stderr)
  }
  return outputs.join('\n')
}

describe('a link to a file outside of what is named', () => {
  test.each([
    ['up', '../secret'],
    ['absolute', '/proc/self/environ'],
    ['by way of another link', 'first.lnk'],
  ])('is refused: %s', (_, target) => {
    link('k8s/first.lnk', '../secret')
    link('k8s/a.yaml', target)
    expect(readInputs([join(root, 'k8s')], {}).problems).toEqual([
      {
        code: 'NP001',
        file: join(root, 'k8s/a.yaml'),
        message: 'is a link that leads out of what was named with -f, and was not read',
        help: 'name the file itself with -f as well, leave the link out with --exclude, or allow such links with --follow-links',
      },
    ])
    expect(loadCluster(join(root, 'k8s')).answerable).toBe(false)
  })

  test('is read where its target is named as well, in any order', () => {
    link('k8s/a.yaml', '../far/policy.yaml')
    put('far/policy.yaml', 'a: 1\n')
    for (const paths of [['k8s', 'far'], ['far', 'k8s'], ['k8s', 'far/policy.yaml'], ['.']]) {
      expect(
        readInputs(
          paths.map((path) => join(root, path)),
          {},
        ).problems,
      ).toEqual([])
    }
  })

  test('is no such link where it stays inside', () => {
    link('k8s/a.yaml', './pods.yaml')
    expect(readInputs([join(root, 'k8s')], {})).toMatchObject({ files: [{ isLinked: false }], problems: [] })
  })

  test('is read with --follow-links, and nothing of it is shown', async () => {
    link('k8s/a.yaml', '../secret')
    const { files, problems } = readInputs([join(root, 'k8s')], { followLinks: true })
    expect([files.map(({ isLinked }) => isLinked), problems]).toEqual([[true, false], []])
    const text = await printed(['k8s'], '--follow-links')
    expect(text).toContain('a link leads to this file, so nothing of it is shown')
    expect(text).not.toContain(SECRET)
  })
})

describe('a link that is named', () => {
  test.each([
    ['is the file', 'k8s/link.lnk', '../secret', 'k8s/link.lnk'],
    ['stands above it', 'elsewhere', '.', 'elsewhere/secret'],
    ['is the folder', 'all', 'deep', 'all'],
  ])('is read, but nothing of it is shown, where the link %s', async (_, at, target, path) => {
    put('deep/secret.yaml', `kind: Pod\n${SECRET}\n`)
    link(at, target)
    const text = await printed(['k8s/pods.yaml', path])
    expect(text).toMatch(/so nothing of it is shown|cannot be read/)
    expect(text).not.toContain(SECRET)
  })

  test('but a file that is named by its own path is shown', async () => {
    expect(await printed(['secret'])).toContain(SECRET)
    process.chdir(root)
    expect((await run(['check', 'web', 'db', '-f', 'k8s/../secret'])).stderr).toContain(SECRET)
  })
})

describe('what has no end, or no size', () => {
  test('a file of size 0 that holds something is read to its end, and no further than the limit', () => {
    const [status] = readInputs(['/proc/self/status'], {}).files
    expect(status?.text).toMatch(/^Name:/)
    expect(readInputs(['/proc/self/status'], { maxBytes: 100 }).problems).toMatchObject([{ code: 'NP028' }])
  })

  test('a pipe in the place of a link target is no file', () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    link('k8s/a.yaml', '../pipe')
    const { warnings, problems } = readInputs([join(root, 'k8s')], { followLinks: true })
    expect([warnings.map(({ code }) => code), problems]).toEqual([['NP135'], []])
  })
})

describe('a source that is named and yields nothing is an error (NP027)', () => {
  const good = 'k8s/pods.yaml'

  test.each([
    ['an empty file', '', 'the file is empty'],
    ['a file with blanks only', ' \n\r\n\t\n', 'the file is empty'],
  ])('%s', (_, text, message) => {
    put('nothing.yaml', text)
    const { problems } = readInputs([join(root, good), join(root, 'nothing.yaml')], {})
    expect(problems).toMatchObject([{ code: 'NP027', file: join(root, 'nothing.yaml'), message }])
    put('k8s/nothing.yaml', text)
    expect(readInputs([join(root, 'k8s')], {}).problems).toEqual([])
  })

  test('but not a file with comments and separators, as a chart may render to', () => {
    put('nothing.yaml', '# Source: a/b.yaml\n---\n')
    expect(readInputs([join(root, 'nothing.yaml')], {}).problems).toEqual([])
  })

  test.each(['', '\n\n', '# nothing\n---\r\n# at all'])('standard input beside a file: %j', async (stdin) => {
    const { code, stderr } = await run(['check', 'web', 'db', '-f', join(root, good), '-f', '-'], { stdin })
    expect([code, stderr]).toEqual([2, expect.stringContaining('error[NP027]: standard input is empty')])
  })

  test('a folder', () => {
    mkdirSync(join(root, 'empty/deep'), { recursive: true })
    put('other/notes.txt', 'a: 1')
    const problemsOf = (exclude: readonly string[], ...paths: readonly string[]) =>
      readInputs(
        paths.map((path) => join(root, path)),
        { exclude },
      ).problems.map(({ message }) => message)
    const none = 'no manifests were found in this folder'
    expect(problemsOf([], 'k8s', 'empty', 'other')).toEqual([none, none])
    expect(problemsOf(['pods.yaml'], 'k8s')).toEqual(['an exclude leaves out every manifest in this folder'])
    expect(problemsOf([], 'k8s', 'k8s/pods.yaml', 'k8s')).toEqual([])
  })
})

describe('node_modules and .terraform are left out aloud (NP135)', () => {
  test('with a link, which kubectl follows', () => {
    put('.terraform/notes.txt', '')
    link('.terraform/a.yaml', '../../hidden.txt')
    expect(warned()).toEqual(['NP135 .terraform'])
  })

  const warned = (exclude: readonly string[] = []) =>
    readInputs([root], { exclude }).warnings.map(({ code, file }) => `${code} ${file.replace(`${root}/`, '')}`)

  test.each<[string, string | Buffer, boolean]>([
    ['a policy', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n', true],
    ['a policy in JSON with escapes', '{"\\u0061piVersion": "v1", "\\u006bind": "NetworkPolicy"}', true],
    ['a policy in UTF-16', Buffer.from('\ufeffapiVersion: v1\nkind: Pod\n', 'utf16le'), true],
    ['a policy whose kind alone is spelled oddly', 'apiVersion: v1\n"k\\x69nd": Pod\n', true],
    ['a policy with a folded key', '? "api\\\n  Version"\n: v1\n? "ki\\\r\n  nd"\n: Pod\n', true],
    ['a list of JSON', '{"kind": "List", "items": [{"apiVersion": "v1"}]}', true],
    ['objects of JSON', '{"apiVersion": "v1", "kind": "Pod"} {}', true],
    ['binary keys', '!!binary YXBpVmVyc2lvbg==: v1\n', true],
    ['keys that are binary in other words', '!!bin%61ry YXBpVmVyc2lvbg==: v1\n', true],
    ['something too long to look at', `a: ${'x'.repeat(2 ** 24)}\n`, true],
    ['a long lock file', JSON.stringify({ packages: { 'a\\u0041': { apiVersion: 'kind '.repeat(2 ** 18) } } }), false],
    ['settings of another tool', 'language: node_js\n', false],
  ])('with %s', (_, text, expected) => {
    for (const folder of ['node_modules/a/b', '.terraform']) {
      put(`${folder}/package.json`, '{"apiVersion": 1, "kind": 2}')
      put(`${folder}/c.yaml`, text)
    }
    expect(warned()).toEqual(expected ? ['NP135 .terraform', 'NP135 node_modules'] : [])
    expect(warned(['.terraform', 'node_modules/'])).toEqual([])
    expect(readInputs([root], { exclude: ['node_modules'] }).excluded).toEqual([`${root}/node_modules/`])
  })

  test.each(['package.json', 'package-lock.json', 'tsconfig.json', '.eslintrc.json', '.package-lock.json'])(
    'with a policy called %s, as every package has one',
    (name) => {
      put(`node_modules/${name}`, '{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy"}')
      expect(warned()).toEqual(['NP135 node_modules'])
    },
  )
})
