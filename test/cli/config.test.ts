import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { load } from 'js-yaml'
import type { CheckResult } from '../../src/index.js'
import { pod, policy } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'
import { validator } from '../support/cli-schema.js'

const here = process.cwd()
let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-config-'))
  put('repo/.git/HEAD', '')
  put('repo/k8s/pods.yaml', [pod('a', 'x', {}, null), pod('a', 'z', {}, null)].join('---\n'))
  put('repo/k8s/deny/policy.yaml', policy('a', 'deny', 'ingress: []'))
  put('repo/tools/deep/notes.txt', '')
  process.chdir(join(root, 'repo'))
})
afterEach(() => {
  process.chdir(here)
  rmSync(root, { recursive: true })
})

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const check = (...flags: readonly string[]) => run(['check', ...flags, 'a/x', 'a/z:80'])
const loaded = async (...flags: readonly string[]) => /loaded .*/.exec((await check(...flags)).stderr)?.[0]
const TWO = 'loaded 0 policies, 2 workloads, 1 namespace from 1 file'
const ALL = 'loaded 1 policy, 2 workloads, 1 namespace from 2 files'

describe('netpol-sim.yaml', () => {
  test('says what is read, relative to itself, wherever in the repository the command runs', async () => {
    put('repo/other/broken.yaml', 'kind: NetworkPolicy\n\tbroken')
    put('repo/netpol-sim.yaml', 'inputs: [k8s]\n')
    for (const folder of ['repo', 'repo/tools/deep', 'repo/k8s/deny']) {
      process.chdir(join(root, folder))
      expect(await loaded()).toBe(ALL)
    }
    expect((await check()).stdout).toContain(' ../deny/policy.yaml:1:1 ')
  })

  test.each(['deny', 'k8s/deny', '/k8s/deny/', '**/policy.yaml', './k8s/*/policy.yaml'])(
    'leaves out %s, wherever the command runs',
    async (glob) => {
      put('repo/netpol-sim.yaml', `inputs: [k8s]\nexclude: ['${glob}']\n`)
      for (const folder of ['repo', 'repo/tools/deep', 'repo/k8s']) {
        process.chdir(join(root, folder))
        expect(await loaded()).toBe(TWO)
      }
      expect(await loaded('-f', '.', '-f', 'deny/policy.yaml')).toBe(ALL)
    },
  )

  test('with a slash a glob does not count from the inputs', async () => {
    put('repo/netpol-sim.yaml', "inputs: [k8s]\nexclude: ['./policy.yaml', 'x/policy.yaml']\n")
    expect(await loaded()).toBe(ALL)
  })

  test('loses against every flag', async () => {
    put('repo/netpol-sim.yaml', 'inputs: [nowhere]\nexclude: [deny]\nnamespace: b\n')
    expect(await loaded('-f', 'k8s', '--exclude', 'nothing')).toBe(ALL)
    put('repo/netpol-sim.yaml', 'inputs: [k8s]\nexclude: [deny]\nnamespace: b\n')
    expect((await run(['check', '-n', 'a', 'x', 'z'])).stdout).toMatch(/^ALLOWED/)
    expect((await run(['check', '-f', 'k8s', 'x', 'z'])).stderr).toMatch(/NP031.*`x` matches nothing/)
  })

  test('sets what flags set', async () => {
    put('repo/k8s/block.yaml', policy('a', 'block', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]'))
    const answer = async () => JSON.parse((await check('-o', 'json')).stdout) as CheckResult
    put('repo/netpol-sim.yaml', 'exclude: [deny]\n')
    expect(await answer()).toMatchObject({ certainty: 'indeterminate' })
    put('repo/netpol-sim.yaml', 'exclude: [deny]\npodCidr: [10.1.0.0/16]\nipblockPods: match\nstrict: false\n')
    expect(await answer()).toMatchObject({ verdict: 'allow', certainty: 'certain' })
    put('repo/netpol-sim.yaml', 'exclude: [deny]\nipblockPods: never\nhostNetwork: enforce\n')
    expect(await answer()).toMatchObject({ verdict: 'deny', certainty: 'certain' })
    put('repo/netpol-sim.yaml', 'exclude: [deny]\nstrict: true\n')
    expect(await answer()).toMatchObject({ verdict: null })
  })

  test('of the nearest folder counts, and none beyond the root of the repository', async () => {
    put('netpol-sim.yaml', 'bad: [')
    process.chdir(join(root, 'repo/tools/deep'))
    put('repo/tools/deep/p.yaml', pod('a', 'x', {}, null))
    expect(await loaded()).toMatch(/1 workload,/)
    put('repo/netpol-sim.yaml', 'inputs: [k8s]\n')
    put('repo/tools/netpol-sim.yaml', 'inputs: [../k8s/pods.yaml]\n')
    expect(await loaded()).toBe(TWO)
  })

  test('without a repository only that of the current folder counts', async () => {
    rmSync(join(root, 'repo/.git'), { recursive: true })
    put('repo/netpol-sim.yaml', 'inputs: [k8s/pods.yaml]\n')
    expect(await loaded()).toBe(TWO)
    process.chdir(join(root, 'repo/k8s'))
    expect(await loaded()).toBe(ALL)
  })

  test('can be another one, and its absence is an error', async () => {
    put('repo/netpol-sim.yaml', 'inputs: [nowhere]\n')
    put('repo/ci/settings.yaml', 'inputs: [../k8s]\n')
    expect(await loaded('--config', 'ci/settings.yaml')).toBe(ALL)
    expect(await check('--config', 'ci/none.yaml')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error[NP033]: ci/none.yaml: cannot be read: there is no such file or folder\n',
    })
  })

  test('is read as YAML 1.2: y and on are text', async () => {
    put('repo/netpol-sim.yaml', '---\ninputs: [y, on]\nnamespace: n # no boolean\n')
    for (const name of ['y', 'on'])
      put(`repo/${name}/p.yaml`, `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}x}\n`)
    expect(await loaded()).toBe('loaded 0 policies, 2 workloads, 1 namespace from 2 files')
    expect((await run(['check', 'n/yx', 'onx'])).code).toBe(0)
  })
})

