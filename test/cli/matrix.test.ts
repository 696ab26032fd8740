import { describe, expect, test } from 'vitest'
import { loadCluster, matrix, parseCluster, type MatrixOptions, type MatrixResult } from '../../src/index.js'
import { CLUSTER, namespace, pod, policy } from '../support/cli-cluster.js'
import { run, type World } from '../support/cli-io.js'

const DEMO = ['-f', 'fixtures/clusters/demo']

/** Four pods in two namespaces; `a` lets `b` in on 80 and 8080-8090, and addresses of 10.0.0.0/8 on 443. */
const SMALL = [
  namespace('shop'),
  namespace('ops'),
  pod('shop', 'a', { app: 'a' }, '192.168.1.1'),
  pod('shop', 'b', { app: 'b' }, '192.168.1.2'),
  pod('ops', 'c', { app: 'c' }, '192.168.1.3'),
  policy('ops', 'closed', 'policyTypes: [Ingress, Egress]'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a, namespace: shop}
spec:
  podSelector: {matchLabels: {app: a}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: b}}}]
      ports: [{port: 80}, {port: 8080, endPort: 8090}]
    - from: [{ipBlock: {cidr: 10.0.0.0/8}}]
      ports: [{port: 443}]
`,
]

const ask = (flags: readonly string[], world: World = {}) =>
  run(['matrix', '-f', '-', ...flags], { stdin: SMALL.join('---\n'), ...world })

async function listOf(...flags: readonly string[]) {
  const { code, stdout } = await ask(['-o', 'list', ...flags])
  return { code, lines: stdout.split('\n').filter((line) => line !== '') }
}

const A_FROM_B = 'shop/b -> shop/a  80/TCP, 8080-8090/TCP'
const A_FROM_OUTSIDE = 'external (10.0.0.0/8) -> shop/a  443/TCP'

describe('filters', () => {
  test('--to keeps what reaches a peer', async () => {
    expect(await listOf('--to', 'shop/a')).toEqual({ code: 0, lines: [A_FROM_OUTSIDE, A_FROM_B] })
  })

  test('--from keeps what a peer reaches', async () => {
    const outside = 'shop/b -> external (0.0.0.0/0, ::/0)  all ports'
    expect(await listOf('--from', 'shop/b')).toEqual({ code: 0, lines: [outside, A_FROM_B] })
  })

  test.each([
    ['a selector', 'shop/app=a'],
    ['a namespace', 'shop/any'],
    ['its kind', 'shop/Pod/a'],
    ['the address of the pod', '192.168.1.1'],
  ])('--to takes %s', async (_, peer) => {
    expect((await listOf('--from', 'shop/b', '--to', peer)).lines).toEqual([A_FROM_B])
  })

  test('a range of addresses cuts what is said of the outside, and so do `internet` and `external`', async () => {
    const cidrsOf = async (peer: string) => (await listOf('--from', peer, '--to', 'shop/a')).lines
    expect(await cidrsOf('10.1.0.0/16')).toEqual(['external (10.1.0.0/16) -> shop/a  443/TCP'])
    expect(await cidrsOf('8.0.0.0/6')).toEqual([A_FROM_OUTSIDE])
    expect(await cidrsOf('external')).toEqual([A_FROM_OUTSIDE])
    expect(await cidrsOf('internet')).toEqual([])
    expect(await cidrsOf('11.0.0.0/8')).toEqual([])
  })

  test('--port prints what is common, and drops pairs without it', async () => {
    expect((await listOf('--to', 'shop/a', '--port', '8085-9000')).lines).toEqual(['shop/b -> shop/a  8085-8090/TCP'])
    expect((await listOf('--to', 'shop/a', '--port', '80/UDP')).lines).toEqual([])
    expect((await listOf('--to', 'shop/a', '--port', '443')).lines).toEqual([A_FROM_OUTSIDE])
    expect((await listOf('--to', 'shop/a', '--port', 'any')).lines).toEqual([A_FROM_OUTSIDE, A_FROM_B])
  })

  test('with --port the other ports decide neither how sure an answer is nor how addresses are grouped', async () => {
    const peer = (cidr: string, port: number) => `{from: [{ipBlock: {cidr: ${cidr}}}], ports: [{port: ${port}}]}`
    const rules = [peer('192.168.0.0/16', 80), peer('10.0.0.0/8', 80), peer('10.0.0.0/9', 443)]
    const mixed = policy(
      'shop',
      'mixed',
      `ingress: [${rules.join(', ')}, {from: [{podSelector: {}}], ports: [{port: 443}]}]`,
    )
    const lines = async (...flags: readonly string[]) => {
      const stdin = [...SMALL.slice(0, 5), mixed].join('---\n')
      return (await ask(['-o', 'list', '--to', 'shop/a', ...flags], { stdin })).stdout.split('\n')
    }
    expect(await lines('--from', 'shop/b')).toEqual(['shop/b -> shop/a  80/TCP, 443/TCP  (undefined)', ''])
    expect(await lines('--from', 'shop/b', '--port', '443', '--strict')).toEqual(['shop/b -> shop/a  443/TCP', ''])
    expect(await lines('--from', 'shop/b', '--port', '80')).toEqual(['shop/b -> shop/a  80/TCP  (undefined)', ''])
    expect(await lines('--from', 'external', '--port', '80')).toEqual([
      'external (10.0.0.0/8, 192.168.0.0/16) -> shop/a  80/TCP',
      '',
    ])
  })

  test('a port name means what each destination declares under it', async () => {
    const { stdout } = await run(
      ['matrix', '-f', '-', '-o', 'list', '--from', 'default/solo', '--to', 'shop/any', '--port', 'http'],
      { stdin: CLUSTER },
    )
    expect(stdout.split('\n')).toEqual([
      'default/solo -> shop/api  9090/TCP',
      'default/solo -> shop/quic  8443/UDP',
      'default/solo -> shop/web  8080/TCP',
      '',
    ])
  })

  test.each([
    ['nobody', ['--from', 'shop/nobody'], 'NP031'],
    ['a misspelt selector', ['--to', 'shop/app=z'], 'NP031'],
    ['a peer that is none', ['--to', '//'], 'NP030'],
    ['a node', ['--to', 'node/n1'], 'NP030'],
    ['a port that is none', ['--port', '0'], 'NP030'],
    ['a port name that nobody declares', ['--port', 'htp'], 'NP031'],
    ['a port name where there are addresses only', ['--to', 'internet', '--port', 'http'], 'NP030'],
  ])('%s is exit 2, and nothing on standard output', async (_, flags, expected) => {
    const { code, stdout, stderr } = await run(['matrix', '-f', '-', '-o', 'list', ...flags], { stdin: CLUSTER })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^error\\[${expected}\\]`))
  })

  test('an empty answer from valid peers is exit 0', async () => {
    expect(await listOf('--from', 'ops/c', '--to', 'shop/a')).toEqual({ code: 0, lines: [] })
  })
})

