import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestResult } from '../../src/report/test/test-result.js'
import { run } from '../support/cli-io.js'
import { featureBranch, roundabout, shallowClone, type ScratchRepository } from '../support/scratch-repository.js'

const POD = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}\nspec: {containers: [{name: a, image: a, ports: [{containerPort: 5432}]}]}\n`
const CLOSED =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}\nspec: {podSelector: {}}\n'
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n'
const tests = (line: string) => `version: 1\ninputs: [k8s]\ntests:\n- ${line}\n`

let repository: ScratchRepository
beforeEach(() => {
  repository = featureBranch({
    'k8s/pods.yaml': [NAMESPACE, POD('web'), POD('db')].join('---\n'),
    'k8s/deny.yaml': CLOSED,
    'netpol-tests.yaml': tests('deny shop/web -> shop/db:5432'),
  })
})
afterEach(() => {
  repository.remove()
})

const env = { PATH: process.env['PATH'] }
async function judge(...flags: readonly string[]): Promise<TestResult & { code: number }> {
  const { code, stdout } = await run(['test', ...flags, '-o', 'json'], { env })
  return { ...(JSON.parse(stdout) as TestResult), code }
}

describe('test --tests-from', () => {
  test('judges the working tree by the assertions of the commit, which the branch cannot edit away', async () => {
    repository.git('rm', '-q', 'k8s/deny.yaml')
    repository.write({ 'netpol-tests.yaml': tests('allow shop/web -> shop/db:5432') })
    repository.commit()
    expect((await judge()).code).toBe(0)
    const { code, tests: judged } = await judge('--tests-from', 'main...')
    expect(code).toBe(1)
    expect(judged).toMatchObject([{ name: 'deny shop/web -> shop/db:5432', status: 'failed' }])
    expect(judged[0]?.file).toMatch(/^[0-9a-f]{12}:netpol-tests\.yaml$/)
    expect((await judge('--tests-from', 'main')).tests[0]).toMatchObject({ file: 'main:netpol-tests.yaml', line: 4 })
  })

  test('says so where a shallow clone may have an older merge base only, whose tests may be older as well', async () => {
    roundabout(repository)
    expect((await judge('--tests-from', 'main...')).notes).toBeUndefined()
    shallowClone(repository, 3)
    const { code, notes } = await judge('--tests-from', 'origin/main...')
    expect(code).toBe(0)
    expect(notes).toMatchObject([
      { code: 'base-may-be-older', message: expect.stringContaining('fetch-depth: 0') as string },
    ])
    const { stderr } = await run(['test', '--tests-from', 'origin/main...'], { env })
    expect(stderr).toContain('note: this clone is shallow')
    shallowClone(repository, 5)
    expect((await judge('--tests-from', 'origin/main...')).notes).toBeUndefined()
  })

  test('reads assertion files that the branch has deleted, and uncommitted manifests', async () => {
    repository.git('rm', '-q', 'netpol-tests.yaml')
    repository.commit()
    expect((await judge('--tests-from', 'main')).code).toBe(0)
    repository.write({ 'k8s/deny.yaml': '# gone\n' })
    expect((await judge('--tests-from', 'main')).code).toBe(1)
  })

  test('takes the settings from the commit too', async () => {
    repository.git('checkout', '-q', 'main')
    repository.write({
      'netpol-sim.yaml': 'inputs: [k8s]\n',
      'netpol-tests.yaml': tests('deny shop/web -> shop/db:5432').replace('inputs: [k8s]\n', ''),
    })
    repository.commit()
    repository.write({ 'netpol-sim.yaml': 'inputs: [k8s]\nexclude: [deny.yaml]\n' })
    expect((await judge()).code).toBe(1)
    const { code, settings } = await judge('--tests-from', 'main')
    expect([code, settings]).toMatchObject([0, [{ file: 'main:netpol-sim.yaml' }]])
  })

  test('a commit without assertion files, and one that is not there, are exit 2', async () => {
    repository.git('rm', '-q', 'netpol-tests.yaml')
    repository.commit()
    repository.write({ 'netpol-tests.yaml': tests('deny shop/web -> shop/db:5432') })
    const nothing = await judge('--tests-from', 'HEAD')
    expect([nothing.code, nothing.diagnostics]).toMatchObject([2, [{ code: 'NP027' }]])
    const missing = await judge('--tests-from', 'origin/main...')
    expect([missing.code, missing.diagnostics]).toMatchObject([2, [{ code: 'NP040' }]])
    expect(missing.diagnostics[0]?.help).toContain('fetch-depth: 0')
  })

  test('reports point to no file of the checkout for an assertion that is not in it', async () => {
    repository.write({ 'k8s/deny.yaml': '# gone\n' })
    const { stdout } = await run(['test', '--tests-from', 'main', '-o', 'github'], { env })
    expect(stdout).toMatch(/^::error title=/m)
    expect(stdout).not.toContain('file=main')
  })
})

test('a submodule where assertion files are searched is an error, since there may be tests in it', async () => {
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},vendor`)
  repository.git('commit', '-q', '-m', 'submodule')
  const { code, diagnostics, tests: judged } = await judge('--tests-from', 'HEAD')
  expect(code).toBe(2)
  expect(judged.map(({ status, file }) => [status, file])).toEqual([
    ['error', 'HEAD:vendor'],
    ['passed', 'HEAD:netpol-tests.yaml'],
  ])
  expect(diagnostics).toMatchObject([
    { code: 'NP001', file: 'HEAD:vendor', message: expect.stringContaining('submodule') as string },
  ])
})