const WRONG: readonly (readonly [string, string])[] = [
  ['inptus: [k8s]', '1:1: `inptus` is not a key of netpol-sim.yaml\n  = help: did you mean `inputs`?'],
  ['# c\npod-cidr: [10.0.0.0/8]', '2:1: `pod-cidr` is not a key of netpol-sim.yaml\n  = help: did you mean `podCidr`?'],
  [
    'strict: true\nzzz: 1',
    '2:1: `zzz` is not a key of netpol-sim.yaml\n  = help: the keys are inputs, exclude, namespace,',
  ],
  ['inputs: k8s', '1:9: `inputs` must be a list of texts\n  = help: write `inputs: [ … ]`'],
  ['inputs: []', '1:9: `inputs` must name at least one path'],
  ['inputs: [1]', '1:10: `inputs` must be a list of texts'],
  ['inputs: [""]', '1:10: `inputs` must be a list of texts'],
  ['inputs: [-, k8s]', '1:10: found `-, k8'],
  ["inputs: ['-']", '1:10: standard input can only be named on the command line\n  = help: give `-f -`'],
  ['exclude: [a, "!b"]', '1:14: `!b`: what was left out cannot be taken back with `!`\n  = help: write globs'],
  ['exclude:', '1:1: `exclude` must be a list of texts'],
  ['namespace: 7', '1:12: `namespace` must be text'],
  ['namespace: Shop', '1:12: `Shop` is not a namespace: it must be lower-case letters'],
  ['podCidr: 10.0.0.0/8', '1:10: `podCidr` must be a list of texts'],
  ['ipblockPods: maybe', '1:14: `ipblockPods` must be `match` or `never`'],
  ['hostNetwork: true', '1:14: `hostNetwork` must be `ignore` or `enforce`'],
  ['strict: yes', '1:9: `strict` must be `true` or `false`'],
  ['tests: {a: b}', '1:8: `tests` must be a list of texts'],
  ['[inputs]', '1:1: expected keys such as `inputs: [k8s]`'],
  ['inputs: &a [k8s]', '1:9: anchors and aliases have no place in this file'],
  ['inputs: !!js/function x', '1:9: tags have no place in this file'],
  ['<<: {strict: true}', '1:1: `<<` is not a key of netpol-sim.yaml'],
  ['__proto__: 1', '1:1: `__proto__` is not a key of netpol-sim.yaml'],
  ['constructor: 1', '1:1: `constructor` is not a key of netpol-sim.yaml'],
  ['strict: true\nstrict: true', '2:1: duplicate key `strict`'],
  ['inputs: [k8s', '2:1: a `[` or `{` is never closed'],
  ['a: 1\n---\nb: 2', '2:1: '],
]

