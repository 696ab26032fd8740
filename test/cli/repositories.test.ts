import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/index.js'
import { parseCluster } from '../../src/index.js'
import { run } from '../support/cli-io.js'

const here = process.cwd()
beforeEach(() => {
  process.chdir('fixtures/repositories/charts-and-overlays')
})
afterEach(() => {
  process.chdir(here)
})

const QUESTION = ['shop/web', 'shop/db:5432']

async function askJson(...flags: readonly string[]): Promise<CheckResult & { code: number }> {
  const { code, stdout } = await run(['check', ...flags, ...QUESTION, '-o', 'json'])
  return { ...(JSON.parse(stdout) as CheckResult), code }
}

describe('the root of a repository with charts, a base and overlays', () => {
  test('ends with 2 and offers parts that were tried, those with most policies first', async () => {
    const { code, diagnostics } = await askJson()
    expect(code).toBe(2)
    expect(diagnostics.filter(({ severity }) => severity === 'error')[0]).toMatchObject({
      code: 'NP025',
      message: '3 folders hold variants of the same objects: `base`, `overlays/dev`, `overlays/prod`',
      help: expect.stringMatching(
        /^read a part that belongs together: -f base \(2 workloads, 1 policy\), or /,
      ) as string,
    })
    const { stderr } = await run(['check', ...QUESTION])
    expect(stderr).toMatch(/^error\[NP025\]: 3 folders hold variants/)
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
    expect(stderr).toMatch(/^\d+ errors, \d+ warnings?, no answer; netpol-sim explain NP025$/m)
  })

  test('each command that it says to type answers, with the policies that it says', async () => {
    const { stderr } = await run(['check', ...QUESTION])
    const commands = [...stderr.matchAll(/^ {2}netpol-sim (.*?) {2,}(\d+) workloads?, (\d+) /gm)]
    expect(commands.length).toBeGreaterThan(0)
    for (const [, words = '', workloads, policies] of commands) {
      const answer = await run([...words.split(' '), '-o', 'json'])
      expect(answer.code).toBeLessThan(2)
      expect(answer.stderr).toContain(`loaded ${policies} polic`)
      expect(answer.stderr).toContain(`, ${workloads} workload`)
    }
  })

  test('each object that stands twice names both places and how to keep one', async () => {
    const { diagnostics } = await askJson()
    const twice = diagnostics.filter(({ object }) => object === 'NetworkPolicy shop/db')
    expect(twice).toMatchObject([
      {
        code: 'NP025',
        message: expect.stringContaining('base/shop.yaml:20:1') as string,
        file: 'overlays/dev/policy.yaml',
      },
      {
        code: 'NP025',
        message: expect.stringContaining('base/shop.yaml:20:1') as string,
        file: 'overlays/prod/policy.yaml',
      },
    ])
    const flags = twice.flatMap(({ help }) => /--exclude \S+(?=,)/.exec(help ?? '')?.[0].split(' ') ?? [])
    expect(flags).toHaveLength(4)
    expect(await askJson(...flags, '--exclude', 'web.yaml')).toMatchObject({ code: 0 })
  })

  test('templates of a chart are one warning with the command that renders them', async () => {
    const { diagnostics, incomplete } = await askJson('--exclude', 'overlays')
    expect(incomplete).toBe(true)
    expect(diagnostics.filter(({ code }) => code === 'NP101')).toMatchObject([
      {
        message:
          '2 unrendered templates were skipped; `helm template charts/shop | netpol-sim … -f -` reads what the chart makes',
        help: 'render them first: helm template charts/shop | netpol-sim … -f -',
        file: 'charts/shop',
      },
    ])
    process.chdir('charts/shop')
    expect((await askJson()).diagnostics.map(({ help }) => help)).toContain(
      'render them first: helm template . | netpol-sim … -f -',
    )
  })

  test('our own files and what has nearly the name of a manifest are no obstacle', async () => {
    const { diagnostics, inventory } = await askJson('--exclude', 'overlays', '--exclude', 'charts')
    expect(inventory).toMatchObject({ files: 3, used: 3, irrelevant: 2, error: 0 })
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['info NP132'])
  })
})

describe('parts of an input that contradicts itself', () => {
  const ask = async (folder: string, ...words: readonly string[]) => {
    process.chdir(`${here}/fixtures/repositories/${folder}`)
    return run(['matrix', ...words])
  }

  test('folders of policies beside the variants stay in every choice', async () => {
    const { code, stderr } = await ask('policies-beside-variants')
    expect(code).toBe(2)
    expect(stderr.split('\n').slice(2, 4)).toEqual([
      '  netpol-sim matrix -f base -f policies     2 workloads, 1 policy',
      '  netpol-sim matrix -f release -f policies  2 workloads, 1 policy',
    ])
  })

  test('a choice that leaves policies out says so', async () => {
    const { stderr } = await ask('policies-beside-variants', 'base', 'release', 'policies/np.yaml', '--port', '80')
    expect(stderr).toContain('netpol-sim matrix --port 80 -f base -f policies/np.yaml')
    const { stderr: without } = await ask('policy-in-one-variant')
    expect(without).toMatch(/-f a +1 workload, 1 policy\n.*-f b +1 workload, 0 of 1 policy\n/)
  })

  test('many errors in one policy are shown, since they say what is wrong with it', async () => {
    const { code, stderr } = await ask('many-errors-in-one-policy')
    expect(code).toBe(2)
    expect(stderr).toContain('indent `cidr` and `except` further, under `ipBlock`')
    expect(stderr).toMatch(/^7 errors, no answer/m)
    expect(stderr).not.toContain('a part that belongs together')
  })

  test('one broken file is left out by name, and what it may hold is counted', async () => {
    const { code, stderr } = await ask('one-broken-policy')
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^try: netpol-sim matrix -f \. --exclude \.\/broken\.yaml {3}\(1 workload, 1 of 2 policies\)$/m,
    )
    expect(stderr).toMatch(/^1 error.*, no answer; netpol-sim explain NP008$/m)
    expect((await ask('one-broken-policy', '-f', '.', '--exclude', './broken.yaml')).code).toBe(0)
  })
})