describe('options', () => {
  test('--pods shows each pod of a workload, and templates as they are', async () => {
    const owned = (name: string, labels: string) => `apiVersion: v1
kind: Pod
metadata:
  {uid: u, resourceVersion: '1', name: ${name}, namespace: shop, labels: ${labels}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, uid: u, controller: true}]}
spec: {containers: [{name: main, image: x, ports: [{name: sql, containerPort: 5432}]}]}
`
    const stdin = [CLUSTER, owned('db-0', '{app: db, tier: back}'), owned('db-1', '{app: db, tier: back}')].join(
      '---\n',
    )
    const ids = async (...flags: readonly string[]) => {
      const { stdout } = await run(['matrix', '-f', '-', '-o', 'json', ...flags], { stdin })
      return (JSON.parse(stdout) as MatrixResult).endpoints.map(({ id, pods }) => `${id} ${String(pods)}`)
    }
    expect(await ids()).toContain('shop/StatefulSet/db 2')
    expect(await ids('--pods')).toEqual(expect.arrayContaining(['shop/Pod/db-0 1', 'shop/Pod/db-1 1']))
    expect(await ids('--pods')).toContain('shop/Deployment/web 2')
  })

  test('--strict takes no answer that is not certain', async () => {
    const stdin = [...SMALL, policy('shop', 'block', 'ingress: [{from: [{ipBlock: {cidr: 192.168.0.0/16}}]}]')].join(
      '---\n',
    )
    const loose = await ask(['-o', 'list', '--to', 'shop/b'], { stdin })
    expect(loose.stdout).toContain('shop/a -> shop/b')
    const { code, stdout, stderr } = await ask(['-o', 'list', '--strict'], { stdin })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('is undefined, and --strict rejects uncertain answers')
    expect((await ask(['-o', 'list', '--strict', '--ipblock-pods', 'match'], { stdin })).code).toBe(0)
  })

  test('--keep-going leaves out what is invalid and says that the answer is incomplete', async () => {
    const stdin = [...SMALL, policy('shop', 'bad', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/33}}]}]')].join('---\n')
    const refused = await ask(['-o', 'json'], { stdin })
    const { connections } = JSON.parse(refused.stdout) as MatrixResult
    expect({ code: refused.code, connections }).toEqual({ code: 2, connections: null })
    expect(refused.stderr).toContain('error[NP012]')
    const kept = await ask(['--keep-going'], { stdin })
    expect(kept.code).toBe(0)
    expect(kept.stdout).toMatch(/\nincomplete: the input was not read completely/)
    const json = JSON.parse((await ask(['--keep-going', '-o', 'json'], { stdin })).stdout) as MatrixResult
    expect({ incomplete: json.incomplete, answered: json.connections !== null }).toEqual({
      incomplete: true,
      answered: true,
    })
    expect((await ask(['--keep-going', '--strict'], { stdin })).code).toBe(2)
    for (const format of ['list', 'csv', 'markdown']) {
      const { stdout, stderr } = await ask(['--keep-going', '-o', format], { stdin })
      expect(stderr).toMatch(/\nincomplete: the input was not read completely/)
      expect(stdout).not.toContain('incomplete')
    }
  })
})