describe('what a stranger may have written is said, and stays in the repository', () => {
  const settings = async (...flags: readonly string[]) => {
    const { code, stdout, stderr } = await check(...flags)
    const json = JSON.parse((await check(...flags, '-o', 'json')).stdout) as CheckResult & { settings?: object }
    return { code, stdout, line: /^settings .*$/m.exec(stderr)?.[0], json: json.settings }
  }

  test('which settings were used, and what they leave out', async () => {
    put('repo/netpol-sim.yaml', 'exclude: [deny, "*.bak.yaml"]\nipblockPods: never\n')
    put('repo/k8s/a.bak.yaml', 'a: 1\n')
    const keys = ['exclude', 'ipblockPods']
    const excluded = ['k8s/a.bak.yaml', 'k8s/deny/']
    expect(await settings()).toMatchObject({
      code: 0,
      line: 'settings from netpol-sim.yaml: exclude, ipblockPods; its exclude leaves out k8s/a.bak.yaml, k8s/deny/',
      json: { file: 'netpol-sim.yaml', keys, excluded },
    })
    const matrix = await run(['matrix', '-o', 'json'])
    expect(JSON.parse(matrix.stdout)).toMatchObject({ settings: { file: 'netpol-sim.yaml', keys, excluded } })
    process.chdir(join(root, 'repo/k8s'))
    expect((await settings()).line).toContain('from ../netpol-sim.yaml')
  })

  test('-v names all of what is left out, -q says nothing', async () => {
    put('repo/netpol-sim.yaml', 'exclude: ["x*.yaml"]\n')
    for (let index = 0; index < 9; index++) put(`repo/x${index}.yaml`, 'a: 1\n')
    expect((await settings()).line).toMatch(/leaves out x0.yaml, x1.yaml, x2.yaml and 6 more$/)
    expect((await settings('-v')).line).toMatch(/x7.yaml, x8.yaml$/)
    expect((await settings('-q')).line).toBeUndefined()
  })

  test('what is named with -f is not subject to the exclude of settings that were found', async () => {
    put('repo/netpol-sim.yaml', 'exclude: [deny]\nhostNetwork: enforce\n')
    expect(await settings('-f', 'k8s')).toMatchObject({
      code: 1,
      line: 'settings from netpol-sim.yaml: hostNetwork',
      json: { keys: ['hostNetwork'], excluded: [] },
    })
    expect((await run(['matrix', 'k8s', '-o', 'json'])).stdout).toContain('"keys":["hostNetwork"]')
    expect((await settings('-f', 'k8s', '--config', 'netpol-sim.yaml')).code).toBe(0)
    expect((await settings('-f', 'k8s', '--exclude', 'deny')).json).toMatchObject({
      keys: ['hostNetwork'],
      excluded: [],
    })
  })

  test('--no-config uses none', async () => {
    put('repo/netpol-sim.yaml', 'exclude: [deny]\n')
    expect(await settings('--no-config')).toMatchObject({ code: 1, line: undefined, json: undefined })
    put('repo/netpol-sim.yaml', 'broken')
    expect((await check('--no-config')).code).toBe(1)
  })

  test.each([
    ['inputs: [../secret]', '1:10: `../secret` lies outside of the repository'],
    ['inputs: [/proc/self/environ]', '1:10: `/proc/self/environ` lies outside of the repository'],
    ['inputs: [k8s/../../secret]', '1:10: `k8s/../../secret` lies outside of the repository'],
    ['inputs: [k8s, out]', '1:15: `out` lies outside of the repository'],
    ['tests: [out/a.yaml]', '1:9: `out/a.yaml` lies outside of the repository'],
  ])('paths of settings that were found stay in the repository: %s', async (text, message) => {
    put('secret/a.yaml', 'SECRET')
    symlinkSync('../secret', join(root, 'repo/out'))
    put('repo/netpol-sim.yaml', `${text}\n`)
    const { code, stderr } = await check()
    expect([code, stderr]).toEqual([2, expect.stringContaining(`error[NP033]: netpol-sim.yaml:${message}`)])
    expect((await check('--config', 'netpol-sim.yaml')).stderr).not.toContain('outside of the repository')
  })

  test('settings that are a link show nothing of what they lead to', async () => {
    put('secret', 'TOKEN=hunter2\n')
    symlinkSync('../secret', join(root, 'repo/netpol-sim.yaml'))
    expect((await check()).stderr).toContain('the settings are a link that leads out of the repository')
    const named = await check('--config', 'netpol-sim.yaml')
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('nothing of it is shown')])
    expect(named.stderr).not.toContain('hunter2')
  })
})

