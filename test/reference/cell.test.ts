import { expect, it } from 'vitest'
import { cellOf } from './cell.js'
import type { Options, Question } from './evaluate.js'
import { block, from, is, np, pod, to, world } from './world-w.js'

const A = is({ pod: 'a' })
const prod = { namespaceSelector: is({ env: 'prod' }) }
const dual = (namespace: string, name: string, ...ips: string[]) =>
  pod(namespace, name, { status: { podIPs: ips.map((ip) => ({ ip })) } })
const both = (...policies: object[]): object[] =>
  world(policies, [dual('x', 'a', '10.0.1.1', 'fd00::1:1'), dual('y', 'a', '10.0.2.1', 'fd00::2:1')], ['y'])
const plain = (...policies: object[]): object[] => world(policies, [pod('y', 'web')], ['y'])
const denied = { open: false, possible: false, certainty: 'certain' }
const maybe = { open: false, possible: true, certainty: 'indeterminate' }

const rows: [name: string, objects: object[], to: string, expected: object, options?: Options][] = [
  ['A-13: no rule can open it', plain(np('x', A, 'E')), 'y/web', denied],
  ['A-12: open, so not possibly open', plain(), 'y/web', { open: true, possible: false, certainty: 'certain' }],
  ['A-28: the label may be there', plain(np('x', A, 'E', to([prod]))), 'y/web', maybe],
  ['A-45: the address may be in the block', plain(np('x', A, 'E', to([block('10.0.0.0/8')]))), 'y/web', maybe],
  [
    'A-45: open as things stand, though not certainly',
    plain(np('x', A, 'E', to([block('0.0.0.0/0')]))),
    'y/web',
    { open: true, possible: false, certainty: 'indeterminate' },
  ],
  [
    'A-45: the range is in an except',
    plain(np('x', A, 'E', to([block('10.0.0.0/8', '10.0.0.0/16')]))),
    'y/web',
    denied,
    { podCidrs: ['10.0.0.0/16'] },
  ],
  [
    'A-18: what may open one end does not open the other',
    plain(np('x', A, 'E', to([prod])), np('y', {}, 'I')),
    'y/web',
    denied,
  ],
  ['A-52: another port', plain(np('x', A, 'E', to([prod], [{ port: 81 }]))), 'y/web', denied],
  [
    'A-64: the other model tells hostNetwork pods apart',
    world(
      [np('x', A, 'E', to([{ podSelector: is({ pod: 'h' }) }]))],
      [pod('x', 'h', { spec: { hostNetwork: true, nodeName: 'n2' } })],
    ),
    'x/h',
    { open: false, possible: true, certainty: 'undefined' },
  ],
  // a cell is open where all families are; the label opens IPv4 and IPv6 at once
  ['A-44: both families by the label', both(np('x', A, 'E', to([prod]))), 'y/a', maybe],
  ['A-44: one family is closed for good', both(np('x', A, 'E', to([block('0.0.0.0/0')]))), 'y/a', denied],
  [
    'A-44: the label opens what the block leaves closed',
    both(np('x', A, 'E', to([block('10.0.2.0/24'), prod]))),
    'y/a',
    maybe,
  ],
  [
    'A-44: each family is closed at one end',
    both(
      np('x', A, 'E', to([block('10.0.0.0/8'), prod])),
      np('x', A, 'E', to([block('fd00::/16')], [{ port: 81 }])),
      np('y', {}, 'I', from([block('fd00::/16')])),
    ),
    'y/a',
    denied,
  ],
]

for (const [name, objects, pod, expected, options] of rows) {
  it(name, () => {
    const question: Question = { from: { pod: 'x/a' }, to: { pod }, protocol: 'TCP', port: 80 }
    expect(cellOf(objects, question, options)).toEqual(expected)
  })
}

it('A-45, A-44: an end without an address may have one of each family', () => {
  const end = pod('y', 'web')
  const ends = [dual('x', 'a', '10.0.1.1', 'fd00::1:1'), end]
  const policy = np('x', A, 'E', to([block('10.0.0.0/8'), block('fd00::/16')]))
  const question: Question = { from: { pod: 'x/a' }, to: { pod: 'y/web' }, protocol: 'TCP', port: 80 }
  expect(cellOf(world([policy], ends), question)).toEqual(maybe)
  const onlyIPv4 = np('x', A, 'E', to([block('10.0.0.0/8')]))
  expect(cellOf(world([onlyIPv4], ends), question)).toEqual(denied)
  expect(cellOf(world([onlyIPv4], ends), { ...question, family: 'IPv4' })).toEqual(maybe)
})
