import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { exportedNames, sourceOf, type SourceUnit } from './support/cli-sources.js'

/** Which folders a folder may import from besides itself, and what for. An arrow that nobody follows fails as well. */
const ARROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  net: {},
  codes: {},
  model: { net: 'objects and flows have addresses and CIDRs', codes: 'diagnostics have codes' },
  syntax: { codes: 'a fault of a text has a code', model: 'places and paths are named as everywhere' },
  policy: { model: 'policies of every kind become one form', net: 'blocks have CIDRs' },
  load: {
    syntax: 'reads YAML and JSON',
    net: 'reads addresses and CIDRs',
    codes: 'says what is wrong under a code',
    model: 'makes the cluster and its diagnostics',
    policy: 'asks which labels of numbered pods policies mention',
  },
  query: {
    net: 'peers may be addresses',
    model: 'finds the peers of a question in the cluster',
    policy: 'divides workloads into what policies tell apart',
  },
  engine: {
    net: 'addresses lie in blocks',
    model: 'decides flows over the cluster',
    policy: 'folds over the tiers of policies',
  },
  matrix: {
    net: 'sweeps the edges of blocks',
    model: 'answers for all of the cluster',
    policy: 'takes the form of policies and what they tell apart',
    engine: 'asks what a selector, a block or a port matches, once per class',
  },
  analyze: {
    net: 'cuts addresses where answers change',
    model: 'answers in flows and verdicts',
    query: 'gets the peers of a question',
    policy: 'cuts ports and addresses where policies do, and tells what rules lack',
    engine: 'asks about one flow at a time',
    matrix: 'asks about all pairs at once',
  },
  report: {
    net: 'writes ranges as CIDRs',
    model: 'words the nouns',
    query: 'words what is wrong with a question',
    engine: 'takes the options of an evaluation',
    codes: 'says what the API refuses',
    analyze: 'presents answers',
  },
  explain: {
    codes: 'prints their pages',
    model: 'says that there is no such code',
    report: 'prints pages like every other text',
  },
  sides: {
    load: 'makes a commit look like a disk',
    model: 'reads each object of git once',
  },
  cli: {
    sides: 'reads what a commit holds',
    syntax: 'reads settings',
    codes: 'says what is wrong with settings and command lines',
    model: 'says what was loaded',
    load: 'loads what flags name',
    report: 'prints answers',
    explain: 'prints pages of codes',
  },
  matchers: {
    model: 'takes a cluster',
    load: 'reads the lock file',
    report: 'asks, and says why not',
  },
  'index.ts': {
    codes: 'exports the type of codes',
    net: 'exports the types of addresses',
    model: 'exports the types of the cluster',
    load: 'exports loading',
    report: 'exports answers',
  },
}

/** The same for the rooms of `load`, which has the most of them; what stands at its entrance may import from all. */
const ROOMS_OF_LOAD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kinds: {},
  files: { kinds: 'looks whether a file that is left out could matter' },
  decode: { kinds: 'reads objects of the kinds that are used' },
  documents: {
    kinds: 'knows what a document is by its looks',
    files: 'takes large files in pieces',
    decode: 'reads the object of a document',
  },
  cluster: { files: 'compares paths', decode: 'puts objects together', kinds: 'tells policies from other objects' },
  'what-if': { decode: 'finds and changes objects' },
  choices: {
    files: 'names parts by their paths',
    decode: 'tells objects apart',
    documents: 'looks at what was read of each file',
    cluster: 'finds what stands twice',
  },
  warnings: {
    files: 'names folders',
    decode: 'words a warning at its place',
    documents: 'counts what was left out',
    cluster: 'looks at the input as a whole',
    choices: 'names the chart that a template belongs to',
  },
  assertions: { files: 'finds files' },
}

/** The only files that may import a package or a module of Node; a folder ends in a slash. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  // The second of them imports a type only.
  'js-yaml': ['syntax/yaml/parse-yaml.ts', 'syntax/yaml/messages.ts'],
  netmask: ['net/cidr.ts'],
  chalk: ['report/chalk.ts'],
  'cli-table3': ['report/table.ts'],
  commander: ['cli/'],
  vitest: ['matchers/vitest.ts'],
  // Types only
  expect: ['matchers/jest.ts'],
  'node:fs': [
    'load/files/disk.ts',
    'load/files/read-file.ts',
    'load/files/links.ts',
    'cli/process-io.ts',
    'cli/output-file.ts',
    'cli/output-files.ts',
    'cli/initial-files.ts',
    'cli/write-all.ts',
    'cli/config/find-config.ts',
    'cli/check-paths.ts',
    'cli/repository.ts',
  ],
  'node:crypto': ['cli/output-file.ts', 'report/test/fingerprint.ts'],
  'node:buffer': ['load/files/decode-bytes.ts'],
  'node:child_process': ['sides/git.ts'],
  'node:path': ['cli/', 'sides/', 'load/files/exclude.ts', 'load/files/links.ts'],
}

const LONGEST_FILE = 220

const SOURCES: readonly SourceUnit[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => sourceOf('src', path))

/** Every breach of a rule, as `file: what is wrong`. */
function breaches(rule: (source: SourceUnit) => readonly string[]): readonly string[] {
  return SOURCES.flatMap((source) => rule(source).map((wrong) => `${source.path}: ${wrong}`))
}

