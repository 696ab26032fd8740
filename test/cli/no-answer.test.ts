import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MatrixResult } from '../../src/index.js'
import { pod, policy } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'
import { validator } from '../support/cli-schema.js'

const here = process.cwd()
const schema = JSON.parse(readFileSync('schemas/matrix.json', 'utf8')) as Record<string, unknown>
let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-no-answer-'))
  process.chdir(root)
})
afterEach(() => {
  process.chdir(here)
  rmSync(root, { recursive: true })
})

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

async function matrix(...argv: readonly string[]) {
  const { code, stderr } = await run(['matrix', ...argv])
  return { code, stderr, lines: stderr.trimEnd().split('\n') }
}

describe('B10, B11: a root without an answer ends within ten lines, with a command', () => {
  test('a chart is to be rendered', async () => {
    put('charts/shop/Chart.yaml', 'name: shop\n')
    put('charts/shop/templates/a.yaml', 'kind: Pod\nmetadata: {name: {{ .x }}}\n')
    const { code, lines } = await matrix()
    expect(code).toBe(2)
    expect(lines.at(-2)).toBe('try: helm template shop charts/shop | netpol-sim matrix -f -   (1 template, not tried)')
    expect(lines.length).toBeLessThanOrEqual(10)
  })

  test('several charts are a menu, and in JSON the choices of the schema', async () => {
    for (const chart of ['a', 'b']) {
      put(`${chart}/Chart.yaml`, `name: ${chart}\n`)
      put(`${chart}/templates/a.yaml`, 'kind: Pod\nmetadata: {name: {{ .x }}}\n')
    }
    const { stderr } = await matrix()
    expect(stderr).toContain('  helm template a a | netpol-sim matrix -f -  1 template, not tried\n')
    expect(stderr).toContain('  helm template b b | netpol-sim matrix -f -  1 template, not tried\n')
    const { stdout } = await run(['matrix', '-o', 'json'])
    const answer = JSON.parse(stdout) as MatrixResult
    expect(answer.choices?.map(({ render }) => render)).toEqual([
      { chart: 'a', templates: 1 },
      { chart: 'b', templates: 1 },
    ])
    const isValid = validator(schema)
    expect([isValid(answer), isValid.errors]).toEqual([true, null])
  })

  test('what Flux makes is in the cluster', async () => {
    put('a.yaml', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec: {chart: {}}\n')
    const { lines, stderr } = await matrix()
    expect(stderr).toContain('1 object of HelmRelease (helm.toolkit.fluxcd.io) was not rendered')
    expect(lines.at(-2)).toMatch(/^try: kubectl get ns,no,po,svc,netpol -A -o json \| netpol-sim matrix -f - {3}\(/)
  })

  test('Markdown is counted', async () => {
    put('a.md', '# kind: NetworkPolicy\n')
    expect((await matrix()).stderr).toContain('files are read, and 1 file is Markdown (.md)')
  })

  test('many errors are ten lines, all of them with -v', async () => {
    for (let at = 0; at < 9; at += 1) put(`${at}.yaml`, policy('a', `p${at}`, `ingres${'s'.repeat(at)}x: []`))
    put('pod.yaml', pod('a', 'x', {}, null))
    const { lines } = await matrix()
    expect(lines.length).toBeLessThanOrEqual(10)
    expect((await matrix('-v')).lines.length).toBeGreaterThan(50)
  })
})

test('B10: a part is tried as the user will read it: one that a link leads out of is not offered', async () => {
  put('other/p.yaml', policy('a', 'p', 'ingress: []'))
  put('one/pod.yaml', pod('a', 'x', { v: '1' }, null))
  put('two/pod.yaml', pod('a', 'x', { v: '2' }, null))
  put('two/b.yaml', pod('a', 'y', { v: '2' }, null))
  put('one/b.yaml', pod('a', 'y', { v: '1' }, null))
  symlinkSync('../other/p.yaml', join(root, 'one/p.yaml'))
  const { stderr } = await matrix()
  const commands = [...stderr.matchAll(/^(?: {2}|try: )netpol-sim (.*?) {2,}[\d(]/gm)].map(([, words = '']) =>
    words.split(' '),
  )
  expect(commands.length).toBeGreaterThan(0)
  for (const words of commands) expect((await run(words)).code).toBe(0)
})

test('B13: netpol-sim.yml is not the settings, and that is said', async () => {
  put('netpol-sim.yml', 'strict: true\n')
  put('pod.yaml', pod('a', 'x', {}, null))
  const said = 'warning: `netpol-sim.yml` is not read: call it netpol-sim.yaml, or name it with --config\n'
  expect((await matrix()).stderr).toContain(said)
  expect((await matrix('-q')).stderr).not.toContain(said)
})

test('B9: a patch that a kustomization names is no workload of its own, whole as it may look', async () => {
  put('base/pod.yaml', pod('a', 'x', {}, null))
  put('prod/kustomization.yaml', 'resources: [../base]\npatches: [{path: patch.yaml}]\n')
  put('prod/patch.yaml', pod('a', 'x', { tier: 'web' }, null))
  const { code, stderr } = await matrix()
  expect([code, stderr]).toEqual([0, expect.stringContaining('a patch of `prod/kustomization.yaml`: it was left out')])
  put('prod/patch.yaml', policy('a', 'p', 'ingress: []'))
  expect((await matrix()).stderr).toContain('1 policy')
})

describe('A6: a pipe that is not read is told of', () => {
  const SAID = 'standard input is a pipe, and is only read with `-f -`'
  const said = async (argv: readonly string[], isPipedIn = true) => {
    const { code, stderr } = await run(argv, { isPipedIn, stdin: pod('a', 'x', {}, null) })
    return [code, stderr.split('\n').filter((line) => line.startsWith('standard input'))]
  }

  test('where there is no answer', async () => {
    expect(await said(['matrix'])).toEqual([2, [`${SAID}; the current folder was read`]])
    expect(await said(['matrix', '-f', root])).toEqual([2, [SAID]])
    expect(await said(['matrix'], false)).toEqual([2, []])
  })

  test('where the folder happens to have an answer: it is about something else', async () => {
    put('pod.yaml', pod('a', 'y', {}, null))
    expect(await said(['check', 'a/y', 'a/y'])).toEqual([0, [`${SAID}; the current folder was read`]])
    expect(await said(['check', 'a/y', 'a/y', '-q'])).toEqual([0, []])
    expect(await said(['check', 'a/y', 'a/y'], false)).toEqual([0, []])
  })

  test('not where `diff` reads it as a side, or two sides are named', async () => {
    put('base/pod.yaml', pod('a', 'x', {}, null))
    put('head/pod.yaml', pod('a', 'x', { tier: 'web' }, null))
    const [base, head] = [join(root, 'base'), join(root, 'head')]
    expect(await said(['diff', base, '-'])).toEqual([0, []])
    expect(await said(['diff', '-', head])).toEqual([0, []])
    expect(await said(['diff', base, head])).toEqual([0, []])
  })

  test('not where an assertion file says what is read, as in a hook that has a pipe to read from', async () => {
    put('pod.yaml', pod('a', 'y', {}, null))
    put('sub/netpol-tests.yaml', 'version: 1\ninputs: [..]\ntests: [deny external -> a/y:81]\n')
    put('netpol-tests.yaml', 'version: 1\ntests: [deny external -> a/y:81]\n')
    expect(await said(['test'])).toEqual([1, []])
    expect(await said(['test', 'sub'])).toEqual([1, []])
    expect(await said(['test', 'sub', '-f', 'nowhere'])).toEqual([2, [SAID]])
  })

  test('not where it is read, and not where somebody named what to read', async () => {
    put('pod.yaml', pod('a', 'y', {}, null))
    expect(await said(['check', '-f', '-', 'a/x', 'a/x'])).toEqual([0, []])
    expect(await said(['check', '-f', 'pod.yaml', 'a/y', 'a/y'])).toEqual([0, []])
    put('netpol-sim.yaml', 'inputs: [pod.yaml]\n')
    expect(await said(['check', 'a/y', 'a/y'])).toEqual([0, []])
  })
})

describe('B10: what GitOps objects install is rendered by a command for each', () => {
  const release = (spec: string, name = 'shop') =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: apps}\nspec: ${spec}\n`
  const source = (kind: string, spec: string) =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: {name: charts, namespace: flux-system}\nspec: ${spec}\n`
  const argo = (spec: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: ${spec}\n`
  const ofRepository = (version = '') =>
    release(`{chart: {spec: {chart: web${version}, sourceRef: {kind: HelmRepository, name: charts}}}}`)

  test.each([
    [
      'a HelmRelease and its HelmRepository',
      [ofRepository(), source('HelmRepository', '{url: https://charts.example}')],
      'helm template shop web --repo https://charts.example -n apps',
    ],
    [
      'a repository that is a registry, and a version',
      [ofRepository(', version: 1.x'), source('HelmRepository', '{type: oci, url: oci://charts.example/}')],
      'helm template shop oci://charts.example/web --version 1.x -n apps',
    ],
    [
      'an OCIRepository, another name and another namespace',
      [
        release('{releaseName: front, targetNamespace: prod, chartRef: {kind: OCIRepository, name: charts}}'),
        source('OCIRepository', '{url: oci://charts.example/web, ref: {tag: 2.0.0}}'),
      ],
      'helm template front oci://charts.example/web --version 2.0.0 -n prod',
    ],
    [
      'an Application of Argo CD',
      [
        argo(
          '{destination: {namespace: apps}, source: {repoURL: https://charts.example, chart: web, targetRevision: 3.1.0}}',
        ),
      ],
      'helm template shop web --repo https://charts.example --version 3.1.0 -n apps',
    ],
    [
      'a HelmChart of k3s',
      [
        'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: shop, namespace: kube-system}\nspec: {chart: web, repo: https://charts.example, targetNamespace: apps}\n',
      ],
      'helm template shop web --repo https://charts.example -n apps',
    ],
    [
      'words for a shell to take apart are quoted',
      [argo('{source: {repoURL: "https://x; rm -rf ~", chart: "$(id)"}}')],
      "helm template shop '$(id)' --repo 'https://x; rm -rf ~'",
    ],
  ])('%s', async (_, texts, command) => {
    texts.forEach((text, index) => {
      put(`apps/${index}.yaml`, text)
    })
    const { code, lines } = await matrix()
    expect([code, lines.at(-2)]).toEqual([
      2,
      `try: ${command} | netpol-sim matrix -f -   (not tried, without the values in apps/0.yaml)`,
    ])
  })

  test('several are a menu, each once, and in JSON the choices of the schema', async () => {
    put('a.yaml', ofRepository())
    put('again.yaml', ofRepository())
    put('b.yaml', release('{chart: {spec: {chart: api, sourceRef: {kind: HelmRepository, name: charts}}}}', 'api'))
    put('c.yaml', source('HelmRepository', '{url: https://charts.example}'))
    expect((await matrix()).lines.filter((line) => line.startsWith('  helm template'))).toHaveLength(2)
    const answer = JSON.parse((await run(['matrix', '-o', 'json'])).stdout) as MatrixResult
    expect(answer.choices?.map(({ render }) => render?.release?.name)).toEqual(['shop', 'api'])
    const isValid = validator(schema)
    expect([isValid(answer), isValid.errors]).toEqual([true, null])
  })

  test.each([
    [
      'in a git repository',
      [release('{chart: {spec: {chart: ./web, sourceRef: {kind: GitRepository, name: charts}}}}')],
    ],
    ['of a source that is not in the input', [ofRepository()]],
    ['that would be a flag', [argo('{source: {repoURL: https://x, chart: --post-renderer=evil}}')]],
    ['of an Application that is no chart', [argo('{source: {repoURL: https://git.example, path: web}}')]],
  ])('a chart %s has no such command', async (_, texts) => {
    texts.forEach((text, index) => {
      put(`apps/${index}.yaml`, text)
    })
    expect((await matrix()).stderr).not.toContain('helm template shop')
  })
})
