/** A-45, E-9: blocks of several rules that only together hold every address that an end may have. */
import type { Row } from './rows.js'
import { block, containers, is, np, pod, port, world } from './world-w.js'

type Rule = [peers: unknown[], ports?: unknown[]]

const A = is({ pod: 'a' })
export const P = is({ pod: 'p' })
export const LOW = block('0.0.0.0/1')
export const HIGH = block('128.0.0.0/1')

export const rules = (side: 'from' | 'to', all: Rule[]): object[] =>
  all.map(([peers, ports]) => ({ [side]: peers, ...(ports === undefined ? {} : { ports }) }))
export const egress = (...all: Rule[]): object => np('x', A, 'E', { egress: rules('to', all) })
export const ingress = (...all: Rule[]): object => np('x', A, 'I', { ingress: rules('from', all) })
/** For the rows that say which policies are named. */
const named = (name: string, policy: object): object => ({ ...policy, metadata: { name, namespace: 'x' } })

export const WEB = pod('y', 'web')
const HOST = pod('x', 'h', { spec: { hostNetwork: true } })
const OTHER = pod('x', 'p')

export function row(id: string, policies: object[], flows: string[], more: Partial<Row> = {}): Row {
  return { id: `A-45 ${id}`, objects: world(policies, [WEB, HOST, OTHER]), flows, ...more }
}
export const unionRows: Row[] = [
  // One rule with one half, another with the other: wherever the pod is, one of them matches
  row('two rules', [named('np', egress([[LOW]], [[HIGH]]))], ['x/a > y/web : allow open I'], {
    rules: ['x/np spec.egress[0]', 'x/np spec.egress[1]'],
  }),
  // rules of all policies
  row('two policies', [named('one', egress([[LOW]])), named('two', egress([[HIGH]]))], ['x/a > y/web : allow open I'], {
    rules: ['x/one spec.egress[0]', 'x/two spec.egress[0]'],
  }),
  row('ingress', [ingress([[LOW]]), ingress([[HIGH]])], ['y/web > x/a : open allow I']),
  row(
    'excepts in three rules',
    [
      egress([[block('0.0.0.0/0', '10.0.0.0/8')]], [[block('10.0.0.0/8', '10.1.0.0/16')]]),
      egress([[block('10.1.0.0/16')]]),
    ],
    ['x/a > y/web : allow open I'],
  ),
  // 10.1.0.0/16 is in none
  row(
    'gap of an except',
    [egress([[block('0.0.0.0/0', '10.0.0.0/8')]], [[block('10.0.0.0/8', '10.1.0.0/16')]])],
    ['x/a > y/web : deny open I'],
  ),
  // 192.0.0.0/2 is in none
  row('gap', [egress([[LOW]], [[block('128.0.0.0/2')]])], ['x/a > y/web : deny open I']),
  // The last address is in none
  row(
    'gap of one address',
    [egress([[LOW]], [[block('128.0.0.0/1', '255.255.255.255/32')]])],
    ['x/a > y/web : deny open I'],
  ),
  // One rule suffices, so the pod need not be in the other's block
  row('one rule alone', [named('np', egress([[block('10.0.0.0/8')]], [[LOW, HIGH]]))], ['x/a > y/web : allow open I'], {
    rules: ['x/np spec.egress[1]'],
  }),
  // Only rules that are open to the port count; of no open rule nothing is unknown
  row(
    'other ports',
    [egress([[LOW], [{ port: 80 }]], [[HIGH], [{ port: 81 }]])],
    ['x/a > y/web 80 : deny open I', 'x/a > y/web 81 : deny open I', 'x/a > y/web 82 : deny open'],
  ),
  row(
    'ports that overlap',
    [egress([[LOW], [{ port: 80, endPort: 90 }]], [[HIGH], [{ port: 85, endPort: 95 }]])],
    [
      'x/a > y/web 84 : deny open I',
      'x/a > y/web 85 : allow open I',
      'x/a > y/web 90 : allow open I',
      'x/a > y/web 91 : deny open I',
      'x/a > y/web 96 : deny open',
    ],
  ),
  row(
    'other protocol',
    [egress([[LOW], [{ port: 80 }]], [[HIGH], [{ port: 80, protocol: 'UDP' }]])],
    ['x/a > y/web 80 : deny open I', 'x/a > y/web 80 UDP : deny open I', 'x/a > y/web 80 SCTP : deny open'],
  ),
  // the name is port 80 of y/web
  row(
    'named port',
    [egress([[LOW], [{ port: 'serve-80-tcp' }]], [[HIGH], [{ port: 80 }]])],
    ['x/a > y/web 80 : allow open I', 'x/a > y/web 81 : deny open'],
  ),
  // A-54b: y/web does not declare it, so that rule is closed
  row(
    'named port of another pod',
    [egress([[LOW], [{ port: 'http' }]], [[HIGH], [{ port: 80 }]])],
    ['x/a > y/web 80 : deny open I'],
  ),
  // A-54a: one name, two numbers: the halves meet on the port of p1 only
  {
    id: 'A-45 named port that differs by pod',
    objects: world(
      [egress([[LOW], [{ port: 'http' }]], [[HIGH], [{ port: 8080 }]])],
      [
        pod('y', 'p1', { spec: { containers: containers([port('http', 8080)]) } }),
        pod('y', 'p2', { spec: { containers: containers([port('http', 9090)]) } }),
      ],
    ),
    flows: [
      'x/a > y/p1 8080 : allow open I',
      'x/a > y/p2 8080 : deny open I',
      'x/a > y/p2 9090 : deny open I',
      'x/a > y/p1 9090 : deny open',
    ],
  },
  // The other half is for another pod, in another namespace, for the other direction, or without Egress
  row(
    'other subject',
    [egress([[LOW]]), np('x', P, 'E', { egress: rules('to', [[[HIGH]]]) })],
    ['x/a > y/web : deny open I'],
  ),
  row(
    'other namespace',
    [egress([[LOW]]), np('z', {}, 'E', { egress: rules('to', [[[HIGH]]]) })],
    ['x/a > y/web : deny open I'],
  ),
  row(
    'other direction',
    [egress([[LOW]]), ingress([[HIGH]])],
    ['x/a > y/web : deny open I', 'y/web > x/a : open deny I'],
  ),
  row(
    'inert rules',
    [egress([[LOW]]), np('x', A, 'I', { egress: rules('to', [[[HIGH]]]) })],
    ['x/a > y/web : deny open I'],
  ),
  // certain by the selector, whatever the address is
  row(
    'selector beside',
    [egress([[LOW]], [[HIGH, { namespaceSelector: is({ ns: 'y' }) }]])],
    ['x/a > y/web : allow open'],
  ),
  row(
    'empty to beside',
    [egress([[LOW]], [[], [{ port: 80 }]])],
    ['x/a > y/web : allow open', 'x/a > y/web 81 : deny open I'],
  ),
  row('never', [egress([[LOW]], [[HIGH]])], ['x/a > y/web : deny open'], { options: { ipblockPods: 'never' } }),
  // env of y is unknown, and the address as well; both unknown things can open it
  {
    id: 'A-45 unknown labels beside',
    objects: world([egress([[LOW]], [[{ namespaceSelector: is({ env: 'prod' }) }]])], [WEB], ['y']),
    flows: ['x/a > y/web : deny open I'],
  },

  // E-9: the same union, asked of outside addresses, is certain
  {
    id: 'E-9 two policies',
    objects: world([ingress([[LOW], [{ port: 80 }]]), ingress([[HIGH], [{ port: 80, endPort: 81 }]])]),
    flows: [
      'e > x/a 80 : n/a allow',
      '126.255.255.255 > x/a 80 : n/a allow',
      '1.2.3.4 > x/a 81 : n/a deny',
      'e > x/a 81 : n/a allow',
      'e6 > x/a 80 : n/a deny',
    ],
  },
]
