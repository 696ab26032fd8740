import { file, ingress, pod, policy } from './manifests.js'
import type { Entry } from './entry.js'

const port = (...entry: readonly string[]): string =>
  ingress('ports:', ...entry.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`))
const listening = (...ports: readonly string[]): string =>
  pod('db', 'ports:', ...ports.map((entry) => `  - { ${entry} }`))
const service = (...ports: readonly string[]): string =>
  [
    'apiVersion: v1',
    'kind: Service',
    'metadata: { name: db, namespace: shop }',
    'spec:',
    '  selector: { app: db }',
    '  ports:',
    ...ports.map((entry) => `    - { ${entry} }`),
  ].join('\n')
const slice = (...addresses: readonly string[]): string =>
  [
    'apiVersion: discovery.k8s.io/v1',
    'kind: EndpointSlice',
    'metadata: { name: db-1, namespace: shop, labels: { kubernetes.io/service-name: db } }',
    'addressType: IPv4',
    `endpoints: [${addresses.map((address) => `{ addresses: ["${address}"] }`).join(', ')}]`,
    'ports: [{ name: sql, port: 5432 }]',
  ].join('\n')
const outside = (port: string): string =>
  policy(
    'podSelector: {}',
    'policyTypes: [Egress]',
    'egress:',
    '  - to:',
    '      - ipBlock: { cidr: 203.0.113.0/24 }',
    `    ports: [{ port: ${port} }]`,
  )

/** What can be wrong with the ports of rules, containers and Services. */
export const PORT_CODES = {
  NP016: {
    title: 'the protocol is not TCP, UDP or SCTP',
    severity: 'error',
    isRefused: true,
    meaning:
      'Policies know TCP, UDP and SCTP, in capitals, and nothing else; the API server refuses other words. ICMP cannot be allowed or denied by a NetworkPolicy.',
    fix: 'Write `TCP`, `UDP` or `SCTP`. Without `protocol` it is TCP.',
    wrong: file(port('port: 53', 'protocol: udp')),
    right: file(port('port: 53', 'protocol: UDP')),
  },
  NP017: {
    title: 'the port is not between 1 and 65535',
    severity: 'error',
    isRefused: true,
    help: 'write the port that the pods listen on',
    meaning: 'Ports are whole numbers from 1 to 65535; the API server refuses others. 0 does not mean every port.',
    fix: 'Write the port that the pods listen on. For every port leave `ports` out of the rule.',
    wrong: file(port('port: 0')),
    right: file(port('port: 8080')),
  },
  NP018: {
    title: 'the port name is not valid',
    severity: 'error',
    isRefused: true,
    meaning:
      'A port in quotes is the name of a port, and a name needs a letter: at most 15 characters of small letters, digits and single hyphens inside. The API server refuses others, `"80"` among them.',
    fix: 'Write a number without quotes. A range is `port: 8000` with `endPort: 8100`.',
    wrong: file(port('port: "8080"')),
    right: file(port('port: 8080')),
  },
  NP019: {
    title: 'the endPort does not fit its port',
    severity: 'error',
    isRefused: true,
    help: '`port: 8000` with `endPort: 8100` opens the ports from 8000 to 8100; a single port needs no endPort',
    meaning:
      'An `endPort` is the last port of a range. It needs a `port` that is a number and not larger; the API server refuses it otherwise.',
    fix: 'Give both ends as numbers, the lower one as `port`.',
    wrong: file(port('port: 8100', 'endPort: 8000')),
    right: file(port('port: 8000', 'endPort: 8100')),
  },
  NP026: {
    title: 'a container port is not valid',
    severity: 'error',
    isRefused: true,
    help: 'a port of a container looks like `{name: http, containerPort: 8080, protocol: TCP}`',
    meaning:
      'A port of a container has no number, one out of range, an invalid name or protocol, or a name that the container has used already. The API server refuses the pod.',
    fix: 'A port of a container looks like `{ name: http, containerPort: 8080, protocol: TCP }`.',
    wrong: file(listening('name: http, containerPort: 80800')),
    right: file(listening('name: http, containerPort: 8080')),
  },
  NP034: {
    title: 'a port of a Service is not valid',
    severity: 'warning',
    isRefused: true,
    help: 'a port of a Service looks like `{name: http, port: 80, targetPort: 8080, protocol: TCP}`',
    meaning:
      'A port of a Service has no number, one out of range, an invalid name, target or protocol, or is a duplicate; where there are several ports, each needs a name of its own. The API server refuses the Service. Answers about pods do not rest on it, so this is a warning.',
    fix: 'A port of a Service looks like `{ name: http, port: 80, targetPort: 8080, protocol: TCP }`.',
    wrong: file(service('port: 80', 'port: 443')),
    right: file(service('name: http, port: 80', 'name: https, port: 443')),
  },
  NP046: {
    title: 'the endpoints of a Service are not valid',
    severity: 'warning',
    isRefused: true,
    help: 'an endpoint looks like `addresses: [192.0.2.7]`, its port like `{name: https, port: 6443}`',
    meaning:
      'An EndpointSlice has an address that is not of its `addressType`, a port out of range, an invalid protocol, a port name twice, or more entries than a cluster takes. The API server refuses it. Only questions about a Service without a selector rest on endpoints, so this is a warning, and the entry is skipped.',
    fix: 'Give each address family a slice of its own, and each port a name of its own.',
    wrong: file(slice('10.0.0.5', '2001:db8::5')),
    right: file(slice('10.0.0.5')),
  },
  NP117: {
    title: 'a port entry without a port opens every port of one protocol only',
    severity: 'warning',
    meaning:
      'An entry without a port opens every port of its protocol and no port of the others. With `protocol: UDP` alone, or an empty entry, which is TCP, that is rarely what was meant.',
    fix: 'Add the port. To open everything leave `ports` out of the rule.',
    wrong: file(port('protocol: UDP')),
    right: file(port('protocol: UDP', 'port: 53')),
  },
  NP118: {
    title: 'the port name is declared by no pod that it could apply to',
    severity: 'warning',
    meaning:
      'The entry names a port, and no pod that it could apply to declares one of that name. It matches nothing. Names are those of `containers[].ports[]` of the destination, never of a Service.',
    fix: 'Write the name as the pods declare it, or the number.',
    wrong: file(port('port: http'), listening('name: web, containerPort: 8080')),
    right: file(port('port: web'), listening('name: web, containerPort: 8080')),
  },
  NP119: {
    title: 'the port name is declared with another protocol',
    severity: 'warning',
    meaning:
      'The pods declare a port of this name with another protocol than that of the entry, which is TCP unless it says otherwise. It opens nothing.',
    fix: 'Give the entry the protocol of the port.',
    wrong: file(port('port: dns'), listening('name: dns, containerPort: 53, protocol: UDP')),
    right: file(port('port: dns', 'protocol: UDP'), listening('name: dns, containerPort: 53, protocol: UDP')),
  },
  NP120: {
    title: 'a port name never matches an address outside the cluster',
    severity: 'warning',
    meaning:
      'Names of ports are declared by pods. An address outside the cluster declares none, so the entry never matches there.',
    fix: 'Write the number of the port.',
    wrong: file(outside('https')),
    right: file(outside('443')),
  },
  NP121: {
    title: 'a pod declares one port name with different numbers',
    severity: 'warning',
    meaning:
      'Two containers of one pod declare the same name with different numbers. A policy that names it opens both.',
    fix: 'Give them different names.',
    wrong: file(
      [
        pod('db', 'ports: [{ name: http, containerPort: 80 }]'),
        '    - name: side',
        '      ports: [{ name: http, containerPort: 8080 }]',
      ].join('\n'),
    ),
    right: file(
      [
        pod('db', 'ports: [{ name: http, containerPort: 80 }]'),
        '    - name: side',
        '      ports: [{ name: side, containerPort: 8080 }]',
      ].join('\n'),
    ),
  },
} as const satisfies Record<string, Entry>
