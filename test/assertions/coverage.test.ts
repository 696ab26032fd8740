import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'
import { parseAssertions } from '../../src/load/assertions/read-assertions.js'
import { testReport } from '../../src/report/test/test-report.js'
import type { TestResult } from '../../src/report/test/test-result.js'
import { app, policyOf } from '../support/assertion-cluster.js'
import { testsOf } from '../support/assertions.js'
import { namespace } from '../support/cli-cluster.js'

/** The database lets in the api on one port, and somebody's addresses with a hole; a second policy says the same again. */
const MANIFESTS = [
  namespace('shop'),
  namespace('ops'),
  app({ namespace: 'shop', name: 'api' }),
  app({ namespace: 'shop', name: 'web' }),
  app({ namespace: 'ops', name: 'api' }),
  app({ namespace: 'shop', name: 'db', ports: [{ containerPort: 5432 }] }),
  policyOf({
    namespace: 'shop',
    name: 'db',
    select: { app: 'db' },
    rules:
      'ingress: [{from: [{podSelector: {matchLabels: {app: api}}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.0/28]}}], ports: [{port: 5432}]}]',
  }),
  policyOf({
    namespace: 'shop',
    name: 'again',
    select: { app: 'db' },
    rules: 'ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}]',
  }),
].join('---\n')

function covered(tests: string, least: number | null = null): TestResult {
  const options = { podCidrs: ['10.0.0.0/8'] }
  const file = parseAssertions(tests, 'netpol-tests.yaml')
  return testReport([{ file, cluster: parseCluster(MANIFESTS), options }], [], { least })
}

const ALLOW = 'allow shop/api -> shop/db:5432'

describe('--coverage', () => {
  test('counts mutants that some test notices, and leaves out those that change no connection', () => {
    const { coverage } = covered(testsOf(ALLOW))
    expect(coverage).toMatchObject({ killed: 0, noEffect: 3 })
    const survivors = coverage?.survivors.map(({ mutation, policy, path }) => `${policy.name} ${mutation} ${path}`)
    expect(survivors).toEqual([
      // Its addresses are lost, and the other policy isolates
      'db unisolate spec.policyTypes',
      'db remove-rule spec.ingress[0]',
      'db remove-peer spec.ingress[0].from[1]',
      'db any-peer spec.ingress[0].from',
      'db any-port spec.ingress[0].ports',
      'db any-pod spec.ingress[0].from[0].podSelector',
      'db any-namespace spec.ingress[0].from[0].namespaceSelector',
      'db drop-except spec.ingress[0].from[1].ipBlock.except[0]',
      'again any-peer spec.ingress[0].from',
      'again any-port spec.ingress[0].ports',
      'again any-pod spec.ingress[0].from[0].podSelector',
      'again any-namespace spec.ingress[0].from[0].namespaceSelector',
    ])
    expect(coverage?.opening.survived).toBe(9)
    expect(coverage?.closing).toEqual({ killed: 0, survived: 3 })
  })

  test('the tests that survivors name hold on the input, and leave no survivor', () => {
    const tests = new Set(covered(testsOf(ALLOW)).coverage?.survivors.map(({ test: line }) => line ?? 'none'))
    expect(tests).not.toContain('none')
    const { coverage, summary } = covered(testsOf(ALLOW, ...tests))
    expect([summary.failed, summary.errors]).toEqual([0, 0])
    expect(coverage).toMatchObject({ percent: 100, killed: 12, survived: 0, survivors: [] })
  })

  test('`allowOnlyFrom` notices everything about its target', () => {
    const only =
      'name: it\nto: shop/db\nports: [any]\nallowOnlyFrom: [{from: shop/api, ports: [5432]}, {from: 198.51.100.0/24, ports: [5432], mayBeClosed: true}]'
    const { coverage } = covered(testsOf(only))
    expect(coverage?.survivors.map(({ mutation }) => mutation)).toEqual([
      'unisolate',
      'remove-rule',
      'remove-peer',
      'drop-except',
    ])
  })

  test('while a test fails there is none', () => {
    expect(covered(testsOf('allow shop/web -> shop/db:5432')).coverage).toBeNull()
  })

  test('a missed --min-coverage is a test of its own, and an error where nothing counts', () => {
    expect(covered(testsOf(ALLOW), 0).summary).toMatchObject({ failed: 0, errors: 0 })
    const { tests, summary } = covered(testsOf(ALLOW), 50)
    expect([summary.failed, tests.at(-1)?.name, tests.at(-1)?.kind]).toEqual([1, 'coverage', 'coverage'])
    const file = parseAssertions(testsOf(ALLOW.replace(':5432', '')), 'netpol-tests.yaml')
    const free = parseCluster(MANIFESTS.split('---\n').slice(0, 6).join('---\n'))
    const nothing = testReport([{ file, cluster: free, options: {} }], [], { least: 1 })
    expect([nothing.coverage?.percent, nothing.tests.at(-1)?.status]).toEqual([null, 'error'])
  })
})
