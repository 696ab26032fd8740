import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DiffResult } from '../../src/report/diff/diff-result.js'
import { run } from '../support/cli-io.js'
import { featureBranch, roundabout, shallowClone, type ScratchRepository } from '../support/scratch-repository.js'

const POD = (name: string, labels = `app: ${name}`) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, labels: {${labels}}}\nspec: {containers: [{name: a, image: a}]}\n`
const POLICY = (rules: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: db, namespace: shop}\nspec:\n  podSelector: {matchLabels: {app: db}}\n  ingress:\n${rules}`
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n'
const FROM_WEB = '    - from: [{podSelector: {matchLabels: {app: web}}}]\n      ports: [{port: 5432}]\n'
const WIDER = FROM_WEB.replace('{port: 5432}', '{port: 5432}, {port: 80}')

let repository: ScratchRepository
beforeEach(() => {
  repository = featureBranch({
    'k8s/pods.yaml': [NAMESPACE, POD('web'), POD('db')].join('---\n'),
    'k8s/db.yaml': POLICY(FROM_WEB),
  })
})
afterEach(() => {
  repository.remove()
})

const env = { PATH: process.env['PATH'] }
async function diff(...words: readonly string[]): Promise<DiffResult & { code: number; stderr: string }> {
  const { code, stdout, stderr } = await run(['diff', ...words, '-o', 'json'], { env })
  return { ...(JSON.parse(stdout) as DiffResult), code, stderr }
}

describe('the sides of diff', () => {
  test('are a merge base and the working tree, uncommitted files included; the edit stands on its line', async () => {
    repository.write({ 'k8s/db.yaml': POLICY(WIDER) })
    const { code, base, head, summary, changes } = await diff('main...')
    expect(code).toBe(0)
    expect([base.ref, base.commit, head]).toEqual([
      'main...',
      repository.git('rev-parse', 'main'),
      { ref: null, commit: null, path: null },
    ])
    expect(summary).toMatchObject({ opened: 0, closed: 0, changed: 1 })
    expect(changes).toMatchObject([
      {
        from: 'shop/Pod/web',
        opened: [{ port: 80 }],
        because: [{ path: 'spec.ingress[0].ports[1]', file: 'k8s/db.yaml', line: 8, side: 'head', alone: true }],
      },
    ])
  })

  test('of what was removed stand at the ref', async () => {
    repository.git('rm', '-q', 'k8s/db.yaml')
    repository.commit()
    const { changes, isolation } = await diff('main')
    const [cause] = changes?.[0]?.because ?? []
    expect(cause).toMatchObject({ change: 'removed', side: 'base', file: 'main:k8s/db.yaml' })
    expect(isolation).toMatchObject([{ id: 'shop/Pod/db', direction: 'ingress', change: 'lost' }])
  })

  test('are a commit and its checkout, which are the same', async () => {
    expect((await diff('HEAD')).changes).toEqual([])
    expect((await diff('HEAD', 'main')).changes).toEqual([])
    expect((await diff('main:k8s', 'k8s')).changes).toEqual([])
    expect((await diff('main:k8s/pods.yaml', 'k8s')).summary).toMatchObject({ closed: expect.any(Number) as number })
  })

  test('say so where the base has moved on', async () => {
    repository.git('checkout', '-q', 'main')
    repository.write({ 'k8s/db.yaml': POLICY(WIDER) })
    repository.commit()
    repository.git('checkout', '-q', 'feature')
    const { notes, summary } = await diff('main')
    expect(notes).toMatchObject([{ code: 'base-diverged', message: expect.stringContaining('main...') as string }])
    expect(summary.changed).toBe(1)
    expect((await diff('main...')).changes).toEqual([])
  })

  test('say so where a shallow clone may have an older merge base only', async () => {
    roundabout(repository)
    expect((await diff('main...')).notes).toEqual([])
    shallowClone(repository, 3)
    expect((await diff('origin/main...', '-f', 'k8s')).notes).toMatchObject([
      { code: 'base-may-be-older', message: expect.stringContaining('fetch-depth: 0') as string },
    ])
    shallowClone(repository, 5)
    expect((await diff('origin/main...', '-f', 'k8s')).notes).toEqual([])
  })

  test('have the settings of their commit, and an exclude that hides a policy is told', async () => {
    repository.git('checkout', '-q', 'main')
    repository.write({ 'netpol-sim.yaml': 'inputs: [k8s]\n' })
    repository.commit()
    repository.write({ 'netpol-sim.yaml': 'inputs: [k8s]\nexclude: [db.yaml]\n' })
    const { settingsChanged, isolation } = await diff('main')
    expect(settingsChanged).toEqual([{ key: 'exclude', before: null, after: ['db.yaml'] }])
    expect(isolation).toMatchObject([{ change: 'lost' }])
    repository.git('rm', '-qf', 'netpol-sim.yaml')
    repository.commit()
    repository.write({ 'netpol-sim.yaml': 'inputs: [k8s]\n' })
    expect((await diff('HEAD')).notes).toMatchObject([{ code: 'settings-of-head' }])
  })

  test('may lack an input, but not both, and none may be empty', async () => {
    repository.write({ 'more/pod.yaml': POD('more') })
    const { notes, workloadsAdded } = await diff('main', '-f', 'k8s', '-f', 'more')
    expect(notes).toMatchObject([{ code: 'input-missing' }])
    expect(workloadsAdded).toMatchObject([
      { id: 'shop/Pod/more', unprotected: ['egress', 'ingress'], fromInternet: true },
    ])
    expect((await diff('main', '-f', 'gone')).code).toBe(2)
    expect((await diff('main', '-f', 'more')).code).toBe(2)
    expect((await diff('main', '-f', '-')).code).toBe(2)
    expect((await diff('main', '-f', '..')).code).toBe(2)
    expect((await diff('k8s', 'more', '-f', 'k8s')).code).toBe(2)
  })

  test.each([
    [[]],
    [['main..']],
    [['nowhere...']],
    [['main...feature', 'main']],
    [['-', '-']],
    [['main', '--fail-on', 'wide']],
  ])('that are wrong are refused: %s', async (words) => {
    const { code, changes, diagnostics } = await diff(...words)
    expect([code, changes]).toEqual([2, null])
    expect(diagnostics).not.toEqual([])
  })
})

