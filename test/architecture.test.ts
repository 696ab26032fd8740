import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { exportedNames, sourceOf, type SourceUnit } from './support/cli-sources.js'

/** Which folders a folder may import from, besides itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  net: [],
  model: ['net'],
  load: ['net', 'model'],
  query: ['net', 'model'],
  engine: ['net', 'model'],
  analyze: ['net', 'model', 'query', 'engine'],
  report: ['net', 'model', 'query', 'engine', 'analyze'],
  cli: ['model', 'load', 'report'],
  'index.ts': ['net', 'model', 'load', 'report'],
}

/** The only files that may import a package or a module of Node; a folder ends in a slash. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'js-yaml': ['load/yaml.ts'],
  netmask: ['net/cidr.ts'],
  chalk: ['report/chalk.ts'],
  'cli-table3': ['report/table.ts'],
  commander: ['cli/'],
  'node:fs': ['load/read.ts', 'cli/process-io.ts'],
  'node:buffer': ['load/read.ts'],
  'node:path': ['cli/'],
  'node:tty': ['cli/process-io.ts'],
  'node:url': ['cli/process-io.ts'],
}

const LONGEST_FILE = 220

const SOURCES: readonly SourceUnit[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => sourceOf('src', path))

const folderOf = (path: string) => path.split('/')[0] ?? path

describe.each(SOURCES)('$path', ({ path, imports, tree, text }) => {
  test('imports only along the arrows', () => {
    const targets = imports
      .filter((name) => name.startsWith('.'))
      .map((name) => folderOf(relative('src', join('src', dirname(path), name))))
      .filter((folder) => folder !== folderOf(path))
    const allowed = ARROWS[folderOf(path)]
    expect(allowed, 'the folder has no row in the table of arrows').toBeDefined()
    expect(targets.filter((folder) => allowed?.includes(folder) !== true)).toEqual([])
  })

  test('imports a package only where it is owned', () => {
    const strangers = imports
      .filter((name) => !name.startsWith('.'))
      .filter((name) => OWNERS[name]?.some((owner) => path === owner || path.startsWith(asFolder(owner))) !== true)
    expect(strangers).toEqual([])
  })

  test('ends relative imports in .js and names modules of Node as such', () => {
    const odd = imports.filter((name) => (name.startsWith('.') ? !name.endsWith('.js') : builtinModules.includes(name)))
    expect(odd).toEqual([])
  })

  test('touches the process and the console only in cli', () => {
    const used = globalsOf(tree).filter((name) => ['process', 'console', 'globalThis'].includes(name))
    expect(folderOf(path) === 'cli' ? [] : used).toEqual([])
  })

  test('has no default export', () => {
    const defaults = tree.statements.filter(
      (statement) =>
        ts.isExportAssignment(statement) ||
        (ts.canHaveModifiers(statement) &&
          ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true),
    )
    expect(defaults.map((statement) => statement.getText(tree))).toEqual([])
  })

  test(`has no more than ${LONGEST_FILE} lines`, () => {
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(LONGEST_FILE)
  })
})

describe('the library', () => {
  const index = SOURCES.find(({ path }) => path === 'index.ts')
  const names = index === undefined ? [] : exportedNames(index)

  test('lists its names', () => {
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['loadCluster', 'parseCluster', 'check']))
  })

  test.each(names)('$name has a docstring where it is defined', ({ name, from }) => {
    const home = SOURCES.find(({ path }) => path === from)
    expect(home?.documented.get(name), `${from} does not document ${name}`).toBe(true)
  })
})

test('no table of this file speaks of what is gone', () => {
  const folders = new Set(SOURCES.map(({ path }) => folderOf(path)))
  expect(Object.keys(ARROWS).filter((folder) => !folders.has(folder))).toEqual([])
  const imported = new Set(SOURCES.flatMap(({ imports }) => imports))
  expect(Object.keys(OWNERS).filter((name) => !imported.has(name))).toEqual([])
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  expect(Object.keys(dependencies).filter((name) => OWNERS[name] === undefined)).toEqual([])
})

function asFolder(owner: string): string {
  return owner.endsWith('/') ? owner : `${owner}/`
}

/** Names that are used and declared nowhere in the file, as far as a reader without types can tell. */
function globalsOf(tree: ts.SourceFile): readonly string[] {
  const used: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) {
      used.push(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return used
}
