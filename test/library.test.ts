import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest'
import {
  check,
  loadCluster,
  matrix,
  parseCluster,
  type CheckOptions,
  type CheckResult,
  type Cluster,
} from '../src/index.js'
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

describe('callers in JavaScript get mistakes as data', () => {
  /** As JavaScript calls it: nobody looks at types. */
  const untyped = { check, matrix, loadCluster, parseCluster } as unknown as Readonly<
    Record<string, (...args: readonly unknown[]) => { diagnostics: { code: string; message: string }[] }>
  >
  const said = (name: string, ...args: readonly unknown[]) =>
    untyped[name]?.(...args).diagnostics.map(({ code, message }) => `${code} ${message}`)
  const cluster = loadCluster(PRODUCTION)

  test.each<readonly [string, readonly unknown[], string]>([
    ['check', [cluster, { from: 'a' }], 'the question: `to` is missing'],
    ['check', [cluster], 'the question: must be an object'],
    ['check', [cluster, 'a'], 'the question: must be an object'],
    ['check', [cluster, { from: 1, to: 'b' }], 'the question: `from` must be a text'],
    ['check', [cluster, { from: 'a', to: 'b', prot: 1 }], 'the question: unknown `prot`, did you mean `port`?'],
    [
      'check',
      [cluster, QUESTION, { podCidr: ['10.0.0.0/8'] }],
      'the options of check: unknown `podCidr`, did you mean `podCidrs`?',
    ],
    [
      'check',
      [cluster, QUESTION, { podCidrs: '10.0.0.0/8' }],
      'the options of check: `podCidrs` must be a list of texts',
    ],
    ['check', [cluster, QUESTION, { strict: 'yes' }], 'the options of check: `strict` must be true or false'],
    [
      'check',
      [cluster, QUESTION, { hostNetwork: 'no' }],
      "the options of check: `hostNetwork` must be 'ignore' or 'enforce'",
    ],
    ['check', [cluster, QUESTION, { constructor: 1 }], 'the options of check: unknown `constructor`'],
    ['check', [cluster, QUESTION, null], 'the options of check: must be an object'],
    ['check', [undefined, QUESTION], 'the first argument must be what loadCluster or parseCluster returned'],
    ['check', [PRODUCTION, QUESTION], 'the first argument must be what loadCluster or parseCluster returned'],
    ['matrix', [cluster, { form: 'a' }], 'the options of matrix: unknown `form`, did you mean `from`?'],
    ['matrix', [cluster, { port: ['80'] }], 'the options of matrix: `port` must be a number or a text'],
    ['matrix', [null], 'the first argument must be what loadCluster or parseCluster returned'],
    ['loadCluster', [], 'the paths must be a text or a list of texts'],
    ['loadCluster', [PRODUCTION, { excludes: [] }], 'the options: unknown `excludes`, did you mean `exclude`?'],
    ['loadCluster', [PRODUCTION, { exclude: ['!a'] }], '`!a`: what was left out cannot be taken back with `!`'],
    ['loadCluster', [PRODUCTION, { maxInput: -1 }], 'the options: `maxInput` must be a number that is not negative'],
    ['loadCluster', [PRODUCTION, { namespace: 'A' }], '`namespace` must be lower-case letters'],
    ['parseCluster', [{}], 'the texts must be a text, or a list of texts and of { file, text }'],
    ['parseCluster', [[{ file: 'a' }]], 'the texts must be a text, or a list of texts and of { file, text }'],
    ['parseCluster', ['', { onDocument: 1 }], 'the options: `onDocument` must be a function'],
  ])('%s: %#', (name, args, message) => {
    expect(said(name, ...args)).toEqual([expect.stringContaining(`NP030 ${message}`)])
  })

  test('what is undefined is left out', () => {
    expect(
      said('check', cluster, { ...QUESTION, port: undefined }, { strict: undefined, podCidrs: undefined }),
    ).toEqual([])
  })

  test('matrix and check take the same ports', () => {
    for (const port of [8080, '8080']) {
      const { connections } = matrix(cluster, { to: 'production/backend', from: 'production/any', port })
      expect(connections).toMatchObject([{ from: 'production/Pod/frontend' }])
    }
  })
})

describe('what a caller does to a result changes no later answer', () => {
  /** Overwrites whatever can be reached. */
  function spoil(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const inner of Object.values(value)) spoil(inner)
    if (Array.isArray(value)) value.length = 0
    else for (const key of Object.keys(value)) Reflect.set(value, key, 'spoilt')
  }

  test.each<readonly [string, (cluster: Cluster) => object]>([
    ['check', (cluster) => check(cluster, QUESTION)],
    ['check of all', (cluster) => check(cluster, { from: 'any', to: 'any' }, { verbose: true })],
    ['a mistake', (cluster) => check(cluster, { from: 'nobody', to: 'nobody' })],
    ['matrix', (cluster) => matrix(cluster)],
    ['matrix of pods', (cluster) => matrix(cluster, { pods: true, to: 'any' })],
    ['a mistake of matrix', (cluster) => matrix(cluster, { from: 'nobody' })],
  ])('%s', (_, ask) => {
    for (const folder of [PRODUCTION, 'fixtures/clusters/demo']) {
      const cluster = loadCluster(folder)
      const before = structuredClone(ask(cluster))
      spoil(ask(cluster))
      expect(ask(cluster)).toEqual(before)
    }
  })
})
