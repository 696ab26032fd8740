import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app, policyOf } from '../support/assertion-cluster.js'
import { namespace } from '../support/cli-cluster.js'
import { BIN, buildIfStale } from '../support/cli-process.js'
import { scratchRepository, type ScratchRepository } from '../support/scratch-repository.js'

beforeAll(buildIfStale)

const DOCUMENT = readFileSync('docs/assertions.md', 'utf8')
const blocksOf = (language: string) =>
  [...DOCUMENT.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, 'g'))].map(([, text = '']) => text)
const FILES = blocksOf('yaml')
const COMMANDS = blocksOf('sh').flatMap((block) => block.split('\n').filter((line) => line !== ''))

const HTTP = [{ name: 'http', containerPort: 8080 }]
const SQL = [{ name: 'sql', containerPort: 5432 }]
const DNS = [
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
  { name: 'dns-tcp', containerPort: 53 },
]
const stateful = (own: string) => app({ namespace: own, name: 'db', ports: SQL }).replace('Deployment', 'StatefulSet')
const from = (name: string, port: string | number) =>
  `{from: [{podSelector: {matchLabels: {app: ${name}}}}], ports: [{port: ${port}}]}`
const to = (name: string, port: number) => from(name, port).replace('from:', 'to:')
const shut = (own: string) =>
  policyOf({ namespace: own, name: 'deny', select: {}, rules: 'policyTypes: [Ingress, Egress]' })
const NAMES =
  '{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}, {port: 53}]}'

const CRON = JSON.stringify({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'report', namespace: 'shop' },
  spec: {
    schedule: '0 3 * * *',
    jobTemplate: {
      spec: {
        template: {
          metadata: { labels: { app: 'report' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'registry.example/main:1' }] },
        },
      },
    },
  },
})

const rules = (own: string, name: string, text: string) =>
  policyOf({ namespace: own, name, select: { app: name }, rules: text })

/** A cluster that keeps what the document promises; the report still reaches the database, which is its known gap. */
const CLUSTER = [
  ...['kube-system', 'shop', 'monitoring', 'tenant-a', 'tenant-b', 'tenant-ops'].map((name) => namespace(name)),
  app({ namespace: 'kube-system', name: 'coredns', ports: DNS, labels: { 'k8s-app': 'kube-dns' } }),
  app({ namespace: 'shop', name: 'web', ports: HTTP }),
  app({ namespace: 'shop', name: 'api', ports: HTTP }),
  stateful('shop'),
  `${CRON}\n`,
  app({ namespace: 'monitoring', name: 'prometheus' }),
  app({ namespace: 'tenant-ops', name: 'tool' }),
  ...['tenant-a', 'tenant-b'].flatMap((own) => [
    app({ namespace: own, name: 'app', ports: HTTP }),
    stateful(own),
    rules(own, 'app', `policyTypes: [Egress], egress: [${to('db', 5432)}]`),
    rules(own, 'db', `ingress: [${from('app', 'sql')}]`),
  ]),
  ...['shop', 'tenant-a', 'tenant-b', 'tenant-ops'].map(shut),
  policyOf({ namespace: 'shop', name: 'names', select: {}, rules: `policyTypes: [Egress], egress: [${NAMES}]` }),
  rules('shop', 'web', `policyTypes: [Egress], egress: [${to('api', 8080)}]`),
  rules(
    'shop',
    'api',
    `policyTypes: [Ingress, Egress], ingress: [${from('web', 'http')}], egress: [${to('db', 5432)}]`,
  ),
  rules('shop', 'db', `ingress: [${from('api', 'sql')}, ${from('report', 'sql')}]`),
  rules('shop', 'report', `policyTypes: [Egress], egress: [${to('db', 5432)}]`),
].join('---\n')

let repository: ScratchRepository
beforeEach(() => {
  repository = scratchRepository()
  repository.write({ 'k8s/all.yaml': CLUSTER, 'rendered/prod/all.yaml': CLUSTER })
})
afterEach(() => {
  repository.remove()
})

/** Runs a command of the document as its reader does; throws where it does not exit with 0. */
function play(command: string): string {
  return execFileSync('bash', ['-c', `netpol-sim() { node '${BIN}' "$@"; }; ${command}`], {
    cwd: repository.root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function onBranch(file: string): void {
  repository.write({ 'netpol-tests.yaml': file })
  repository.commit()
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  repository.git('checkout', '-q', '-b', 'feature')
}

describe('docs/assertions.md', () => {
  test.each(FILES)('shows a file that holds: %#', (file) => {
    onBranch(file)
    const { summary } = JSON.parse(play('netpol-sim test -o json')) as { summary: { tests: number; passed: number } }
    expect(summary.passed).toBeGreaterThan(1)
  })

  test('shows every key of an assertion file in one that has a known gap', () => {
    onBranch(FILES[1] ?? '')
    expect(play('netpol-sim test')).toMatch(
      /gap +only the api and the report reach the database {2}\(known gap: SEC-1412\)/,
    )
    const keys = [
      'why',
      'deniedBy',
      'allowOnlyFrom',
      'allowOnlyTo',
      'except',
      'knownGap',
      'mayBeClosed',
      'closed',
      'groups',
    ]
    for (const key of keys) expect(FILES[1]).toContain(`${key}:`)
  })

  test.each(COMMANDS.filter((command) => !command.includes('netpol-sim init')))(
    'shows a command that works: %s',
    (command) => {
      onBranch(FILES[1] ?? '')
      // The lock file is written by the command before the one that checks it
      if (command.includes('--check')) play(command.replace('--check', '--update'))
      play(command)
    },
  )

  test('shows how to begin, and what that writes passes', () => {
    const begin = COMMANDS.filter((command) => command.includes('netpol-sim init'))
    expect(begin).toHaveLength(1)
    play(begin.join())
    play('netpol-sim test && netpol-sim matrix --check netpol.lock')
    expect(readFileSync(join(repository.root, 'netpol-tests.yaml'), 'utf8')).toContain('version: 1')
  })
})
