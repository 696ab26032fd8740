import type { CommandDefinition, Topic } from './command.js'

/** What stands below the flags in the help of the program (`command` is null) and of its commands; `packageRoot` ends with a slash. */
export function helpAfter(command: Pick<CommandDefinition, 'examples' | 'topics'> | null, packageRoot: string): string {
  const { examples, topics } = command ?? PROGRAM
  const parts = [
    ...(examples.length === 0 ? [] : [section('Examples', examples)]),
    ...topics.map((topic) => section(...TOPICS[topic])),
    `Documentation: ${packageRoot}README.md; the codes of messages: netpol-sim explain`,
  ]
  return `\n${parts.join('\n\n')}`
}

const PROGRAM: Pick<CommandDefinition, 'examples' | 'topics'> = {
  examples: ['netpol-sim demo', 'netpol-sim check -f k8s/ shop/web shop/db:5432', 'netpol-sim matrix k8s/'],
  topics: ['exit codes'],
}

function section(title: string, lines: readonly string[]): string {
  return `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

const PEERS = [
  'web, shop/web, shop/Deployment/web   a workload or pod; web alone is one in -n',
  'shop/any, tenant-*/any, any          all of a namespace, of some, of the input',
  'shop/app=web,tier!=back              pods by label, as with kubectl -l',
  'node/worker-1                        a node',
  'svc/api, shop/Service/api            the pods behind a Service; dns: the DNS',
  '10.1.2.3, 10.0.0.0/8, 2001:db8::/32  addresses; with a port: [2001:db8::1]:443',
  'internet, external                   public addresses; any but pods and nodes',
]

const PORTS = [
  '8080, 53/UDP     one port; TCP unless it says otherwise',
  'http             a name, as each destination pod declares it',
  '8000-8100, any   a range; every port of TCP, UDP and SCTP',
  '(none)           all: allowed if all that the destination declares are open',
]

const EXIT_CODES = [
  '0  yes: allowed, or answered',
  '1  no: denied or partial, or not what --expect says',
  '2  could not answer: bad usage, invalid or unreadable input, no such peer',
  '3  a bug in netpol-sim',
]

const TOPICS: Readonly<Record<Topic, readonly [title: string, lines: readonly string[]]>> = {
  peers: ['Peers', PEERS],
  ports: ['Ports', PORTS],
  'exit codes': ['Exit codes', EXIT_CODES],
}