const folderOf = (path: string) => path.split('/')[0] ?? path
const isOurs = (name: string) => name.startsWith('.')
const fileOf = (path: string, name: string) => join(dirname(path), name).replace(/\.js$/, '.ts')
const foldersUsed = ({ path, imports }: SourceUnit) =>
  imports.filter(isOurs).map((name) => folderOf(fileOf(path, name)))

describe('every file of src', () => {
  test('imports only along the arrows', () => {
    const wrong = SOURCES.flatMap((source) => {
      const own = folderOf(source.path)
      return foldersUsed(source)
        .filter((folder) => folder !== own && ARROWS[own]?.[folder] === undefined)
        .map((folder) => `${source.path}: imports ${folder}`)
    })
    expect(wrong).toEqual([])
  })

  test('of load imports only along the arrows between its rooms', () => {
    const roomOf = (path: string) => (path.split('/').length > 2 ? (path.split('/')[1] ?? '') : '')
    const used = SOURCES.filter(({ path }) => isInside(path, 'load/') && roomOf(path) !== '').flatMap((source) =>
      source.imports
        .filter(isOurs)
        .map((name) => fileOf(source.path, name))
        .filter((target) => isInside(target, 'load/') && roomOf(target) !== roomOf(source.path))
        .map((target) => `${roomOf(source.path)} -> ${roomOf(target)}`),
    )
    const allowed = Object.entries(ROOMS_OF_LOAD).flatMap(([own, arrows]) =>
      Object.keys(arrows).map((room) => `${own} -> ${room}`),
    )
    expect([...new Set(used)].sort()).toEqual(allowed.sort())
  })

  test('leads back to itself by no chain of imports', () => {
    const targets = new Map(
      SOURCES.map(({ path, imports }) => [path, imports.filter(isOurs).map((name) => fileOf(path, name))]),
    )
    expect(circlesIn(targets)).toEqual([])
  })

  test('imports a package, or a module of Node, only where it is owned', () => {
    const wrong = breaches(({ path, imports }) =>
      imports
        .filter((name) => !isOurs(name))
        .filter((name) => OWNERS[name]?.some((owner) => path === owner || isInside(path, owner)) !== true),
    )
    expect(wrong).toEqual([])
  })

  test('ends relative imports in .js', () => {
    expect(breaches(({ imports }) => imports.filter((name) => isOurs(name) && !name.endsWith('.js')))).toEqual([])
  })

  test('leaves process and console to cli', () => {
    const wrong = breaches(({ path, tree }) => (isInside(path, 'cli/') ? [] : namesUsed(tree, ['process', 'console'])))
    expect(wrong).toEqual([])
  })

  test('has no default export', () => {
    expect(breaches(({ tree }) => tree.statements.filter(isDefaultExport).map((it) => it.getText()))).toEqual([])
  })

  test(`has no more than ${LONGEST_FILE} lines`, () => {
    const linesOf = (text: string) => text.split('\n').length - 1
    expect(breaches(({ text }) => (linesOf(text) > LONGEST_FILE ? [`${linesOf(text)} lines`] : []))).toEqual([])
  })
})

describe('the library', () => {
  const index = SOURCES.find(({ path }) => path === 'index.ts')
  const names = index === undefined ? [] : exportedNames(index)

  test('exports its three functions by name', () => {
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['loadCluster', 'parseCluster', 'check']))
  })

  test('documents every name that it exports, where the name is defined', () => {
    const documented = ({ name, from }: { name: string; from: string }) =>
      SOURCES.find(({ path }) => path === from)?.documented.get(name) === true
    expect(names.filter((exported) => !documented(exported))).toEqual([])
  })
})

test('the tables of this file speak of all that is there, and of nothing that is gone', () => {
  const folders = new Set(SOURCES.map(({ path }) => folderOf(path)))
  expect([...folders].sort()).toEqual(Object.keys(ARROWS).sort())
  const idle = Object.entries(ARROWS).flatMap(([own, arrows]) => {
    const used = new Set(SOURCES.filter(({ path }) => folderOf(path) === own).flatMap(foldersUsed))
    return Object.keys(arrows).flatMap((folder) => (used.has(folder) ? [] : [`${own} -> ${folder}`]))
  })
  expect(idle).toEqual([])
  const imported = new Set(SOURCES.flatMap(({ imports }) => imports))
  expect(Object.keys(OWNERS).filter((name) => !imported.has(name))).toEqual([])
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  expect(Object.keys(dependencies).filter((name) => OWNERS[name] === undefined)).toEqual([])
})

function isInside(path: string, folder: string): boolean {
  return folder.endsWith('/') && path.startsWith(folder)
}

function isDefaultExport(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  return (
    ts.isExportAssignment(statement) || modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
  )
}

/** Which of these names a file uses as names of its own, not as properties of something. */
function namesUsed(tree: ts.SourceFile, names: readonly string[]): readonly string[] {
  const used: string[] = []
  const visit = (node: ts.Node): void => {
    const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    if (ts.isIdentifier(node) && names.includes(node.text) && !isProperty) used.push(node.text)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(tree, visit)
  return used
}

/** One circle for each file that is met again on a way that began with it; each way is walked once. */
function circlesIn(targets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circles: string[] = []
  const done = new Set<string>()
  const walk = (path: string, way: readonly string[]): void => {
    const before = way.indexOf(path)
    if (before !== -1) circles.push([...way.slice(before), path].join(' -> '))
    if (before !== -1 || done.has(path)) return
    for (const next of targets.get(path) ?? []) walk(next, [...way, path])
    done.add(path)
  }
  for (const path of targets.keys()) walk(path, [])
  return circles
}
