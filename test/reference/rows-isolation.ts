/** Section F.1 and F.2. */
import type { Row } from './rows.js'
import { from, inPorts, is, named, np, pod, rawPolicy, to, world } from './world-w.js'

const all = {}
const A = is({ pod: 'a' })
const B = { podSelector: is({ pod: 'b' }) }
const anyPod = { namespaceSelector: {}, podSelector: {} }
const denyAll = np('x', all, 'I')
const denyBoth = np('x', all, 'IE')
const egressOnly = np('x', all, undefined, { egress: [{}] })
const emptyEgress = np('x', all, undefined, { egress: [] })
const Y = { namespaceSelector: named('y') }

export const isolationRows: Row[] = [
  { id: 'F-001', objects: world([]), flows: ['y/a > x/a : open open'] },
  { id: 'F-002', objects: world([denyAll]), flows: ['y/a > x/a : open deny'] },
  { id: 'F-003', objects: world([denyAll]), flows: ['x/a > y/a : open open'] },
  { id: 'F-004', objects: world([denyAll]), flows: ['x/b > x/a : open deny'] },
  { id: 'F-005', objects: world([denyAll]), flows: ['y/a > y/b : open open'] },
  { id: 'F-006', objects: world([denyBoth]), flows: ['x/a > y/a : deny open'] },
  { id: 'F-007', objects: world([denyBoth]), flows: ['y/a > x/a : open deny'] },
  { id: 'F-008', objects: world([np('x', all, 'E')]), flows: ['y/a > x/a : open open'] },
  { id: 'F-009', objects: world([np('x', all, 'E')]), flows: ['x/a > e 443 : deny n/a'] },
  {
    id: 'F-010',
    objects: world([np('x', all, undefined)]),
    flows: ['y/a > x/a : open deny', 'x/a > y/a : open open'],
  },
  { id: 'F-011', objects: world([egressOnly]), flows: ['y/a > x/a : open deny', 'x/a > y/a : allow open'] },
  { id: 'F-012', objects: world([emptyEgress]), flows: ['x/a > y/a : open open'] },
  { id: 'F-013', objects: world([emptyEgress]), flows: ['y/a > x/a : open deny'] },
  { id: 'F-014', objects: world([np('x', all, '', to([B]))]), flows: ['x/a > x/c : deny deny'] },
  {
    id: 'F-015',
    objects: world([np('x', all, 'I', { ingress: [{}], ...to([B]) })]),
    flows: ['x/a > y/a : open open'],
  },
  {
    id: 'F-016',
    objects: world([np('x', all, 'E', { egress: [{}], ...from([B]) })]),
    flows: ['y/a > x/a : open open'],
  },
  { id: 'F-017', objects: world([np('x', all, 'II')]), flows: ['y/a > x/a : open deny'] },
  {
    id: 'F-018',
    objects: world([np('x', all, 'I', { ingress: [{}] })]),
    flows: ['e > x/a : n/a allow', 'y/a > x/a : open allow'],
  },
  { id: 'F-019 empty', objects: world([np('x', all, 'I', { ingress: [] })]), flows: ['y/a > x/a : open deny'] },
  { id: 'F-019 null', objects: world([np('x', all, 'I', { ingress: null })]), flows: ['y/a > x/a : open deny'] },
  { id: 'F-020', objects: world([np('x', all, 'I', { ingress: [null] })]), flows: ['y/a > x/a : open allow'] },
  {
    id: 'F-021',
    objects: world([rawPolicy('x', { spec: { policyTypes: ['Ingress'] } })]),
    flows: ['y/a > x/b : open deny'],
  },
  { id: 'F-022', objects: world([np('x', null, 'I')]), flows: ['y/a > x/b : open deny'] },
  { id: 'F-023', objects: world([rawPolicy('x', {})]), flows: ['y/a > x/a : open deny', 'x/a > y/a : open open'] },
  { id: 'F-024', objects: world([np('x', is({ pod: 'nope' }), 'IE')]), flows: ['y/a > x/a : open open'] },
  {
    id: 'F-025',
    objects: world([np(undefined, all, 'I')], [pod('default', 'p')]),
    flows: ['y/a > x/a : open open', 'y/a > default/p : open deny'],
  },
  {
    id: 'F-030',
    objects: world([denyAll, np('x', A, 'I', from([anyPod]))]),
    flows: ['y/a > x/a : open allow', 'y/a > x/b : open deny'],
  },
  {
    id: 'F-031',
    objects: world([np('x', all, 'I', inPorts({ port: 80 })), np('x', all, 'I', { ingress: [{}] })]),
    flows: ['y/a > x/a 81 : open allow'],
  },
  {
    id: 'F-032',
    objects: world([np('x', all, 'E', to([], [{ port: 80 }])), np('x', all, 'E', { egress: [{}] })]),
    flows: ['x/a > y/a 81 : allow open'],
  },
  {
    id: 'F-033',
    objects: world([np('x', A, 'I', from([Y], [{ port: 81 }]))]),
    flows: ['y/a > x/a 80 : open deny'],
  },
  {
    id: 'F-034',
    objects: world([
      np('x', A, 'E', to([{ ...Y, podSelector: A }])),
      np('y', is({}), 'I', from([{ namespaceSelector: named('x') }])),
    ]),
    flows: ['x/a > y/b : deny allow', 'x/a > y/a : allow allow'],
  },
  { id: 'F-035', objects: world([np('x', A, 'E', to([Y])), np('y', all, 'I')]), flows: ['x/a > y/a : allow deny'] },
  {
    id: 'F-036',
    objects: world([np('x', A, 'E', { egress: [{}] }), np('x', A, 'I')]),
    flows: ['x/a > x/b : allow open', 'x/b > x/a : open deny'],
  },
  {
    id: 'F-037',
    objects: world([np('x', A, 'I', from([B], [{ port: 80 }]))]),
    flows: ['x/b > x/a 81 : open deny', 'x/c > x/a 80 : open deny', 'x/b > x/a 80 : open allow'],
  },
  {
    id: 'F-038',
    objects: world([np('x', A, 'I', { ingress: [{ from: [B] }, { ports: [{ port: 80 }] }] })]),
    flows: ['x/b > x/a 81 : open allow', 'x/c > x/a 80 : open allow'],
  },
  {
    id: 'F-039',
    objects: world([np('x', A, 'IE', { ...from([B]), ...to(null, [{ port: 80 }]) })]),
    flows: ['x/a > y/a 81 : deny open', 'x/b > x/a 81 : open allow'],
  },
]