describe('what is wrong in it ends with 2', () => {
  test.each(WRONG)('%j', async (text, message) => {
    put('repo/netpol-sim.yaml', `${text}\n`)
    const { code, stdout, stderr } = await check('-f', 'k8s')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.slice(0, `error[NP033]: netpol-sim.yaml:${message}`.length)).toBe(
      `error[NP033]: netpol-sim.yaml:${message}`,
    )
    const { verdict, diagnostics } = JSON.parse((await check('-f', 'k8s', '-o', 'json')).stdout) as CheckResult
    expect(verdict).toBeNull()
    expect(diagnostics).toMatchObject([{ code: 'NP033', severity: 'error', file: 'netpol-sim.yaml' }])
    expect(diagnostics[0]?.line).not.toBeNull()
  })
})

test('a folder or a file that is too large is no settings', async () => {
  put('repo/netpol-sim.yaml', `strict: true\n#${'x'.repeat(2 ** 20)}\n`)
  expect((await check('-f', 'k8s')).stderr).toContain('error[NP033]: netpol-sim.yaml: the input is larger than 1 MiB')
  for (const inside of ['deep/a.txt', 'a.yaml', 'netpol-sim.yaml']) {
    rmSync(join(root, 'repo/netpol-sim.yaml'), { recursive: true })
    put(`repo/netpol-sim.yaml/${inside}`, 'ipblockPods: never\n')
    const { code, stderr } = await check('-f', 'k8s')
    expect([code, stderr]).toEqual([2, 'error[NP033]: netpol-sim.yaml: is a folder, expected a file\n'])
  }
})

test('globs of an exclude have a limit, each and together', async () => {
  put('repo/netpol-sim.yaml', `exclude: [${'a'.repeat(4097)}]\n`)
  expect((await check()).stderr).toContain('netpol-sim.yaml:1:11: a glob is longer than 4096 characters')
  put('repo/netpol-sim.yaml', `exclude: [${'aaaaaaaaa, '.repeat(1200)}]\n`)
  expect((await check()).stderr).toContain('netpol-sim.yaml:1:10: the globs are longer than 10000 characters together')
})

describe('the schema that ships', () => {
  const schema = JSON.parse(readFileSync(join(here, 'schemas/config.json'), 'utf8')) as Record<string, unknown>
  const isValid = validator(schema)

  test('takes what is taken', () => {
    const all =
      'inputs: [k8s, ../a.yaml]\nexclude: [x]\nnamespace: shop\npodCidr: [10.0.0.0/8]\nipblockPods: never\nhostNetwork: enforce\nstrict: true\ntests: [netpol-tests.yaml]\n'
    for (const text of [all, '', 'strict: false']) expect([text, isValid(load(text) ?? null)]).toEqual([text, true])
  })

  // What only a reader of text can see, a schema cannot.
  const visible = WRONG.filter(([text]) => !/&|!!|---|<<|strict.*\nstrict|\[(?:-|k8s$)|__proto__/.test(text))

  test.each(visible)('refuses what is refused: %j', (text) => {
    expect(isValid(load(text))).toBe(false)
  })
})
