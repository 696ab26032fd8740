import { clusterEgress, clusterPolicy, file, pod } from './manifests.js'
import type { Entry } from './entry.js'

const SHOP = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: shop } }'
const SUBJECT = 'subject: { namespaces: {} }'
const ANY = 'to: [{ namespaces: {} }]'
const deny = (...lines: readonly string[]): string => clusterEgress('action: Deny', ...lines)
const baseline = (name: string): string =>
  [
    'apiVersion: policy.networking.k8s.io/v1alpha1',
    'kind: BaselineAdminNetworkPolicy',
    `metadata: { name: ${name} }`,
    'spec:',
    '  subject: { namespaces: {} }',
  ].join('\n')
const tier = (name: string): string => clusterPolicy(SUBJECT).replace('tier: Admin', `tier: ${name}`)
const priority = (value: number): string => clusterPolicy(SUBJECT).replace('priority: 10', `priority: ${value}`)

/** What can be wrong with a policy of the cluster as a whole: its tier, its place in it, its subject. */
export const CLUSTER_POLICY_CODES = {
  NP041: {
    title: 'the priority is not a number from 0 to 1000',
    severity: 'error',
    isRefused: true,
    meaning:
      'Policies of the Admin and the Baseline tier are asked in the order of their `priority`: 0 comes first, 1000 last. It must be given; the API server refuses a policy without one or with another number. A BaselineAdminNetworkPolicy has none.',
    fix: 'Write a whole number from 0 to 1000.',
    wrong: file(priority(1001)),
    right: file(priority(1000)),
  },
  NP042: {
    title: 'the tier is neither Admin nor Baseline',
    severity: 'error',
    isRefused: true,
    meaning:
      'A ClusterNetworkPolicy is in the tier `Admin`, which is asked before NetworkPolicies, or in `Baseline`, which is asked after them. Both are written with a capital; the API server refuses anything else.',
    fix: 'Write `tier: Admin` or `tier: Baseline`.',
    wrong: file(tier('admin')),
    right: file(tier('Admin')),
  },
  NP043: {
    title: 'the action of a rule is not valid',
    severity: 'error',
    isRefused: true,
    meaning:
      'Each rule says what it does. A ClusterNetworkPolicy has `Accept`, `Deny` and `Pass`, an AdminNetworkPolicy `Allow`, `Deny` and `Pass`, and the BaselineAdminNetworkPolicy `Allow` and `Deny`. Case counts; the API server refuses other words.',
    fix: 'Write one of the words of this kind.',
    wrong: file(clusterEgress('action: Allow', ANY)),
    right: file(clusterEgress('action: Accept', ANY)),
  },
  NP044: {
    title: 'a BaselineAdminNetworkPolicy has another name than default',
    severity: 'error',
    isRefused: true,
    meaning:
      'A cluster has at most one BaselineAdminNetworkPolicy, and that is called `default`; the API server refuses others.',
    fix: 'Write `name: default`, and put all rules into this one policy.',
    wrong: file(baseline('shop')),
    right: file(baseline('default')),
  },
  NP045: {
    title: 'a policy of the cluster has too many rules, peers or ports, or too long a name',
    severity: 'error',
    isRefused: true,
    meaning:
      'A ClusterNetworkPolicy may have 25 rules in each direction, and each of them 25 peers and 25 ports; the kinds of v1alpha1 may have 100 of each. The name of a rule has at most 100 characters. The API server refuses more.',
    fix: 'Use several policies of neighbouring priorities, or select more with one entry.',
    wrong: file(deny(ANY, `name: ${'n'.repeat(101)}`)),
    right: file(deny(ANY, `name: ${'n'.repeat(100)}`)),
  },
  NP054: {
    title: 'a subject, peer or port has not exactly one member',
    severity: 'error',
    isRefused: true,
    meaning:
      'The subject, each entry of `from` and `to` and each entry of the ports is one thing: namespaces or pods, a port or a range. With none of its members it says nothing, and with several it is not said which counts. The API server refuses both. A NetworkPolicy is different: two selectors in one entry must both hold.',
    fix: 'Write one member. For pods of some namespaces use `pods` with both selectors, for two peers two entries.',
    wrong: file(deny('to: [{ namespaces: {}, pods: { podSelector: {} } }]')),
    right: file(deny('to: [{ pods: { namespaceSelector: {}, podSelector: {} } }]')),
  },
  NP047: {
    title: 'a list of a rule is missing or empty',
    severity: 'error',
    isRefused: true,
    meaning:
      'A rule of a policy of the cluster must say whom it is about: `from` and `to` need at least one entry. The list of ports may be left out, which means all traffic, but must not be empty. In a NetworkPolicy an empty list means everybody; here the API server refuses it.',
    fix: 'For all pods write `namespaces: {}`, for all addresses `networks: ["0.0.0.0/0", "::/0"]`, and for all ports leave the list out.',
    wrong: file(deny('to: []')),
    right: file(deny(ANY)),
  },
  NP051: {
    title: 'the policy has a form that the API no longer has',
    severity: 'error',
    meaning:
      'Before version 0.1.5 of the network policy API namespaces were selected by `namespaces: { namespaceSelector: … }`, and there were `sameLabels` and `notSameLabels`. These fields are gone: a cluster of today refuses them or drops them, and what remains may select every namespace.',
    fix: 'Write the selector itself: `namespaces: { matchLabels: { team: shop } }`. For the same namespace on both sides write a policy for each.',
    wrong: file(clusterPolicy('subject: { namespaces: { namespaceSelector: {} } }')),
    right: file(clusterPolicy(SUBJECT)),
  },
  NP052: {
    title: 'a cluster stores the value, and implementations read it differently',
    severity: 'error',
    meaning:
      'The schema of a policy of the cluster does not look into selectors, and in v1alpha1 not at protocols either: `operator: in`, a label value with a blank or `protocol: tcp` is stored. What it then means depends on the implementation: nothing, everything, or the policy is ignored. netpol-sim refuses it rather than guess.',
    fix: 'Write what every implementation understands: the operators `In`, `NotIn`, `Exists` and `DoesNotExist`, the protocols `TCP`, `UDP` and `SCTP`, and a range whose start is less than its end.',
    wrong: file(
      clusterPolicy('subject:', '  namespaces:', '    matchExpressions: [{ key: team, operator: in, values: [shop] }]'),
      SHOP,
      pod('web'),
    ),
    right: file(
      clusterPolicy('subject:', '  namespaces:', '    matchExpressions: [{ key: team, operator: In, values: [shop] }]'),
      SHOP,
      pod('web'),
    ),
  },
  NP144: {
    title: 'the policy uses experimental fields',
    severity: 'info',
    meaning:
      'The fields `nodes` and `domainNames`, and in v1alpha1 `namedPort`, are in the experimental channel of the network policy API only. A cluster with the standard channel refuses them or drops them, and not every implementation has them.',
    fix: 'Make sure that the cluster has the experimental API and an implementation that knows the fields. Else use `networks` and port numbers.',
    wrong: file(deny('to: [{ nodes: {} }]'), nodeOf('n1')),
    right: file(deny('to: [{ networks: ["192.168.0.0/24"] }]')),
  },
} as const satisfies Record<string, Entry>

function nodeOf(name: string): string {
  return `apiVersion: v1\nkind: Node\nmetadata: { name: ${name}, labels: { role: worker } }`
}
