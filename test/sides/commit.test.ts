import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readInputs } from '../../src/load/files/read.js'
import { commitOf, type Commit } from '../../src/sides/commit.js'
import { currentRepository, scratchRepository, type ScratchRepository } from '../support/scratch-repository.js'

let repository: ScratchRepository
const outside: string[] = []
beforeEach(() => {
  repository = currentRepository()
})
afterEach(() => {
  repository.remove()
  for (const folder of outside.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const env = { PATH: process.env['PATH'], HOME: '/nonexistent' }
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'

function open(said: string, more: Readonly<Record<string, string>> = {}): Commit {
  const found = commitOf(said, { top: repository.root, cwd: process.cwd(), env: { ...env, ...more } })
  if ('problem' in found) throw new Error(`${found.problem} (${String(found.help)})`)
  return found
}

function problemOf(said: string): { problem: string; help: string | null } {
  const found = commitOf(said, { top: repository.root, cwd: process.cwd(), env })
  if (!('problem' in found)) throw new Error(`${said} is a commit`)
  return found
}

const filesIn = (commit: Commit, path = '.') => readInputs([path], { fileSystem: commit.files })

describe('a commit and its clean checkout are the same side', () => {
  const name = fc.constantFrom(
    'a',
    'b.yaml',
    'c.yml',
    'd.json',
    'e.yaml.bak',
    'ä.yaml',
    'new\nline.yaml',
    'node_modules',
  )
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
  const content = fc.oneof(
    fc.constantFrom(POD, '', '# nothing\n', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', 'a: [\n'),
    fc.record({
      link: fc.oneof(path, fc.constantFrom('..', '../b.yaml', '.', 'gone.yaml', '../../..', './a/../b.yaml')),
    }),
  )

  test('for trees of any shape, read from the root or from a folder', () => {
    fc.assert(
      fc.property(fc.dictionary(path, content, { minKeys: 1, maxKeys: 8 }), path, (files, named) => {
        repository.remove()
        repository = currentRepository()
        for (const [where, what] of Object.entries(files)) {
          try {
            repository.write({ [where]: what })
          } catch {
            // A file stands where a folder should, or leads elsewhere
          }
        }
        repository.commit()
        const commit = open('HEAD')
        for (const root of ['.', named]) {
          const read = (from: object) => readInputs([root], { exclude: ['d.json'], ...from })
          const [ofCommit, ofDisk] = [read({ fileSystem: commit.files }), read({})]
          // Outside of the commit nothing is known: what leads there is refused, whatever lies on this disk
          const isOutside = Object.keys(files).some((where) => {
            try {
              const real = commit.files.realPath(where).toString()
              return real !== repository.root && !real.startsWith(`${repository.root}/`)
            } catch {
              return false
            }
          })
          if (!isOutside) expect(ofCommit).toEqual(ofDisk)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('links of a commit', () => {
  test('are followed inside it, and one that leads out of it is refused', () => {
    repository.write({
      'shared/a.yaml': POD,
      'k8s/a.yaml': { link: '../shared/a.yaml' },
      'out.yaml': { link: '/etc/hostname' },
      'up/out.yaml': { link: '../../../../../../etc/passwd' },
    })
    repository.commit()
    expect(filesIn(open('main'), 'k8s').problems).toMatchObject([{ code: 'NP001', file: 'k8s/a.yaml' }])
    const all = filesIn(open('main'))
    expect(all.files.map(({ file }) => file)).toEqual(['k8s/a.yaml'])
    expect(all.problems.map(({ file }) => file)).toEqual(['out.yaml', 'up/out.yaml'])
    const followed = readInputs(['out.yaml'], { fileSystem: open('main').files, followLinks: true })
    expect(followed.files).toEqual([])
    expect(followed.problems).toMatchObject([
      { code: 'NP001', message: 'cannot be read: it lies outside of the commit' },
    ])
  })

  test('that lead in a circle end', () => {
    repository.write({ 'a.yaml': { link: 'b.yaml' }, 'b.yaml': { link: 'a.yaml' }, 'c/d': { link: '../c/d/e' } })
    repository.commit()
    expect(filesIn(open('main')).warnings).toMatchObject([{ file: 'a.yaml' }, { file: 'b.yaml' }])
    expect(filesIn(open('main'), 'a.yaml').problems).toMatchObject([{ code: 'NP001' }])
  })
})

describe('a file of which a checkout has another text is an error', () => {
  /** `kind` with a wide letter, which glibc writes as a plain one where it is told to. */
  const HIDDEN = POD.replace('kind', '\uff4bind')

  test.each([
    ['b.yaml working-tree-encoding=ASCII//TRANSLIT', 'b.yaml'],
    ['  *.yaml\ttext working-tree-encoding=IBM037\r', 'b.yaml'],
    ['k8s/*.Y?ML working-tree-encoding=UTF-16LE', 'k8s/b.yaml'],
    ['"b.\\171aml" working-tree-encoding=UTF-8//TRANSLIT', 'b.yaml'],
    ['[attr]odd working-tree-encoding=IBM037\nb.yaml odd', 'b.yaml'],
    ['k8s/* working-tree-encoding=UTF-32', 'k8s/b.yaml'],
  ])('as with `%s`', (line, file) => {
    repository.write({ [file]: HIDDEN })
    repository.git('add', '-A')
    repository.write({ '.gitattributes': `# c\n${line}\n` })
    repository.git('add', '.gitattributes')
    repository.git('commit', '-q', '-m', 'x')
    const { files, problems } = filesIn(open('main'))
    expect(files).toEqual([])
    expect(problems).toMatchObject([
      {
        code: 'NP001',
        file,
        message: 'cannot be read: a checkout has another text of it (working-tree-encoding in .gitattributes:2)',
      },
    ])
  })

  test('and so is one with an `$Id$` to be filled in, by the attributes of its folder', () => {
    repository.write({ 'k8s/a.yaml': POD, 'k8s/b.yaml': `${POD}# $Id$\n`, 'k8s/.gitattributes': '* ident\n' })
    repository.commit()
    const { files, problems } = filesIn(open('main'))
    expect(files).toMatchObject([{ file: 'k8s/a.yaml' }])
    expect(problems).toMatchObject([
      { file: 'k8s/b.yaml', message: expect.stringContaining('k8s/.gitattributes:1') as string },
    ])
  })

  test('while attributes of other files, ends of lines and UTF-16 change nothing', () => {
    repository.write({
      'k8s/a.yaml': POD,
      '.gitattributes':
        '*.ps1 working-tree-encoding=IBM037\nb.yaml ident\n*.yaml text eol=crlf -ident working-tree-encoding=UTF-16\n# *.yaml ident\n',
    })
    repository.git('add', '.gitattributes')
    repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `100644,${repository.git('hash-object', '-w', '--no-filters', 'k8s/a.yaml')},k8s/a.yaml`,
    )
    repository.git('commit', '-q', '-m', 'x')
    expect(filesIn(open('main'))).toMatchObject({ files: [{ file: 'k8s/a.yaml', text: POD }], problems: [] })
  })
})

test('a submodule under an input is an error, an excluded one is not', () => {
  const other = scratchRepository()
  outside.push(other.root)
  other.write({ 'a.yaml': POD })
  const hash = other.commit()
  repository.write({ 'k8s/a.yaml': POD })
  repository.git('update-index', '--add', '--cacheinfo', `160000,${hash},k8s/vendor`)
  repository.git('add', 'k8s/a.yaml')
  repository.git('commit', '-q', '-m', 'submodule')
  const { problems } = filesIn(open('main'), 'k8s')
  expect(problems).toMatchObject(
    [{ code: 'NP001', file: 'k8s/vendor', message: /submodule/ }].map((one) => ({
      ...one,
      message: expect.stringMatching(one.message) as string,
    })),
  )
  expect(readInputs(['k8s'], { fileSystem: open('main').files, exclude: ['vendor'] }).problems).toEqual([])
})

describe('sides that are not there', () => {
  test('a missing ref is refused and says fetch-depth: 0', () => {
    repository.commit()
    for (const said of ['nowhere', 'origin/main...', 'main...nowhere', '-x', '--all', '--exec=x', 'a\nb'])
      expect([said, problemOf(said).help]).toEqual([said, expect.stringContaining('fetch-depth: 0')])
  })

  test('a range names both other spellings', () => {
    repository.commit()
    expect(problemOf('main..HEAD').help).toMatch(/^main\.\.\.HEAD compares .*; main HEAD compares/)
  })

  test('a shallow clone without a merge base is refused, never an empty base', () => {
    repository.write({ 'a.yaml': POD })
    repository.commit('one')
    repository.git('checkout', '-q', '-b', 'feature')
    repository.write({ 'b.yaml': POD })
    repository.commit('two')
    repository.git('checkout', '-q', 'main')
    repository.write({ 'c.yaml': POD })
    repository.commit('three')
    const clone = mkdtempSync(join(realpathSync(tmpdir()), 'netpol-sim-'))
    outside.push(clone)
    repository.git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${repository.root}`, clone)
    process.chdir(clone)
    const found = commitOf('origin/main...origin/feature', { top: clone, cwd: clone, env })
    expect(found).toMatchObject({ problem: expect.stringContaining('shallow') as string })
    expect('help' in found && found.help).toContain('fetch-depth: 0')
  })

  test('outside of a repository there are no commits', () => {
    expect(commitOf('main', { top: null, cwd: process.cwd(), env })).toMatchObject({
      problem: expect.stringContaining('not in a git repository') as string,
    })
  })
})

test('the merge base is where the branches parted, on a branch, on a merge commit and after main has moved on', () => {
  repository.write({ 'a.yaml': POD })
  const base = repository.commit('base')
  repository.git('checkout', '-q', '-b', 'feature')
  repository.write({ 'b.yaml': POD })
  repository.commit('feature')
  expect(open('main...').commit).toBe(base)
  repository.git('checkout', '-q', 'main')
  repository.write({ 'c.yaml': POD })
  const moved = repository.commit('main moves on')
  expect(open('main...feature').commit).toBe(base)
  repository.git('merge', '-q', '--no-edit', 'feature')
  expect(open(`${moved}...`).commit).toBe(moved)
  expect(open('HEAD^1').commit).toBe(moved)
})

test('a file is called by its ref and its path from the root, wherever the command runs', () => {
  repository.write({ 'team/k8s/a.yaml': POD })
  const hash = repository.commit()
  process.chdir('team')
  const commit = open('main')
  expect(filesIn(commit, 'k8s').files.map(({ file }) => commit.placeOf(file))).toEqual(['main:team/k8s/a.yaml'])
  expect(open('main...').placeOf('k8s/a.yaml')).toBe(`${hash.slice(0, 12)}:team/k8s/a.yaml`)
  expect(open('main:team/k8s/').path).toBe('team/k8s')
  expect(open('main:./k8s').path).toBe('team/k8s')
})

describe('a repository cannot make git do more than read', () => {
  const marker = () => join(repository.root, '.git', 'marker')
  const trap = () => {
    const script = join(repository.root, '.git', 'trap')
    writeFileSync(script, `#!/bin/sh\ntouch '${marker()}'\n`)
    chmodSync(script, 0o755)
    return script
  }

  test('by its settings, its attributes or the environment', () => {
    repository.write({ 'a.yaml': POD, '.gitattributes': '*.yaml diff=trap filter=trap\n' })
    repository.commit()
    const script = trap()
    for (const setting of [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'core.editor',
      'core.askPass',
      'core.gitProxy',
      'diff.external',
      'diff.trap.textconv',
      'diff.trap.command',
      'filter.trap.smudge',
      'filter.trap.process',
      'credential.helper',
      'pager.cat-file',
      'pager.ls-tree',
      'alias.cat-file',
      'uploadpack.packObjectsHook',
      'gpg.program',
    ])
      repository.git('config', setting, setting.startsWith('alias') ? `!${script}` : script)
    const hostile = Object.fromEntries(
      [
        'GIT_SSH_COMMAND',
        'GIT_EXTERNAL_DIFF',
        'GIT_PAGER',
        'GIT_ASKPASS',
        'GIT_EXEC_PATH',
        'GIT_DIR',
        'GIT_TRACE',
        'PAGER',
      ].map((name) => [name, script]),
    )
    const commit = open('main', hostile)
    expect(filesIn(commit).files).toMatchObject([{ file: 'a.yaml', text: POD }])
    expect(existsSync(marker())).toBe(false)
  })

  test('by a git of its own in the search path', () => {
    repository.write({ 'node_modules/.bin/git': '#!/bin/sh\ntouch .git/marker\nexit 1\n', 'a.yaml': POD })
    chmodSync('node_modules/.bin/git', 0o755)
    repository.commit()
    const path = `node_modules/.bin:${repository.root}/node_modules/.bin:.::${env.PATH ?? ''}`
    expect(filesIn(open('main', { PATH: path })).files).toHaveLength(1)
    expect(existsSync(marker())).toBe(false)
  })

  test('by objects that a partial clone would fetch', () => {
    repository.write({ 'a.yaml': POD })
    repository.commit()
    repository.git('config', 'uploadpack.allowFilter', 'true')
    const clone = mkdtempSync(join(realpathSync(tmpdir()), 'netpol-sim-'))
    outside.push(clone)
    repository.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${repository.root}`, clone)
    const found = commitOf('HEAD', { top: clone, cwd: clone, env })
    if ('problem' in found) throw new Error(found.problem)
    process.chdir(clone)
    expect(readInputs(['.'], { fileSystem: found.files })).toMatchObject({ files: [], problems: [{ code: 'NP001' }] })
  })

  test('by objects and parents put in the place of others', () => {
    repository.write({ 'a.yaml': POD })
    const one = repository.commit('one')
    repository.write({ 'a.yaml': '# hidden\n' })
    const two = repository.commit('two')
    repository.git('replace', one, two)
    expect(filesIn(open(one)).files).toMatchObject([{ text: POD }])
  })
})
