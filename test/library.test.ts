import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest'
import { check, loadCluster, parseCluster, type CheckOptions, type CheckResult, type Cluster } from '../src/index.js'
import { CLUSTER, policy } from './support/cli-cluster.js'
import { run } from './support/cli-io.js'

const PRODUCTION = 'fixtures/clusters/production'
const QUESTION = { from: 'production/frontend', to: 'production/backend', port: 8080 }

/** Everything through which a library could print. */
let printers: readonly MockInstance[]
beforeEach(() => {
  printers = [
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name)),
    ...[process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write')),
    vi.spyOn(process, 'exit'),
  ]
})
afterEach(() => {
  expect(printers.map(({ mock }) => mock.calls)).toEqual(printers.map(() => []))
  vi.restoreAllMocks()
  expect(process.exitCode).toBeUndefined()
})

describe('the library answers at once', () => {
  test('from a folder', () => {
    const { verdict, certainty, flows, diagnostics } = check(loadCluster([PRODUCTION]), QUESTION)
    expect({ verdict, certainty, diagnostics }).toEqual({ verdict: 'allow', certainty: 'certain', diagnostics: [] })
    expect(flows[0]?.ingress.rules).toMatchObject([
      { policy: 'production/backend-from-frontend', path: 'spec.ingress[0]' },
    ])
  })

  test('from text, with or without names for it', () => {
    const text = readFileSync(`${PRODUCTION}/production.yaml`, 'utf8')
    const fileOf = (cluster: Cluster) => check(cluster, QUESTION).flows[0]?.ingress.policies[0]?.file
    expect(fileOf(parseCluster(text))).toBe('<text 1>')
    expect(fileOf(parseCluster(['', text]))).toBe('<text 2>')
    expect(fileOf(parseCluster([{ file: 'git:main', text }]))).toBe('git:main')
  })

  test('to a port as a number, as text, behind the peer, or to all of them', () => {
    const cluster = loadCluster([PRODUCTION])
    const ask = (to: string, port?: string | number) => check(cluster, { from: QUESTION.from, to, port }).verdict
    expect([ask(QUESTION.to, 8081), ask(QUESTION.to, '8081/TCP'), ask(`${QUESTION.to}:8081`)]).toEqual([
      'deny',
      'deny',
      'deny',
    ])
    expect([ask(QUESTION.to), ask(QUESTION.to, '8080-8081')]).toEqual(['allow', 'partial'])
  })

  test('with options in the words of the command line', () => {
    const cluster = parseCluster([
      CLUSTER,
      policy('tenant-a', 'p', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]'),
    ])
    const ask = (options: CheckOptions) => {
      const { verdict, certainty } = check(cluster, { from: 'tenant-b/blue', to: 'tenant-a/blue', port: 80 }, options)
      return [verdict, certainty]
    }
    expect(ask({})).toEqual(['allow', 'undefined'])
    expect(ask({ ipblockPods: 'never' })).toEqual(['deny', 'certain'])
    expect(ask({ strict: true })).toEqual([null, 'undefined'])
  })

  test('the same cluster can be asked again and again', () => {
    const cluster = loadCluster([PRODUCTION])
    const first = check(cluster, QUESTION)
    check(cluster, { from: 'any', to: 'any' }, { verbose: true, strict: true })
    expect(check(cluster, QUESTION)).toEqual(first)
  })
})

describe('mistakes of the user are returned', () => {
  const reasons = ({ verdict, flows, diagnostics }: CheckResult) => ({
    verdict,
    flows,
    codes: diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
  })

  test.each([
    ['a file that is not there', () => loadCluster(['fixtures/nowhere']), ['NP001']],
    ['no file', () => loadCluster([]), ['NP027']],
    ['standard input, where there is none', () => loadCluster(['-']), ['NP001']],
    ['an impossible path', () => loadCluster(['a\u0000b']), ['NP001']],
    ['no text', () => parseCluster(''), ['NP027']],
    ['no texts', () => parseCluster([]), ['NP027']],
    ['a text that is no YAML', () => parseCluster('kind: Pod\nmetadata: [b'), ['NP003']],
    ['an invalid manifest', () => loadCluster(['fixtures/invalid/F-118-bare-address.yaml']), ['NP012']],
  ])('of loading: %s', (_, load, codes) => {
    expect(reasons(check(load(), QUESTION))).toEqual({ verdict: null, flows: [], codes })
  })

  test.each<readonly [string, Parameters<typeof check>[1], CheckOptions, string]>([
    ['a peer that matches nothing', { from: 'nobody', to: 'production/backend' }, {}, 'NP031'],
    ['a peer that is none', { from: '///', to: 'production/backend' }, {}, 'NP030'],
    ['an empty question', { from: '', to: '' }, {}, 'NP030'],
    ['a port that is none', { ...QUESTION, port: 0 }, {}, 'NP030'],
    ['a port that is no whole number', { ...QUESTION, port: 80.5 }, {}, 'NP030'],
    ['a port that is no number', { ...QUESTION, port: NaN }, {}, 'NP030'],
    ['a port twice', { ...QUESTION, to: 'production/backend:80' }, {}, 'NP030'],
    ['a pod CIDR that is none', QUESTION, { podCidrs: ['10.0.0.0/33'] }, 'NP030'],
  ])('of asking: %s', (_, question, options, code) => {
    const cluster = loadCluster([PRODUCTION])
    expect(reasons(check(cluster, question, options))).toEqual({ verdict: null, flows: [], codes: [code] })
  })
})

describe('check gives the very object that check -o json prints', () => {
  test.each<readonly [readonly string[], string, string, CheckOptions, readonly string[]]>([
    [[PRODUCTION], 'production/batch', 'production/backend:8080', {}, []],
    [[PRODUCTION], 'any', 'any', { verbose: true }, ['-v']],
    [[PRODUCTION], 'frontend', 'backend:8080', { namespace: 'production' }, ['-n', 'production']],
    [[PRODUCTION], 'nobody', 'production/backend:8080', {}, []],
    [
      ['fixtures/clusters'],
      'any',
      'y/a:80/UDP',
      { strict: true, ipblockPods: 'never' },
      ['--strict', '--ipblock-pods', 'never'],
    ],
    [['fixtures/nowhere'], 'any', 'any', {}, []],
    [['fixtures/invalid'], 'any', 'any', { podCidrs: ['10.0.0.0/8'] }, ['--pod-cidr', '10.0.0.0/8']],
  ])('%j: %s to %s', async (paths, from, to, options, flags) => {
    const { strict, namespace } = options
    const result = check(loadCluster(paths, { strict, namespace }), { from, to }, options)
    const { stdout } = await run(['check', ...paths.flatMap((path) => ['-f', path]), from, to, '-o', 'json', ...flags])
    expect(JSON.parse(stdout)).toEqual(result)
  })
})