describe('the base that is named cannot be another one', () => {
  test.each(['main...', 'main', 'main...feature', 'HEAD~1', 'HEAD^', 'main:k8s', 'main:k8s/', 'main..feature'])(
    'because the head has a folder called %s',
    async (said) => {
      repository.commit()
      repository.write({ 'k8s/db.yaml': POLICY(WIDER), [`${said}/pods.yaml`]: NAMESPACE + POD('web') })
      const head = said === 'main...feature' ? [] : ['k8s']
      const { code, diagnostics } = await diff(said, ...head)
      expect(code).toBe(2)
      expect(diagnostics).toMatchObject([
        { code: 'NP040', help: `write ./${said} for the path, or ref:${said} for the commit` },
      ])
    },
  )

  test('because the head has a folder called like the hash of the base', async () => {
    const hash = repository.git('rev-parse', 'main')
    repository.write({ [`${hash}/a.yaml`]: POD('web') })
    expect((await diff(hash, 'k8s')).code).toBe(2)
    expect((await diff(`ref:${hash}`, '-f', 'k8s')).code).toBe(0)
  })

  test.each(['tag', 'branch'])('because somebody pushed a %s called like the branch of a remote', async (what) => {
    repository.git('update-ref', 'refs/remotes/origin/main', 'main')
    repository.write({ 'k8s/db.yaml': POLICY(WIDER) })
    repository.commit()
    repository.git(what, 'origin/main', 'HEAD')
    for (const said of ['origin/main...', 'origin/main', 'origin/main~0', 'HEAD...origin/main']) {
      const { code, diagnostics } = await diff(said, '-f', 'k8s')
      expect([said, code]).toEqual([said, 2])
      expect(diagnostics).toMatchObject([{ help: expect.stringContaining('refs/remotes/origin/main') as string }])
    }
    expect((await diff('refs/remotes/origin/main...', '--fail-on', 'widened')).code).toBe(1)
  })

  test('because somebody pushed a branch called like a hash or HEAD', async () => {
    const base = repository.git('rev-parse', 'main')
    repository.write({ 'k8s/db.yaml': POLICY(WIDER) })
    repository.commit()
    for (const name of [base, base.slice(0, 8), 'HEAD']) repository.git('update-ref', `refs/tags/${name}`, 'HEAD')
    expect((await diff(base, '--fail-on', 'widened')).code).toBe(1)
    expect((await diff(`${base}...`, '--fail-on', 'widened')).code).toBe(1)
    expect((await diff(base.slice(0, 8))).code).toBe(2)
  })

  test('while paths that say so are paths', async () => {
    repository.write({ 'main/pods.yaml': POD('web'), 'main.../pods.yaml': POD('web') })
    expect((await diff('./main', './main...')).changes).toEqual([])
    expect((await diff('main/', 'k8s/../main')).changes).toEqual([])
    expect((await diff('ref:main', '-f', 'k8s')).changes).toEqual([])
  })
})

