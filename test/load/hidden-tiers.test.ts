import { describe, expect, test } from 'vitest'
import { parseCluster } from '../../src/index.js'

const RULES = 'ingress: [{action: Deny, from: [{namespaces: {}}]}]'
const SPEC = `{tier: Admin, priority: 1, subject: {namespaces: {}}, ${RULES}}`
const CNP = 'policy.networking.k8s.io/v1alpha2'
const ANP = 'policy.networking.k8s.io/v1alpha1'
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n'

function policy(spec: string, apiVersion = CNP, kind = 'ClusterNetworkPolicy', metadata = '{name: g}'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\nspec: ${spec}\n`
}

const withRules = (rules: string) => policy(SPEC.replace(RULES, rules))
const withSubject = (subject: string) => policy(SPEC.replace('{namespaces: {}}', subject))
const withPriority = (priority: string) => policy(SPEC.replace('priority: 1', `priority: ${priority}`))

/** What comes of a file: how many policies are read; or the codes of its errors, or that the answer is incomplete. */
function outcome(text: string, lenient: boolean): string {
  const { policies, diagnostics, incomplete } = parseCluster(POD + text, { lenient })
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  if (errors.length > 0) return [...new Set(errors)].join()
  return incomplete ? 'incomplete' : `${policies.length} read`
}

describe('C-9, C-10, C-19, C-20, C-30 to C-36: no spelling hides a policy of the cluster', () => {
  test.each([
    [
      'an object of metadata.namespace',
      policy(SPEC, CNP, undefined, '{name: g, namespace: other}'),
      '1 read',
      '1 read',
    ],
    ['no name but generateName', policy(SPEC, CNP, undefined, '{generateName: g-}'), '1 read', '1 read'],
    ['no name', policy(SPEC, CNP, undefined, '{}'), 'NP010', 'NP010'],
    ['a later version', policy(SPEC, 'policy.networking.k8s.io/v1beta1'), 'incomplete', 'incomplete'],
    ['the version of the other kinds', policy(SPEC, ANP), 'NP007', 'NP007'],
    ['a kind in the version of the other', policy(SPEC, CNP, 'AdminNetworkPolicy'), 'NP007', 'NP007'],
    ['another group', policy(SPEC, 'networking.k8s.io/v1'), 'NP007', 'NP007'],
    ['no version', policy(SPEC).replace(/^.*\n/, ''), 'NP010', 'NP010'],
    ['a kind in the plural', policy(SPEC, CNP, 'ClusterNetworkPolicies'), 'NP007', 'NP007'],
    ['a kind with a blank', policy(SPEC, CNP, "'ClusterNetworkPolicy '"), 'NP007', 'NP007'],
    ['a kind in camel case', policy(SPEC, CNP, 'clusterNetworkPolicy'), 'NP007', 'NP007'],
    ['a kind that the version does not have', policy(SPEC, CNP, 'TenantNetworkPolicy'), 'incomplete', 'incomplete'],
    ['a kind in another case', policy(SPEC, CNP, 'clusternetworkpolicy'), 'NP007', 'NP007'],
    ["Antrea's kind of the same name", policy('{priority: 1}', 'crd.antrea.io/v1beta1'), 'incomplete', 'incomplete'],
    [
      'a typed list',
      `apiVersion: ${CNP}\nkind: ClusterNetworkPolicyList\nitems: [{metadata: {name: g}, spec: ${SPEC}}]\n`,
      '1 read',
      '1 read',
    ],
    [
      'a list of another version',
      `apiVersion: ${ANP}\nkind: ClusterNetworkPolicyList\nitems: [{metadata: {name: g}, spec: ${SPEC}}]\n`,
      'NP007',
      'NP007',
    ],
    ['the same name twice', `${policy(SPEC)}---\n${withRules('ingress: []')}`, 'NP025', 'NP025'],
    ['a subject of nobody', withSubject('{}'), 'NP054', 'NP054'],
    ['a subject that is null', withSubject('{namespaces: null}'), 'NP054', 'NP054'],
    ['two subjects', withSubject('{namespaces: {}, pods: {podSelector: {}}}'), 'NP054', 'NP054'],
    ['a subject beside null', withSubject('{namespaces: {}, pods: null}'), '1 read', '1 read'],
    ['a rule that is null', withRules('ingress: [null]'), 'NP043,NP047', 'NP043,NP047'],
    ['rules as a map', withRules('ingress: {action: Deny, from: [{namespaces: {}}]}'), 'NP009', 'NP009'],
    ['peers that are null', withRules('ingress: [{action: Deny, from: null}]'), 'NP047', 'NP047'],
    ['a peer that is null', withRules('ingress: [{action: Deny, from: [null]}]'), 'NP054', 'NP054'],
    ['networks in ingress', withRules('ingress: [{action: Deny, from: [{networks: [0.0.0.0/0]}]}]'), 'NP008', '1 read'],
    [
      'the ports of v1alpha1',
      withRules(`ingress: [{action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {port: 80}}]}]`),
      'NP008',
      '1 read',
    ],
    [
      'an entry of protocols that is null',
      withRules('ingress: [{action: Deny, from: [{namespaces: {}}], protocols: [null]}]'),
      'NP054',
      'NP054',
    ],
    [
      'an action twice',
      withRules('ingress: [{action: Accept, action: Deny, from: [{namespaces: {}}]}]'),
      'NP004',
      '1 read',
    ],
    ['a priority in quotes', withPriority("'1'"), 'NP009', 'NP009'],
    ['a priority in octal', withPriority('010'), '1 read', '1 read'],
    ['a priority beyond 32 bits', withPriority('99999999999999999999'), 'NP009', 'NP009'],
  ])('%s', (_, text, strictly, leniently) => {
    expect([outcome(text, false), outcome(text, true)]).toEqual([strictly, leniently])
  })

  test('what is dropped of a rule never makes it deny less (C-19, C-21)', () => {
    const rulesOf = (rules: string) => {
      const [found] = parseCluster(POD + withRules(rules), { lenient: true }).policies
      return found?.rules.ingress.map((rule) => ({ peers: rule.peers.length, ports: rule.ports.length }))
    }
    expect(rulesOf('ingress: [{action: Deny, from: [{networks: [10.0.0.0/8]}]}]')).toEqual([{ peers: 0, ports: 0 }])
    expect(rulesOf('ingress: [{action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {port: 80}}]}]')).toEqual([
      { peers: 1, ports: 0 },
    ])
  })

  test('a priority is read as the number that a cluster reads', () => {
    const [found] = parseCluster(POD + withPriority('010')).policies
    expect(found).toMatchObject({ kind: 'ClusterNetworkPolicy', priority: 8 })
  })
})
