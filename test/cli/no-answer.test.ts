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

  test('not where it is read, and not where somebody named what to read', async () => {
    put('pod.yaml', pod('a', 'y', {}, null))
    expect(await said(['check', '-f', '-', 'a/x', 'a/x'])).toEqual([0, []])
    expect(await said(['check', '-f', 'pod.yaml', 'a/y', 'a/y'])).toEqual([0, []])
    put('netpol-sim.yaml', 'inputs: [pod.yaml]\n')
    expect(await said(['check', 'a/y', 'a/y'])).toEqual([0, []])
  })
})