describe('settings that only the change brings do not make a gate green', () => {
  const open = () => {
    repository.write({ 'k8s/db.yaml': POLICY('    - {}\n') })
  }

  test.each([
    ['inputs: [harmless]', 'inputs'],
    ['exclude: [db.yaml]', 'exclude'],
    ['namespace: shop\npodCidr: [10.0.0.0/8]', 'namespace, podCidr'],
    ['ipblockPods: never', 'ipblockPods'],
    ['hostNetwork: ignore\nlint: {NP105: off}', 'hostNetwork'],
    ['strict: true', 'strict'],
  ])('%s where the base has none', async (settings, keys) => {
    repository.write({ 'harmless/pod.yaml': [NAMESPACE, POD('calm')].join('---\n') })
    const base = repository.commit()
    open()
    repository.write({ 'netpol-sim.yaml': settings })
    const { code, changes, diagnostics } = await diff(base, '--fail-on', 'widened')
    expect([code, changes]).toEqual([2, null])
    expect(diagnostics[0]?.message).toContain(`(${keys})`)
    expect((await diff(base)).code).toBe(0)
    expect((await diff(base, '--fail-on', 'none')).code).toBe(0)
  })

  test.each([
    ['inputs: [k8s]', 'inputs: [harmless]', 'inputs'],
    ['inputs: [k8s]', 'inputs: [k8s]\nexclude: [db.yaml]', 'exclude'],
    ['inputs: [k8s]\nstrict: true', 'inputs: [k8s]', 'strict'],
    ['inputs: [k8s]', null, 'inputs'],
  ])('%s that becomes %s', async (before, after, keys) => {
    repository.write({ 'netpol-sim.yaml': before })
    const base = repository.commit()
    open()
    if (after === null) repository.git('rm', '-qf', 'netpol-sim.yaml')
    else repository.write({ 'netpol-sim.yaml': after })
    const { code, diagnostics } = await diff(base, '--fail-on', 'widened')
    expect(code).toBe(2)
    expect(diagnostics[0]?.message).toContain(`(${keys})`)
  })

  test('and the way out that the message names is one; nor do settings count that a flag replaces', async () => {
    open()
    repository.write({ 'netpol-sim.yaml': 'inputs: [k8s]' })
    const gate = ['main...', '--fail-on', 'widened']
    expect((await diff(...gate)).diagnostics[0]?.help).toMatch(/--config FILE.*--no-config/)
    for (const way of [
      ['--config', 'netpol-sim.yaml'],
      ['--no-config', '-f', 'k8s'],
      ['-f', 'k8s'],
    ])
      expect((await diff(...gate, ...way)).code).toBe(1)
    repository.write({ 'netpol-sim.yaml': 'exclude: [db.yaml]\nhostNetwork: ignore\ntests: [t]\nlint: {NP105: off}' })
    expect((await diff(...gate, '-f', 'k8s', '--host-network', 'enforce')).code).toBe(1)
    expect((await diff('main:k8s', 'k8s', '--fail-on', 'widened', '--host-network', 'ignore')).code).toBe(1)
    expect((await diff('main:k8s', 'k8s', '--fail-on', 'widened')).code).toBe(2)
  })

  test('two paths have the same settings', async () => {
    open()
    repository.write({ 'old/a.yaml': [NAMESPACE, POD('web'), POD('db'), POLICY(FROM_WEB)].join('---\n') })
    repository.write({ 'netpol-sim.yaml': 'inputs: [harmless]\nhostNetwork: ignore' })
    expect((await diff('old', 'k8s', '--fail-on', 'widened')).code).toBe(1)
  })
})

test('--fail-on sets the exit code after the filters', async () => {
  repository.write({ 'k8s/db.yaml': POLICY(WIDER) })
  expect((await diff('main', '--fail-on', 'widened')).code).toBe(1)
  expect((await diff('main', '--fail-on', 'narrowed,isolation-lost')).code).toBe(0)
  expect((await diff('main', '--fail-on', 'widened', '--port', '443')).code).toBe(0)
  expect((await diff('main', '--fail-on', 'any', '--to', 'shop/web')).code).toBe(0)
  expect((await diff('main', '--to', 'shop/nobody')).code).toBe(2)
})

test('what is not asked about is not said to be without effect', async () => {
  repository.write({ 'k8s/db.yaml': POLICY(WIDER) })
  const asked = await run(['diff', 'main', '--to', 'shop/web', '-o', 'text'], { env })
  expect(asked.stdout).toContain('no change of what is asked about')
  expect(asked.stdout).toContain('without effect on what is asked about: NetworkPolicy shop/db')
  expect((await run(['diff', 'main', '-o', 'text'], { env })).stdout).not.toContain('without effect')
})

test('several formats are written at once, and annotations point at lines of the head', async () => {
  repository.write({ 'k8s/db.yaml': POLICY(WIDER) })
  const { stdout, code } = await run(
    ['diff', 'main', '-o', 'github', '-o', 'markdown=out.md', '--fail-on', 'widened'],
    { env },
  )
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^::error file=k8s\/db\.yaml,line=8,col=\d+,title=netpol-sim diff::added NetworkPolicy shop\/db /,
  )
})
