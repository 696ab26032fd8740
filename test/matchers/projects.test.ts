import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-projects-'))
const project = join(folder, 'vitest')
const TSC = resolve('node_modules/typescript/bin/tsc')
const VITEST = resolve('node_modules/vitest/vitest.mjs')

beforeAll(() => {
  cpSync('fixtures/projects/vitest', project, { recursive: true })
  install(project)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** The built package as npm would put it there, beside everything that is installed here. */
function install(root: string): void {
  const modules = join(root, 'node_modules')
  mkdirSync(join(modules, 'netpol-sim'), { recursive: true })
  for (const part of ['dist', 'package.json']) cpSync(part, join(modules, 'netpol-sim', part), { recursive: true })
  for (const name of readdirSync('node_modules')) {
    if (!name.startsWith('.')) symlinkSync(resolve('node_modules', name), join(modules, name))
  }
}

/** Runs Node there, without what tells this Vitest about itself. */
function node(args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/VITEST|^NODE_ENV|^TEST$/.test(name)))
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  })
  return { status, output: stdout + stderr }
}

describe('a project that uses Vitest', () => {
  const vitest = () => node([VITEST, 'run', 'test/policies'])

  test('passes its tests', () => {
    const { status, output } = vitest()
    expect(output).toMatch(/Tests {2}2 passed/)
    expect(status).toBe(0)
  })

  test('fails them with the reasons, at its own line, when a policy changes', () => {
    const policies = join(project, 'k8s/production.yaml')
    const text = readFileSync(policies, 'utf8')
    writeFileSync(policies, text.replace('port: 8080', 'port: 8081'))
    writeFileSync(
      join(project, 'test/policies-unknown.test.ts'),
      `import { loadCluster } from 'netpol-sim'
import { expect, test } from 'vitest'
test('unknown', () => {
  expect(loadCluster('k8s')).not.toAllow({ from: 'production/nobody', to: 'production/backend', port: 1 })
})`,
    )
    const { status, output } = vitest()
    rmSync(join(project, 'test/policies-unknown.test.ts'))
    writeFileSync(policies, text)
    expect(status).toBe(1)
    expect(output).toContain('expected allow, and the verdict is deny')
    expect(output).toContain('allows 8081/TCP, you asked for 8080/TCP')
    expect(output).toContain('+production/Pod/frontend\tproduction/Pod/backend\t8081/TCP')
    expect(output).toMatch(/test\/policies\.test\.ts:7:\d+/)
    // What holds neither way is thrown, and points at the line of the project as well
    expect(output).toContain('`production/nobody` matches nothing in the input')
    expect(output).toMatch(/test\/policies-unknown\.test\.ts:4:\d+/)
  })
})

describe('the types', () => {
  const WRONG = [
    `expect(cluster).toAlow({ from: 'a/b', to: 'c/d' })`,
    `expect(cluster).toAllow({ from: 'a/b' })`,
    `expect(cluster).toDeny({ from: 'a/b', to: 'c/d', por: 80 })`,
    `expect(cluster).toMatchLock(5)`,
    `expect(cluster).toAllow({ from: 'a/b', to: 'c/d' }, { strict: true })`,
  ]
  const use = (from: string, setup: string) =>
    [
      `import { loadCluster } from 'netpol-sim'`,
      `import { expect } from '${from}'`,
      `import '${setup}'`,
      `const cluster = loadCluster('k8s')`,
      `expect(cluster).not.toAllow({ from: 'a/b', to: 'c/d', port: 80 })`,
      ...WRONG.flatMap((line) => ['// @ts-expect-error', line]),
    ].join('\n')
  const jest = use('expect', 'netpol-sim/jest')

  test('hold for the whole project, in modules and in CommonJS, and refuse what is wrong', () => {
    // Vitest itself cannot be loaded as CommonJS
    const files = { 'vitest.mts': use('vitest', 'netpol-sim/vitest'), 'jest.mts': jest, 'jest.cts': jest }
    mkdirSync(join(project, 'test/types'))
    for (const [file, text] of Object.entries(files)) writeFileSync(join(project, 'test/types', file), text)
    for (const extension of ['ts', 'cts'])
      cpSync('fixtures/projects/jest/policies.test.ts', join(project, `test/jest.${extension}`))
    expect(node([TSC, '-p', '.', '--noEmit', 'false', '--outDir', 'out'])).toEqual({ status: 0, output: '' })
  })

  test('are found by the older resolution of modules', () => {
    writeFileSync(join(project, 'older.ts'), jest)
    const flags = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022']
    const older = ['--module', 'commonjs', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0']
    expect(node([TSC, ...flags, ...older, 'older.ts'])).toEqual({ status: 0, output: '' })
  })
})

describe('with the expect of Jest', () => {
  test('the tests of a project hold, in CommonJS and in modules', () => {
    expect(node(['out/test/jest.js'])).toEqual({ status: 0, output: '' })
    expect(node(['out/test/jest.cjs'])).toEqual({ status: 0, output: '' })
  })

  test('a global expect gets the matchers by itself', () => {
    const script = `
      globalThis.expect = require('expect').expect
      require('netpol-sim/jest')
      const { loadCluster } = require('netpol-sim')
      expect(loadCluster('k8s')).toDeny({ from: 'production/batch', to: 'production/backend' })
      expect(loadCluster('k8s')).toAllow({ from: 'production/batch', to: 'production/backend' })`
    const { status, output } = node(['-e', script])
    expect(status).toBe(1)
    expect(output).toContain('expected allow, and the verdict is deny')
  })

  test('without one it loads, for those who call expect.extend', () => {
    expect(node(['-p', `Object.keys(require('netpol-sim/jest').matchers).join()`]).output.trim()).toBe(
      'toAllow,toDeny,toMatchLock',
    )
  })
})

test('nothing of a test runner is installed with the package', () => {
  const { dependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
    readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>
  }
  expect(Object.keys(dependencies).filter((name) => /vitest|jest|expect/.test(name))).toEqual([])
  expect(peerDependenciesMeta).toEqual({ vitest: { optional: true } })
})
