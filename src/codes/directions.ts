import { file, policy } from './manifests.js'
import type { Entry } from './entry.js'

const ALL = 'podSelector: {}'
const EGRESS = ['egress:', '  - ports: [{ port: 53, protocol: UDP }]']

/** What can be wrong with whom a policy isolates, and in which direction. */
export const DIRECTION_CODES = {
  NP024: {
    title: 'policyTypes is not valid',
    severity: 'error',
    isRefused: true,
    help: 'write `policyTypes: [Ingress]`, `[Egress]` or `[Ingress, Egress]`',
    meaning:
      'The types of a policy are `Ingress` and `Egress`, with a capital, two at most. The API server refuses others.',
    fix: 'Write `policyTypes: [Ingress]`, `[Egress]` or `[Ingress, Egress]`.',
    wrong: file(policy(ALL, 'policyTypes: [ingress]')),
    right: file(policy(ALL, 'policyTypes: [Ingress]')),
  },
  NP104: {
    title: 'rules of a direction that the policy does not isolate are ignored',
    severity: 'warning',
    meaning:
      'The policy has rules for a direction that its `policyTypes` do not list. Kubernetes accepts that and ignores the rules: the policy neither isolates nor allows anything in that direction.',
    fix: 'List the direction in `policyTypes`, or take the rules out.',
    wrong: file(policy(ALL, 'policyTypes: [Ingress]', ...EGRESS)),
    right: file(policy(ALL, 'policyTypes: [Ingress, Egress]', ...EGRESS)),
  },
  NP105: {
    title: 'an egress policy also denies all ingress',
    severity: 'warning',
    meaning:
      'Without `policyTypes` a policy always isolates for ingress, and for egress if it has egress rules. One that has only egress rules therefore denies its pods all ingress as well, which is easily overlooked.',
    fix: 'Write `policyTypes: [Egress]` to restrict only egress.',
    wrong: file(policy(ALL, ...EGRESS)),
    right: file(policy(ALL, 'policyTypes: [Egress]', ...EGRESS)),
  },
  NP106: {
    title: 'an empty policyTypes list means the default',
    severity: 'warning',
    meaning:
      'An empty list of types is the same to Kubernetes as none: the policy isolates for ingress, and for egress if it has egress rules. It does not switch the policy off.',
    fix: 'Name the directions, or remove the line.',
    wrong: file(policy(ALL, 'policyTypes: []')),
    right: file(policy(ALL, 'policyTypes: [Ingress]')),
  },
  NP137: {
    title: 'an empty `egress` without `policyTypes` restricts nothing',
    severity: 'warning',
    meaning:
      'Without `policyTypes` a policy isolates for egress only if it has an egress rule. An empty list has none, so the policy leaves all egress open, though `egress: []` looks like a denial of it.',
    fix: 'Name the directions: `policyTypes: [Ingress, Egress]`. If egress is not meant to be restricted, remove the line.',
    wrong: file(policy(ALL, 'ingress: [{}]', 'egress: []')),
    right: file(policy(ALL, 'policyTypes: [Ingress, Egress]', 'ingress: [{}]', 'egress: []')),
  },
  NP108: {
    title: 'the policy has no spec',
    severity: 'warning',
    meaning: 'A policy without `spec` is legal. It selects every pod of its namespace and denies them all ingress.',
    fix: 'Add the spec. If that is meant, say it: `spec: { podSelector: {}, policyTypes: [Ingress] }`.',
    wrong: file('apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: db, namespace: shop }'),
    right: file(policy(ALL, 'policyTypes: [Ingress]')),
  },
  NP109: {
    title: 'the policy has no podSelector and selects every pod',
    severity: 'warning',
    meaning:
      'A policy without a podSelector, or with a blank one, selects every pod of its namespace, as `podSelector: {}` does. Old clients refuse it.',
    fix: 'Select the pods that you mean. If all are meant, write `podSelector: {}`.',
    wrong: file(policy('policyTypes: [Ingress]')),
    right: file(policy(ALL, 'policyTypes: [Ingress]')),
  },
} as const satisfies Record<string, Entry>
