import { describe, expect, test } from 'vitest'
import { mutantFates } from '../../src/analyze/assertions/coverage.js'
import { evaluateFile } from '../../src/analyze/assertions/evaluate.js'
import { parseCluster } from '../../src/index.js'
import { parseAssertions } from '../../src/load/assertions/read-assertions.js'
import { testReport } from '../../src/report/test/test-report.js'
import type { TestResult } from '../../src/report/test/test-result.js'
import { app, policyOf } from '../support/assertion-cluster.js'
import { testsOf } from '../support/assertions.js'
import { rangesOf } from '../support/engine-answer.js'
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

/** Two gaps that stand: what ops lets in, and what web does. */
const OPEN_POLICIES = [
  policyOf({
    namespace: 'ops',
    name: 'own',
    rules:
      'ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: api}}}, {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]',
  }),
  policyOf({
    namespace: 'shop',
    name: 'web',
    select: { app: 'web' },
    rules:
      'ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}]',
  }),
]

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

  test('is what evaluating the whole file over each changed cluster says', () => {
    const cluster = parseCluster([...MANIFESTS.split('---\n'), ...OPEN_POLICIES].join('---\n'))
    const text = [
      testsOf(
        'allow shop/api -> shop/db:5432',
        'name: not from elsewhere\nfrom: any\nto: shop/db\nexcept: [same-namespace]\nports: [5432]\nexpect: deny',
        'name: by its ingress\nfrom: shop/web\nto: shop/db\nports: [5432]\nexpect: deny\ndeniedBy: ingress',
        'name: a gap\nfrom: [shop/api, shop/web]\nto: ops/api\nports: [80]\nexpect: deny\nknownGap: OPS-1',
        'name: only these\nto: shop/web\nports: [8080]\nallowOnlyFrom: [shop/api, {from: ops/api, knownGap: OPS-2}]',
        'name: nodes\nfrom: 192.0.2.7\nto: shop/db\nports: [5432]\nexpect: deny',
      ),
      'closed: {namespaces: [ops], directions: [ingress], external: false}',
    ].join('\n')
    const file = parseAssertions(text, 'netpol-tests.yaml')
    const asked = { namespace: 'default', isStrict: false, podRanges: rangesOf(['10.0.0.0/8']) }
    const statusesIn = (changed: typeof cluster) =>
      evaluateFile(changed, file, asked).outcomes.map(({ status }) => status)
    const base = statusesIn(cluster)
    expect(base).toEqual(['passed', 'passed', 'passed', 'known-gap', 'known-gap', 'passed', 'passed'])
    const fates = [...mutantFates(cluster, [evaluateFile(cluster, file, asked)])].map(({ mutant, fate, changes }) => {
      const policies = cluster.policies.map((one) => (one === mutant.policy ? mutant.changed : one))
      const isOther = String(statusesIn({ ...cluster, policies })) !== String(base)
      return { mutant, fate, expected: changes.length === 0 ? 'no-effect' : isOther ? 'killed' : 'survived' }
    })
    expect(fates.filter(({ fate, expected }) => fate !== expected)).toEqual([])
    expect(new Set(fates.map(({ fate }) => fate)).size).toBe(3)
  })

  test('policies whose places are too many by their entries are refused, as a test that cannot be evaluated', () => {
    const peers = Array.from({ length: 1300 }, (_, index) => `{podSelector: {matchLabels: {app: a${index}}}}`).join()
    const large = policyOf({
      namespace: 'shop',
      name: 'large',
      select: { app: 'db' },
      rules: `ingress: [{from: [${peers}]}]`,
    })
    const file = parseAssertions(testsOf('deny ops/api -> shop/db:5432'), 'netpol-tests.yaml')
    const cluster = parseCluster([...MANIFESTS.split('---\n').slice(0, 6), large].join('---\n'))
    const { coverage, tests } = testReport([{ file, cluster, options: {} }], [], { least: null })
    expect(coverage).toBeNull()
    expect(tests.map(({ name, status, diagnostics }) => [name, status, diagnostics?.[0]?.code])).toEqual([
      ['deny ops/api -> shop/db:5432', 'passed', undefined],
      ['coverage', 'error', 'NP030'],
    ])
  })
})
