/** Section F.5. */
import type { Options } from './evaluate.js'
import type { Row } from './rows.js'
import { block, from, is, np, pod, to, world } from './world-w.js'

const A = is({ pod: 'a' })
const egress = (...peers: unknown[]): object => np('x', A, 'E', to(peers))
const ingress = (...peers: unknown[]): object => np('x', A, 'I', from(peers))
const row = (id: string, policies: object[], flows: string[], options: Options = {}): Row => ({
  id,
  objects: world(policies, [pod('y', 'web')]),
  flows,
  options,
})
const dual = (namespace: string, name: string, ...ips: string[]) =>
  pod(namespace, name, { status: { podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) } })
const dualWorld = (policy: object): object[] =>
  world([policy], [dual('x', 'a', '10.0.1.1', 'fd00::1:1'), dual('y', 'a', '10.0.2.1', 'fd00::2:1')])
const wide = block('10.0.0.0/16', '10.0.1.2/32')
const NEVER: Options = { ipblockPods: 'never' }
const RANGE: Options = { podCidrs: ['10.0.0.0/16'] }

export const blockRows: Row[] = [
  row('F-100', [egress(block('10.0.2.2/32'))], ['x/a > y/b : allow open U', 'x/a > y/a : deny open']),
  row('F-100 never', [egress(block('10.0.2.2/32'))], ['x/a > y/b : deny open'], NEVER),
  row('F-101', [egress(wide)], ['x/a > x/b : deny open', 'x/a > x/c : allow open U']),
  row('F-102', [egress(wide), egress(block('10.0.1.2/32'))], ['x/a > x/b : allow open U']),
  row('F-103', [egress(block('10.0.1.2/32'))], ['x/a > x/c : deny open', 'x/a > x/b : allow open U']),
  row('F-104', [egress(wide, { podSelector: is({ pod: 'b' }) })], ['x/a > x/b : allow open']),
  row('F-105', [egress(block('0.0.0.0/0'))], ['x/a > e : allow n/a', 'x/a > e6 : deny n/a']),
  row('F-106', [egress(block('::/0'))], ['x/a > e : deny n/a', 'x/a > e6 : allow n/a']),
  row('F-107', [egress(block('0.0.0.0/0'))], ['x/a > y/a : allow open U']),
  row('F-108', [egress(block('0.0.0.0/0'))], ['x/a > y/web : allow open I']),
  row('F-108 halves', [egress(block('0.0.0.0/1'), block('128.0.0.0/1'))], ['x/a > y/web : allow open I']),
  row('F-108 excepts', [egress(block('0.0.0.0/0', '10.0.0.0/8'), block('10.0.0.0/8'))], ['x/a > y/web : allow open I']),
  row('F-108 IPv6', [egress(block('::/0'))], ['x/a > y/web : deny open']),
  row('F-108 never', [egress(block('0.0.0.0/0'))], ['x/a > y/web : deny open'], NEVER),
  row('F-108 range', [egress(block('0.0.0.0/0'))], ['x/a > y/web : allow open U'], RANGE),
  row('F-109', [egress(block('10.0.0.0/8'))], ['x/a > y/web : deny open I']),
  row('F-109 range', [egress(block('10.0.0.0/8'))], ['x/a > y/web : allow open U'], RANGE),
  row('F-109 other range', [egress(block('192.168.0.0/16'))], ['x/a > y/web : deny open'], RANGE),
  row('F-109 part of range', [egress(block('10.0.1.0/24'))], ['x/a > y/web : deny open I'], RANGE),
  row('F-110', [egress(block('0.0.0.0/0', '10.0.0.0/8'))], ['x/a > y/web : deny open I']),
  row('F-110 range', [egress(block('0.0.0.0/0', '10.0.0.0/8'))], ['x/a > y/web : deny open'], RANGE),
  row('F-111', [egress(block('10.0.2.77/24'))], ['x/a > y/a : allow open U']),
  row('F-112', [egress(block('010.0.2.0/24'))], ['x/a > y/a : allow open U', 'x/a > 8.0.2.1 : deny n/a']),
  row('F-112 mapped', [egress(block('::ffff:203.0.113.0/120'))], ['x/a > e : allow n/a', 'x/a > e6 : deny n/a']),
  row(
    'F-117',
    [egress(block('10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24'))],
    ['x/a > 10.1.2.3 : deny n/a', 'x/a > 10.2.2.3 : allow n/a'],
  ),
  row('F-120', [ingress(block('203.0.113.0/24'))], ['e > x/a : n/a allow', '198.51.100.1 > x/a : n/a deny']),
  row('F-121', [ingress(block('203.0.113.0/24', '203.0.113.7/32'))], ['e > x/a : n/a deny']),
  {
    id: 'F-122',
    objects: dualWorld(egress(block('10.0.2.0/24'))),
    flows: ['x/a > y/a IPv4 : allow open U', 'x/a > y/a IPv6 : deny open'],
  },
  {
    id: 'F-123',
    objects: dualWorld(egress({ namespaceSelector: {} })),
    flows: ['x/a > y/a IPv4 : allow open', 'x/a > y/a IPv6 : allow open'],
  },
  row('F-126', [egress(block('0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1'))], ['x/a > e : deny n/a']),
  row('F-216', [], ['x/a > e : open n/a', 'e > x/a : n/a open']),
  row(
    'F-219',
    [ingress(block('203.0.113.0/24', '203.0.113.7/32'))],
    [
      '203.0.112.255 > x/a : n/a deny',
      '203.0.113.0 > x/a : n/a allow',
      '203.0.113.6 > x/a : n/a allow',
      '203.0.113.8 > x/a : n/a allow',
      '203.0.113.255 > x/a : n/a allow',
      '203.0.114.0 > x/a : n/a deny',
    ],
  ),
  row('F-220', [ingress({ namespaceSelector: is({ ns: 'y' }) })], ['10.0.2.1 > x/a : open allow']),
  row('F-221', [ingress(block('0.0.0.0/1'), block('128.0.0.0/1'))], ['e > x/a : n/a allow']),
]
