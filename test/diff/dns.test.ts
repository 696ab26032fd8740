import { describe, expect, test } from 'vitest'
import { check, parseCluster } from '../../src/index.js'
import { app, policyOf } from '../support/assertion-cluster.js'
import { namespace } from '../support/cli-cluster.js'
import { diffTexts } from '../support/diff.js'

const CLUSTER = [
  namespace('shop'),
  namespace('kube-system'),
  app({ namespace: 'shop', name: 'web' }),
  app({ namespace: 'shop', name: 'api' }),
  app({ namespace: 'kube-system', name: 'coredns', labels: { 'k8s-app': 'kube-dns' } }),
]
const toDns = (ports: string) =>
  `{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [${ports}]}`
const web = (...rules: readonly string[]) =>
  policyOf({
    namespace: 'shop',
    name: 'web',
    select: { app: 'web' },
    rules: `policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}, ${rules.join(', ')}]`,
  })
const BOTH = '{port: 53, protocol: UDP}, {port: 53}'

const dnsOf = (base: readonly string[], head: readonly string[]) =>
  diffTexts([...CLUSTER, ...base].join('---\n'), [...CLUSTER, ...head].join('---\n')).dns.map(
    ({ id, change, because }) => [id, change, ...because.map((one) => [one.change, one.policy?.name, one.path])],
  )

/** The notes that `check` has on an allowed connection. */
const notesOf = (...policies: readonly string[]) =>
  check(parseCluster([...CLUSTER, ...policies].join('---\n')), {
    from: 'shop/web',
    to: 'shop/api',
    port: 80,
  }).flows.flatMap(({ notes }) => notes.filter(({ code }) => code === 'dns-closed').map(({ message }) => message))

describe('A-85: DNS is lost', () => {
  test('with the rule that reaches the pods that serve it', () => {
    const [base, head] = [web(toDns(BOTH)), web(toDns('{port: 54, protocol: UDP}, {port: 53}'))]
    expect(dnsOf([base], [head])).toEqual([
      ['shop/Deployment/web', 'lost', ['edited', 'web', 'spec.egress[1].ports[0]']],
    ])
    expect(dnsOf([head], [base])).toEqual([
      ['shop/Deployment/web', 'gained', ['edited', 'web', 'spec.egress[1].ports[0]']],
    ])
    expect([notesOf(base), notesOf(head)]).toEqual([[], [expect.stringContaining('cannot resolve')]])
  })

  test('by a rule for other pods than those that serve it', () => {
    const elsewhere = '{to: [{podSelector: {}}], ports: [{port: 53, protocol: UDP}, {port: 53}]}'
    expect(dnsOf([web(toDns(BOTH))], [web(elsewhere)])).toEqual([
      ['shop/Deployment/web', 'lost', ['edited', 'web', 'spec.egress[1].to[0]']],
    ])
    expect(notesOf(web(elsewhere))).toHaveLength(1)
  })

  test('by what the pods that serve it let in, for everybody but themselves', () => {
    const server = policyOf({
      namespace: 'kube-system',
      name: 'dns',
      select: { 'k8s-app': 'kube-dns' },
      rules: 'ingress: [{from: [{podSelector: {}}]}]',
    })
    expect(dnsOf([web(toDns(BOTH))], [web(toDns(BOTH)), server])).toEqual([
      ['shop/Deployment/api', 'lost', ['added', 'dns', null]],
      ['shop/Deployment/web', 'lost', ['added', 'dns', null]],
    ])
  })

  test('in part where only long answers do not come any more', () => {
    expect(dnsOf([web(toDns(BOTH))], [web(toDns('{port: 53, protocol: UDP}'))])).toEqual([
      ['shop/Deployment/web', 'lost', ['removed', 'web', 'spec.egress[1].ports[1]']],
    ])
  })

  test('not where a rule names the cache on the node', () => {
    const local = web('{to: [{ipBlock: {cidr: 169.254.20.10/32}}]}')
    expect(dnsOf([web(toDns(BOTH))], [local])).toEqual([])
  })
})
