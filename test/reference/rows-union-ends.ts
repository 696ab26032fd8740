/** A-45 over several rules, by what the end is: its families, its range, a node's network, or one of two unknown ends. */
import type { Options } from './evaluate.js'
import { egress, HIGH, ingress, LOW, P, row, rules, WEB } from './rows-union.js'
import type { Row } from './rows.js'
import { block, is, np, pod, world } from './world-w.js'

const RANGE: Options = { podCidrs: ['10.0.0.0/16'] }
function inDual(id: string, policies: object[], flows: string[]): Row {
  const both = { podIP: '10.0.1.1', podIPs: [{ ip: '10.0.1.1' }, { ip: 'fd00::1:1' }] }
  return { id: `A-45 ${id}`, objects: world(policies, [WEB, pod('x', 'a', { status: both })]), flows }
}

export const unionEndRows: Row[] = [
  // halves of two families are no family; IPv6 is not used in world W
  row('two families', [egress([[LOW]], [[block('8000::/1')]])], ['x/a > y/web : deny open I']),
  row('family not used', [egress([[block('::/1')]], [[block('8000::/1')]])], ['x/a > y/web : deny open']),
  // each family for itself
  inDual(
    'IPv6 in two rules',
    [egress([[block('::/1')]], [[block('8000::/1')]])],
    ['x/a > y/web IPv6 : allow open I', 'x/a > y/web IPv4 : deny open'],
  ),
  inDual(
    'a half of each family',
    [egress([[LOW, block('::/1')]], [[HIGH]])],
    ['x/a > y/web IPv4 : allow open I', 'x/a > y/web IPv6 : deny open I'],
  ),

  // The pod is in its range, so only the range has to be held: nothing but A-43 is open then
  row(
    'range in two rules',
    [egress([[block('10.0.0.0/17')]], [[block('10.0.128.0/17')]])],
    ['x/a > y/web : allow open U'],
    {
      options: RANGE,
    },
  ),
  row(
    'range with a gap',
    [egress([[block('10.0.0.0/17')]], [[block('10.0.128.0/18')]])],
    ['x/a > y/web : deny open I'],
    {
      options: RANGE,
    },
  ),
  row(
    'range in an except and in a block',
    [egress([[block('10.0.0.0/8', '10.0.2.0/24')]]), egress([[block('10.0.2.0/23')]])],
    ['x/a > y/web : allow open U'],
    { options: RANGE },
  ),
  row(
    'range in no rule',
    [egress([[block('0.0.0.0/0', '10.0.0.0/16')]], [[block('10.1.0.0/16')]])],
    ['x/a > y/web : deny open'],
    { options: RANGE },
  ),
  row(
    'a rule for each range',
    [egress([[block('10.0.1.0/24')]], [[block('10.0.3.0/24')]])],
    ['x/a > y/web : allow open U'],
    {
      options: { podCidrs: ['10.0.1.0/24', '10.0.3.0/24'] },
    },
  ),
  row('a rule for one of the ranges', [egress([[block('10.0.1.0/24')]])], ['x/a > y/web : deny open I'], {
    options: { podCidrs: ['10.0.1.0/24', '10.0.3.0/24'] },
  }),
  row(
    'range in ports that overlap',
    [egress([[block('10.0.0.0/17')]], [[block('10.0.128.0/17')], [{ port: 80 }]])],
    ['x/a > y/web 80 : allow open U', 'x/a > y/web 81 : deny open I'],
    { options: RANGE },
  ),

  // the address is the node's, which is unknown, and pod ranges say nothing about it
  row('hostNetwork', [egress([[LOW]], [[HIGH]])], ['x/a > x/h : allow host I'], { options: RANGE }),
  row('half of hostNetwork', [egress([[LOW]])], ['x/a > x/h : deny host I'], { options: RANGE }),
  row('from hostNetwork', [ingress([[LOW]]), ingress([[HIGH]])], ['x/h > x/a : host allow I']),
  // A-43 is about the addresses of pods, not of nodes
  row('hostNetwork, never', [egress([[LOW]], [[HIGH]])], ['x/a > x/h : allow host I'], {
    options: { ipblockPods: 'never' },
  }),

  // Two unknown addresses are two: what holds one of them says nothing about the other
  row(
    'both ends',
    [
      np('x', P, 'E', { egress: rules('to', [[[LOW]], [[HIGH]]]) }),
      np('y', is({ pod: 'web' }), 'I', { ingress: rules('from', [[[LOW]], [[HIGH]]]) }),
    ],
    ['x/p > y/web : allow allow I'],
  ),
  row(
    'a half at each end',
    [np('x', P, 'E', { egress: rules('to', [[[LOW]]]) }), np('y', {}, 'I', { ingress: rules('from', [[[HIGH]]]) })],
    ['x/p > y/web : deny deny I'],
  ),
  row(
    'certainly closed at the other end',
    [np('x', P, 'E', { egress: rules('to', [[[LOW]]]) }), np('y', {}, 'I')],
    ['x/p > y/web : deny deny'],
  ),
]
