import { file, fromBlock, ingress, pod, policy } from './manifests.js'
import type { Entry } from './entry.js'

const ofOrders = (second: string): string =>
  ingress('from:', '  - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: orders } }', second)
const API = pod('api').replace('namespace: shop', 'namespace: orders')
const NEWER = 'Kubernetes 1.36 and later refuse such values in new objects and keep them in old ones.'

/** What can be wrong with the peers of a rule: `from` and `to`. */
export const PEER_CODES = {
  NP012: {
    title: 'the CIDR is not valid',
    severity: 'error',
    isRefused: true,
    help: 'write the block of addresses that is meant, such as 10.0.0.0/8',
    meaning:
      'A block of addresses is written as an address, a slash and a prefix of 0 to 32 bits, or 128 for IPv6. A bare address is not a block, and neither is a host name. The API server refuses the policy.',
    fix: 'For one address write `/32`, or `/128` for IPv6.',
    wrong: file(fromBlock('cidr: 10.0.0.1')),
    right: file(fromBlock('cidr: 10.0.0.1/32')),
  },
  NP013: {
    title: 'an except is not strictly inside its cidr',
    severity: 'error',
    isRefused: true,
    meaning:
      'What `except` leaves out must lie within the block and be smaller than it, or there is nothing to leave out, or nothing left. The API server refuses the policy.',
    fix: 'Correct the block of `except`, or leave it out. An address of another block needs no exception.',
    wrong: file(fromBlock('cidr: 10.0.0.0/16', 'except: [10.1.0.0/24]')),
    right: file(fromBlock('cidr: 10.0.0.0/16', 'except: [10.0.1.0/24]')),
  },
  NP014: {
    title: 'a peer is empty',
    severity: 'error',
    isRefused: true,
    meaning:
      'An entry of `from` or `to` has neither a selector nor an ipBlock. Often a key has nothing behind its colon: `podSelector:` is blank and means no selector, while `podSelector: {}` means every pod of the namespace. The API server refuses it.',
    fix: 'Name whom you mean. To name everybody leave `from` or `to` out of the rule.',
    wrong: file(ingress('from:', '  - podSelector:')),
    right: file(ingress('from:', '  - podSelector: {}')),
  },
  NP015: {
    title: 'a peer has both an ipBlock and a selector',
    severity: 'error',
    isRefused: true,
    meaning: 'An entry is either a block of addresses or pods by selectors; the API server refuses both in one.',
    fix: 'Make two entries, each with a dash of its own. Each then matches alone, so the rule allows both.',
    wrong: file(ingress('from:', '  - ipBlock: { cidr: 10.0.0.0/8 }', '    podSelector: {}')),
    right: file(ingress('from:', '  - ipBlock: { cidr: 10.0.0.0/8 }', '  - podSelector: {}')),
  },
  NP103: {
    title: 'the labels of a namespace are unknown',
    severity: 'warning',
    meaning:
      'A policy asks for labels of namespaces, and there are namespaces in use of which the input has no Namespace object. Only the label `kubernetes.io/metadata.name` is known of them, so answers that rest on others are `indeterminate`.',
    fix: 'Add the Namespace objects to the input, or select by `kubernetes.io/metadata.name`.',
    wrong: file(ingress('from:', '  - namespaceSelector: { matchLabels: { team: orders } }')),
    right: file(
      ingress('from:', '  - namespaceSelector: { matchLabels: { team: orders } }'),
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: orders } }',
    ),
  },
  NP107: {
    title: 'a list item is null',
    severity: 'warning',
    meaning:
      'A dash with nothing behind it is a null item, which Kubernetes takes for an empty one. An empty rule allows everything, an empty item of `ports` every TCP port; most often something has slipped out of the list by its indentation.',
    fix: 'Remove the dash, or indent what belongs to it. If all is meant write `- {}`.',
    wrong: file(policy('podSelector: {}', 'ingress:', '  -')),
    right: file(policy('podSelector: {}', 'ingress:', '  - {}')),
  },
  NP110: {
    title: 'the CIDR has bits set beyond its prefix',
    severity: 'warning',
    meaning: `The address has bits set beyond its prefix. They are ignored: \`10.0.2.77/24\` means all of \`10.0.2.0/24\`, which may be more than you meant. ${NEWER}`,
    fix: 'Write the first address of the block, or `/32` if only this address is meant.',
    wrong: file(fromBlock('cidr: 10.0.2.77/24')),
    right: file(fromBlock('cidr: 10.0.2.0/24')),
  },
  NP111: {
    title: 'the CIDR has leading zeros',
    severity: 'warning',
    meaning: `Numbers of the address have leading zeros. Kubernetes reads them as decimal, other programs as octal: \`010.0.0.0\` is then \`8.0.0.0\`. ${NEWER}`,
    fix: 'Write the address without them.',
    wrong: file(fromBlock('cidr: 010.0.0.0/8')),
    right: file(fromBlock('cidr: 10.0.0.0/8')),
  },
  NP112: {
    title: 'the CIDR is an IPv4-mapped IPv6 block',
    severity: 'warning',
    meaning: `The block is an IPv4-mapped IPv6 block, and is read as IPv4. ${NEWER}`,
    fix: 'Write it as IPv4.',
    wrong: file(fromBlock('cidr: "::ffff:10.0.0.0/104"')),
    right: file(fromBlock('cidr: 10.0.0.0/8')),
  },
  NP123: {
    title: 'the ipBlock matches no address',
    severity: 'warning',
    meaning:
      'The blocks of `except` together take all of the block, so the entry matches no address and allows nobody.',
    fix: 'Take out the entry, or one of the exceptions.',
    wrong: file(fromBlock('cidr: 10.0.0.0/24', 'except: [10.0.0.0/25, 10.0.0.128/25]')),
    right: file(fromBlock('cidr: 10.0.0.0/24', 'except: [10.0.0.0/25]')),
  },
  NP133: {
    title: 'two peers were probably meant as one',
    severity: 'warning',
    meaning:
      'A namespaceSelector and a podSelector stand in two entries of `from` or `to`, each with a dash of its own. Each then matches alone: every pod of those namespaces is allowed, and besides pods of the namespace of the policy. Here that has no pod with such labels, while those namespaces do, so both were probably meant to hold together.',
    fix: 'Remove the dash before the second selector. Nothing, if every pod of those namespaces is meant.',
    wrong: file(ofOrders('  - podSelector: { matchLabels: { app: api } }'), API),
    right: file(ofOrders('    podSelector: { matchLabels: { app: api } }'), API),
  },
} as const satisfies Record<string, Entry>
