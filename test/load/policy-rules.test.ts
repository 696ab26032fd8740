import { describe, expect, test } from 'vitest'
import type { NetworkPolicy, Rule } from '../../src/index.js'
import { codesOf, load, policyOf, policyText } from './manifests.js'

function read(rules: string): { readonly policy: NetworkPolicy; readonly warnings: readonly string[] } {
  const cluster = load(policyText(`spec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n${rules}`))
  expect(cluster.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return { policy: policyOf(cluster), warnings: codesOf(cluster, 'warning') }
}

function ruleOf(rule: string): Rule & { readonly warnings: readonly string[] } {
  const { policy, warnings } = read(`  - ${rule}`)
  const [first] = policy.rules.ingress
  if (first === undefined) throw new Error('there is no rule')
  return { ...first, warnings }
}

const EVERYTHING = { peers: [], ports: [] }

describe('A-14, A-15, A-20: what is left out of a rule is no restriction', () => {
  test.each(['{}', '{from: [], ports: []}', '{from: null, ports: null}', '{from: , ports: []}'])('%s', (rule) => {
    expect(ruleOf(rule)).toEqual({ ...EVERYTHING, warnings: [] })
  })

  test('A-15: a bare dash is a rule that allows everything, with a warning', () => {
    expect(ruleOf('')).toEqual({ ...EVERYTHING, warnings: ['NP107'] })
    expect(ruleOf('null')).toEqual({ ...EVERYTHING, warnings: ['NP107'] })
  })

  test('A-15: a null port is every TCP port, with a warning', () => {
    expect(ruleOf('ports: [null]')).toMatchObject({
      ports: [{ protocol: 'TCP', port: null }],
      warnings: ['NP107', 'NP117'],
    })
  })

  test('A-15: a null peer is refused (B-20), with the warning', () => {
    const cluster = load(policyText('spec: {podSelector: {}, ingress: [{from: [null]}]}'))
    expect(codesOf(cluster, 'error')).toEqual(['NP014'])
    expect(codesOf(cluster, 'warning')).toEqual(['NP107'])
  })
})

describe('A-24: selectors of a peer', () => {
  const NAMED = { requirements: [{ key: 'a', operator: 'In', values: ['b'] }] }
  const ALL = { requirements: [] }

  test.each([
    ['podSelector: {}', null, ALL],
    ['podSelector: {matchLabels: }', null, ALL],
    ['namespaceSelector: {}', ALL, null],
    ['{namespaceSelector: null, podSelector: {matchLabels: {a: b}}}', null, NAMED],
    ['{namespaceSelector: {}, podSelector: null}', ALL, null],
    ['{namespaceSelector: {}, podSelector: {}}', ALL, ALL],
    ['{ipBlock: null, podSelector: {}}', null, ALL],
  ])('%s', (peer, namespaces, pods) => {
    expect(ruleOf(`from: [${peer}]`).peers).toEqual([{ kind: 'selector', namespaces, pods }])
  })

  test.each(['podSelector: ', 'podSelector: null', '{podSelector: null, namespaceSelector: null}', 'ipBlock: ', '{}'])(
    '[%s] names nobody and is refused (B-20)',
    (peer) => {
      const cluster = load(policyText(`spec: {podSelector: {}, ingress: [{from: [${peer}]}]}`))
      expect(codesOf(cluster, 'error')).toEqual(['NP014'])
    },
  )
})

describe('A-31, A-33: requirements of a selector', () => {
  test('labels come first, then expressions, none lost', () => {
    const selector = `{matchLabels: {a: b, c: d}, matchExpressions: [
      {key: a, operator: In, values: [b, b]}, {key: a, operator: NotIn, values: [x]},
      {key: e, operator: Exists}, {key: e, operator: DoesNotExist, values: []}, {key: f, operator: Exists, values: }]}`
    const [peer] = ruleOf(`from: [{podSelector: ${selector}}]`).peers
    const requirements = peer?.kind === 'selector' ? peer.pods?.requirements : []
    expect(requirements?.map(({ key, operator, values }) => [key, operator, ...values].join(' '))).toEqual([
      'a In b',
      'c In d',
      'a In b b',
      'a NotIn x',
      'e Exists',
      'e DoesNotExist',
      'f Exists',
    ])
  })
})

describe('A-51 to A-54: ports', () => {
  const range = (first: number, last = first) => ({ first, last })

  test.each([
    ['{}', 'TCP', null],
    ['{port: 53}', 'TCP', range(53)],
    ['{port: 53, protocol: UDP}', 'UDP', range(53)],
    ['{protocol: SCTP}', 'SCTP', null],
    ['{protocol: null, port: null}', 'TCP', null],
    ['{port: 80, endPort: 90}', 'TCP', range(80, 90)],
    ['{port: 80, endPort: 80}', 'TCP', range(80)],
    ['{port: 1, endPort: 65535}', 'TCP', range(1, 65535)],
    ['{port: 80, endPort: null}', 'TCP', range(80)],
    ['{port: http}', 'TCP', 'http'],
    ['{port: 80tcp, protocol: UDP}', 'UDP', '80tcp'],
    ['{port: refused}', 'TCP', 'refused'],
    ['{port: 8_0}', 'TCP', range(80)],
    ['{port: 0x50}', 'TCP', range(80)],
    ['{port: 010}', 'TCP', range(8)],
  ])('%s', (entry, protocol, port) => {
    expect(ruleOf(`ports: [${entry}]`).ports).toEqual([{ protocol, port }])
  })

  test('A-52: an entry without a port is warned about, since it opens one protocol only', () => {
    expect(ruleOf('ports: [{protocol: UDP}]').warnings).toEqual(['NP117'])
    expect(ruleOf('ports: []').warnings).toEqual([])
  })

  test.each([
    ['010', ['NP122']],
    ['0o10', []],
    ['8_0', ['NP122']],
    ['0b11', ['NP122']],
    ['80', []],
    ['0x50', []],
  ])('B-3: port: %s is warned about where readers of YAML 1.2 see another number: %j', (port, warnings) => {
    expect(ruleOf(`ports: [{port: ${port}}]`).warnings).toEqual(warnings)
  })
})

describe('A-40 to A-42: blocks', () => {
  test('the block is masked, and keeps the text of its author', () => {
    const [peer] = ruleOf('from: [{ipBlock: {cidr: 10.10.1.12/24, except: [10.10.1.64/26]}}]').peers
    expect(peer).toMatchObject({
      kind: 'ip-block',
      cidr: { family: 'IPv4', first: 0x0a0a0100n, last: 0x0a0a01ffn, prefix: 24, text: '10.10.1.12/24' },
      except: [{ first: 0x0a0a0140n, last: 0x0a0a017fn }],
    })
  })

  test.each([
    ['{cidr: 10.10.1.12/24}', ['NP110']],
    ['{cidr: 10.0.0.0/8, except: [10.1.0.1/16]}', ['NP110']],
    ['{cidr: 010.0.0.0/8}', ['NP111']],
    ["{cidr: '::ffff:10.0.0.0/104'}", ['NP112']],
    ['{cidr: 10.0.0.0/8, except: [10.0.0.0/9, 10.128.0.0/9]}', ['NP123']],
    ['{cidr: 10.0.0.0/8, except: [10.0.0.0/9, 10.0.0.0/9, 10.0.0.0/10]}', []],
    ['{cidr: 0.0.0.0/0, except: null}', []],
    ['{cidr: 127.0.0.0/8}', []],
  ])('B-26 to B-28: %s: %j', (block, warnings) => {
    expect(ruleOf(`from: [{ipBlock: ${block}}]`).warnings).toEqual(warnings)
  })
})