describe('pods of both families (A-44)', () => {
  const dual = (name: string, last: number) =>
    `apiVersion: v1
kind: Pod
metadata: {uid: u, resourceVersion: '1', name: ${name}, namespace: s, labels: {app: ${name}}}
status: {phase: Running, podIP: 10.0.0.${last}, podIPs: [{ip: 10.0.0.${last}}, {ip: "fd00::${last}"}]}
`
  const towards = (rules: string) => [
    namespace('s'),
    dual('web', 1),
    dual('db', 2),
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: s}
spec: {podSelector: {matchLabels: {app: db}}, ingress: [${rules}]}
`,
  ]
  const both = (rules: string) => ({ stdin: towards(rules).join('---\n') })
  const IPV4 = '{from: [{ipBlock: {cidr: 10.0.0.0/16}}], ports: [{port: 80}]}'
  const ALL = '{from: [{podSelector: {}}], ports: [{port: 53}]}'
  const flags = ['--from', 's/web', '--to', 's/db', '--ipblock-pods', 'match']

  test('what is open over one of them only has a line that says so, and is never absent', async () => {
    const { connections } = JSON.parse((await ask([...flags, '-o', 'json'], both(IPV4))).stdout) as MatrixResult
    const ports = [{ protocol: 'TCP', port: 80, endPort: 80 }]
    expect(connections).toEqual([{ from: 's/Pod/web', to: 's/Pod/db', ports, family: 'IPv4' }])
    expect((await ask([...flags, '-o', 'list'], both(IPV4))).stdout).toBe('s/web -> s/db  80/TCP over IPv4\n')
    expect((await ask(['--ipblock-pods', 'match'], both(IPV4))).stdout).toMatch(/2 web +\+ *\\/)
    expect((await ask([...flags, '-o', 'csv'], both(IPV4))).stdout).toContain('s/Pod/web,s/Pod/db,,80/TCP,certain,IPv4')
    expect((await ask([...flags, '-o', 'markdown'], both(IPV4))).stdout).toContain('| 80/TCP over IPv4 | certain |')
  })

  test('what is open over both has a line before those of the families, with a note', async () => {
    const { connections } = JSON.parse(
      (await ask([...flags, '-o', 'json'], both(`${IPV4}, ${ALL}`))).stdout,
    ) as MatrixResult
    const said = (connections ?? []).map(({ family, ports, certainty, notes }) => [
      family ?? 'both',
      ports.map(({ port }) => port),
      certainty ?? 'certain',
      notes?.map(({ code }) => code) ?? [],
    ])
    expect(said).toEqual([
      ['both', [53], 'indeterminate', ['families-differ']],
      ['IPv4', [53, 80], 'certain', []],
      ['IPv6', [53], 'certain', []],
    ])
  })
})

test('an input without pods has no matrix', async () => {
  const { code, stderr } = await ask([], { stdin: namespace('s') })
  expect(code).toBe(2)
  expect(stderr).toContain('error[NP031]: the input has no pods and no workloads')
})

test('everything is sorted by id, and the order of the input changes no byte', async () => {
  for (const output of ['table', 'list', 'json', 'csv', 'markdown']) {
    const { stdout } = await ask(['-o', output])
    const turned = await ask(['-o', output], { stdin: [...SMALL].reverse().join('---\n') })
    expect(turned.stdout).toBe(stdout)
  }
  const { endpoints, connections } = matrix(parseCluster(SMALL.join('---\n')))
  const pairs = (connections ?? []).map(({ from, to }) => `${from} ${to}`)
  expect(endpoints.map(({ id }) => id)).toEqual(['ops/Pod/c', 'shop/Pod/a', 'shop/Pod/b'])
  expect(pairs).toEqual([...pairs].sort())
  expect(pairs.length).toBeGreaterThan(3)
})

test.each<readonly [readonly string[], MatrixOptions, readonly string[]]>([
  [DEMO, {}, []],
  [
    DEMO,
    { from: 'shop/any', to: 'cart', namespace: 'shop', port: '7070' },
    ['--from', 'shop/any', '--to', 'cart', '-n', 'shop', '--port', '7070'],
  ],
  [
    ['-f', 'fixtures/clusters/world-w.yaml'],
    { pods: true, ipblockPods: 'never' },
    ['--pods', '--ipblock-pods', 'never'],
  ],
  [DEMO, { to: 'nobody' }, ['--to', 'nobody']],
  [['-f', 'fixtures/nowhere'], {}, []],
  [['-f', 'fixtures/invalid'], { podCidrs: ['10.0.0.0/8'] }, ['--pod-cidr', '10.0.0.0/8']],
])('matrix() gives the very object that %j with %j prints', async (input, options, flags) => {
  const { stdout, code } = await run(['matrix', ...input, '-o', 'json', ...flags])
  const result = matrix(loadCluster(input.slice(1), { namespace: options.namespace }), options)
  expect(JSON.parse(stdout)).toEqual(result)
  expect(code).toBe(result.connections === null ? 2 : 0)
})
