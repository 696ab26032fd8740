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
  test('ends with 2 and says what to read instead, first of all', async () => {
    const { code, diagnostics } = await askJson()
    expect(code).toBe(2)
    expect(diagnostics.filter(({ severity }) => severity === 'error')[0]).toMatchObject({
      code: 'NP025',
      message: '3 folders hold variants of the same objects: `base`, `overlays/dev`, `overlays/prod`',
      help: 'read one of them: kustomize build overlays/prod | netpol-sim … -f -, or -f base, or --exclude overlays/dev --exclude overlays/prod',
    })
    expect((await run(['check', ...QUESTION])).stderr).toMatch(/^error\[NP025\]: 3 folders hold variants/)
  })

  test('each thing that it says to type works', async () => {
    const { diagnostics } = await askJson()
    const [, named = '', excluded = ''] =
      /(-f base), or (--exclude .*)$/.exec(diagnostics.find(({ code }) => code === 'NP025')?.help ?? '') ?? []
    for (const flags of [named, excluded]) {
      expect(await askJson(...flags.split(' '))).toMatchObject({ code: 0, verdict: 'allow' })
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

test('our own files are irrelevant whatever they hold', () => {
  const text = 'kind: NetworkPolicy\napiVersion: v7\n'
  for (const file of ['netpol-sim.yaml', 'a/netpol-tests.yaml', 'a/b.netpol-test.yaml']) {
    expect(parseCluster([{ file, text }]).inventory).toMatchObject({ irrelevant: 1, error: 0 })
  }
  for (const file of ['my-netpol-sim.yaml', 'netpol-test.yaml', 'netpol-tests.yaml.json']) {
    expect(parseCluster([{ file, text }]).inventory).toMatchObject({ irrelevant: 0, error: 1 })
  }
})

describe('variants of two objects', () => {
  const variant = (file: string, label: string) => ({
    file,
    text: ['a', 'b']
      .map((name) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {l: ${label}}}\n`)
      .join('---\n'),
  })
  const helpOf = (...files: readonly string[]) =>
    parseCluster(files.map((file, index) => variant(file, `v${index}`)))
      .diagnostics.filter(({ object }) => object === null)
      .map(({ help }) => help)

  test.each([
    ['in one folder are told one by one', ['k/a.yaml', 'k/b.yaml'], []],
    ['in a folder and below it', ['k/a.yaml', 'k/x/b.yaml'], ['read one of them: --exclude k/x']],
    ['in the current folder and below it', ['a.yaml', 'x/b.yaml'], ['read one of them: --exclude ./x']],
    ['in odd folders', ['k/a.yaml', "it's [1]/b.yaml"], [`read one of them: -f 'it'\\''s [1]', or --exclude ./k`]],
    ['in absolute folders', ['/r/a/x.yaml', '/r/b/x.yaml'], ['read one of them: -f /r/a, or --exclude /r/b']],
    ['on standard input', ['<stdin>', 'k/b.yaml'], []],
  ])('%s', (_, files, helps) => {
    expect(helpOf(...files)).toEqual(helps)
  })
})
