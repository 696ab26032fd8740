import { clusterEgress, clusterPolicy, file } from './manifests.js'
import type { Entry } from './entry.js'

const SUBJECT = 'subject: { namespaces: {} }'
const named = (name: string, priority: number): string =>
  clusterPolicy(SUBJECT).replace('name: guard', `name: ${name}`).replace('priority: 10', `priority: ${priority}`)
const ADMIN = [
  'apiVersion: policy.networking.k8s.io/v1alpha1',
  'kind: AdminNetworkPolicy',
  'metadata: { name: old }',
  'spec:',
  '  priority: 20',
  '  subject: { namespaces: {} }',
].join('\n')
const deny = (networks: string): string => clusterEgress('action: Deny', `to: [{ networks: [${networks}] }]`)

/** What is worth knowing about policies of the cluster beside each other. */
export const CLUSTER_TIER_CODES = {
  NP142: {
    title: 'policies of v1alpha1 and v1alpha2 stand beside each other',
    severity: 'warning',
    meaning:
      'An AdminNetworkPolicy or BaselineAdminNetworkPolicy and a ClusterNetworkPolicy are in one input. They are two versions of one API, and no text says how a cluster that has both decides. They are evaluated as one Admin tier by priority, and one Baseline tier in which the BaselineAdminNetworkPolicy comes last.',
    fix: 'Move the older ones to ClusterNetworkPolicy; `netpol-sim diff` shows whether that changed anything.',
    wrong: file(clusterPolicy(SUBJECT), ADMIN),
    right: file(clusterPolicy(SUBJECT), named('other', 20)),
  },
  NP143: {
    title: 'policies of one tier have one priority',
    severity: 'info',
    meaning:
      'Where two policies of a tier have the same priority and both have a rule that matches, the API leaves open which of them decides. They are evaluated by name. Where another order would change an answer, that answer is `undefined` and a note names the policies.',
    fix: 'Give each policy of a tier its own priority.',
    wrong: file(named('a', 10), named('b', 10)),
    right: file(named('a', 10), named('b', 11)),
  },
  NP148: {
    title: 'a rule selects nodes that the input does not have',
    severity: 'warning',
    meaning:
      'A rule selects nodes by their labels, and the input lacks Node objects: of a node that only pods name neither labels nor addresses are known. Answers that rest on them are `indeterminate`.',
    fix: 'Add the nodes to the input: `kubectl get nodes -o yaml`.',
    wrong: file(clusterEgress('action: Deny', 'to: [{ nodes: {} }]')),
    right: null,
  },
  NP149: {
    title: 'a policy denies every address of one family only',
    severity: 'warning',
    meaning:
      'The rules of the policy deny every IPv4 address and say nothing of IPv6, or the other way round. The two families are separate: on a cluster that has both, everything stays reachable over the other one.',
    fix: 'Deny both: `networks: ["0.0.0.0/0", "::/0"]`.',
    wrong: file(deny('"0.0.0.0/0"')),
    right: file(deny('"0.0.0.0/0", "::/0"')),
  },
} as const satisfies Record<string, Entry>
