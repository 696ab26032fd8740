import { clusterEgress, file } from './manifests.js'
import type { Entry } from './entry.js'

const deny = (...lines: readonly string[]): string => clusterEgress('action: Deny', ...lines)
const ANY = 'to: [{ namespaces: {} }]'
const networks = (text: string): string => deny(`to: [{ networks: [${text}] }]`)
const range = (first: number, last: number): string =>
  deny(ANY, `protocols: [{ tcp: { destinationPort: { range: { start: ${first}, end: ${last} } } } }]`)
const names = (text: string): string => clusterEgress('action: Accept', `to: [{ domainNames: [${text}] }]`)

/** What can be wrong with the peers and ports of a policy of the cluster. */
export const CLUSTER_PEER_CODES = {
  NP048: {
    title: 'an entry of networks is not valid',
    severity: 'error',
    isRefused: true,
    help: 'write the block of addresses that is meant, such as 10.0.0.0/8',
    meaning:
      'The entries of `networks` are CIDRs, each once. The API server refuses bare addresses, leading zeros and IPv4-mapped IPv6 blocks. There is no `except`: a rule above with another action takes its place.',
    fix: 'Write each block once, with its prefix; one address is `/32`, or `/128` for IPv6.',
    wrong: file(networks('10.0.0.1')),
    right: file(networks('10.0.0.1/32')),
  },
  NP049: {
    title: 'an entry of domainNames is not valid',
    severity: 'error',
    isRefused: true,
    help: 'a name is `www.example.com`, or `*.example.com` for all names below',
    meaning:
      'A host name has at least two labels. `*.` in front stands for one or more labels, not for the name itself, and can stand nowhere else; so `*`, `com` and `*.com` are refused by the API server. Each name may stand once.',
    fix: 'Write the whole name, or `*.` and a name of at least two labels.',
    wrong: file(names('com')),
    right: null,
  },
  NP050: {
    title: 'a port or range of a policy of the cluster is not valid',
    severity: 'error',
    isRefused: true,
    meaning:
      'Ports are whole numbers from 1 to 65535, and the start of a range must be less than its end: unlike an `endPort`, a range of one port is refused.',
    fix: 'Give both ends in order; a single port is `number`.',
    wrong: file(range(80, 80)),
    right: file(range(80, 81)),
  },
  NP053: {
    title: 'a protocol without a port is refused by the schema',
    severity: 'error',
    isRefused: true,
    meaning:
      'Documents of the network policy API say that `tcp: {}` means every TCP port, and its schema wants at least one field there, so that the API server refuses it. With `--lenient` it is evaluated as every port of the protocol.',
    fix: 'Write the range from 1 to 65535.',
    wrong: file(deny(ANY, 'protocols: [{ tcp: {} }]')),
    right: file(range(1, 65535)),
  },
  NP146: {
    title: 'host names in a rule that does not allow',
    severity: 'warning',
    meaning:
      'Host names are for rules that allow: which addresses they stand for is only known after somebody has looked them up, so a rule that denies them could not be kept. The API does not refuse such a rule. It is evaluated as one that denies everything, so that nothing is let through by mistake; a cluster may ignore it.',
    fix: 'Allow the names that are meant, and deny the rest as `networks` in a rule below.',
    wrong: file(deny('to: [{ domainNames: [example.com] }]')),
    right: file(deny('to: [{ networks: ["203.0.113.0/24"] }]')),
  },
  NP145: {
    title: 'a port name never matches networks, nodes or host names',
    severity: 'warning',
    meaning:
      'A port name is what containers call their ports. Networks, nodes and host names declare none, so that an egress rule with a port name never matches them by it. The experimental channel of the API refuses such a rule, the standard one takes it.',
    fix: 'Write the number of the port, or one rule for pods by name and another one for the others by number.',
    wrong: file(deny('to: [{ networks: ["10.0.0.0/8"] }]', 'protocols: [{ destinationNamedPort: http }]')),
    right: file(
      deny('to: [{ networks: ["10.0.0.0/8"] }]', 'protocols: [{ tcp: { destinationPort: { number: 80 } } }]'),
    ),
  },
} as const satisfies Record<string, Entry>