describe('a kustomization that builds something other than what was read', () => {
  const ask = (...files: readonly (readonly [string, string])[]) =>
    parseCluster(files.map(([file, text]) => ({ file, text })))
  const pod = (name: string, more = '') =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {a: b}${more}}\n`
  const K = 'k/kustomization.yaml'

  test.each([
    [
      'lists what was read',
      [
        [K, 'resources: [a.yaml]\n'],
        ['k/a.yaml', pod('a')],
      ],
      null,
    ],
    [
      'lists a folder that is read',
      [
        [K, 'resources: [../b]\n'],
        ['b/kustomization.yaml', 'resources: [a.yaml]\n'],
        ['b/a.yaml', pod('a')],
      ],
      null,
    ],
    [
      'lists a file with another ending',
      [
        [K, 'resources: [a.yaml, deny.tpl]\n'],
        ['k/a.yaml', pod('a')],
      ],
      '`deny.tpl` is listed and not read',
    ],
    [
      'lists an address',
      [
        [K, 'resources: [a.yaml, https://example.com/x]\n'],
        ['k/a.yaml', pod('a')],
      ],
      '`https://example.com/x` is listed and not read',
    ],
    [
      'does not list a file',
      [
        [K, 'resources: [a.yaml]\n'],
        ['k/a.yaml', pod('a')],
        ['k/x/b.yaml', pod('b')],
      ],
      '`k/x/b.yaml` is read and not listed',
    ],
    [
      'leaves an object behind',
      [
        [K, 'resources: [a.yaml]\n'],
        ['k/a.yaml', pod('a', ", annotations: {config.kubernetes.io/local-config: 'true'}")],
      ],
      '`k/a.yaml` is partly left out of what it builds (`config.kubernetes.io/local-config`)',
    ],
    [
      'changes the objects',
      [
        [K, 'resources: [a.yaml]\nnamespace: prod\n'],
        ['k/a.yaml', pod('a')],
      ],
      'the manifests beside it were read unmodified',
    ],
    [
      'takes in a component',
      [
        [K, 'resources: [a.yaml]\ncomponents: [../c]\n'],
        ['k/a.yaml', pod('a')],
        ['c/kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: x\n'],
      ],
      'the manifests beside it were read unmodified',
    ],
  ] as const)('%s', (_, files, reason) => {
    const { diagnostics, incomplete } = ask(...files)
    const said = diagnostics.filter(({ code }) => code === 'NP131').map(({ message }) => message)
    expect(said).toEqual(reason === null ? [] : [`the kustomization was not built: ${reason}`])
    expect(incomplete).toBe(reason !== null)
  })
})

describe('what has a kind and is not a whole object does not stop a run, and is called what it is', () => {
  const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'
  const POLICY = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\n'

  test.each([
    [
      'a patch',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {replicas: 3}\n',
      'a workload without a pod template is a patch',
      true,
    ],
    [
      'a patch that deletes',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\n$patch: delete\n',
      'a workload without a pod template is a patch',
      true,
    ],
    ['values of a chart', 'replicas: 2\nkind: DaemonSet\n', 'values of a chart, not an object', false],
    [
      'a template in quotes',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: "{{ .Namespace }}"}\n',
      'a variable is not filled in',
      true,
    ],
    [
      'a variable in a policy',
      `${POLICY}spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "\${CIDR:=10.0.0.0/16}"}}]}]}\n`,
      'a variable is not filled in',
      true,
    ],
    [
      'a variable of kustomize',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: $(ns)}\n',
      'a variable is not filled in',
      true,
    ],
  ])('%s', (_, text, what, isIncomplete) => {
    const { diagnostics, incomplete, answerable } = parseCluster([POD, text])
    expect(diagnostics.filter(({ code }) => code === 'NP139').map(({ message }) => message)).toEqual([
      `${what}: it was left out`,
    ])
    expect({ incomplete, answerable }).toEqual({ incomplete: isIncomplete, answerable: true })
  })

  test.each([
    ['${NS}', 'envsubst < FILE'],
    ['${NS:=shop}', "sed 's|${NS:=shop}|VALUE|g' FILE"],
    ['$(ns)', "sed 's|$(ns)|VALUE|g' FILE"],
    ['{{ .Namespace }}', "sed 's|{{ .Namespace }}|VALUE|g' FILE"],
    ['@NS@', "sed 's|@NS@|VALUE|g' FILE"],
    ['<ns>', "sed 's|<ns>|VALUE|g' FILE"],
  ])('B9: the command that fills %s in', (variable, command) => {
    const { diagnostics } = parseCluster([POD, `apiVersion: v1\nkind: Namespace\nmetadata: {name: "${variable}"}\n`])
    const said = diagnostics.filter(({ code }) => code === 'NP139').map(({ help }) => help)
    expect(said).toEqual([`fill the variables in and pipe the result in: ${command} | netpol-sim … -f -`])
  })

  test.each([
    ['a policy without an apiVersion', 'kind: NetworkPolicy\nspec: {podSelector: {}}\n'],
    ['a policy with the mark of a patch', `${POLICY}$patch: delete\nspec: {podSelector: {}}\n`],
    ['a policy with an unknown field named like a variable', `${POLICY}spec: {podSelector: {}, "\${X}": 1}\n`],
  ])('%s stays an error', (_, text) => {
    expect(parseCluster([POD, text]).answerable).toBe(false)
  })
})
