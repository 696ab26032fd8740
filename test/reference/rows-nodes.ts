/** Section F.7. */
import type { Row } from './rows.js'
import { block, from, is, np, pod, to, world } from './world-w.js'

const A = is({ pod: 'a' })
const denyIn = np('x', {}, 'I')
const denyBoth = np('x', {}, 'IE')
const B = { podSelector: is({ pod: 'b' }) }
const host = (node: string | undefined) => {
  const ip = `192.168.9.${node === 'n1' ? 1 : 2}`
  const placed = node === undefined ? {} : { nodeName: node }
  const status = node === undefined ? {} : { status: { podIP: ip, hostIP: ip } }
  return pod('x', 'h', { labels: { pod: 'b' }, spec: { hostNetwork: true, ...placed }, ...status })
}
const plain = (id: string, policy: object, ...flows: string[]): Row => ({ id, objects: world([policy]), flows })
const withHost = (id: string, node: string | undefined, policy: object, ...flows: string[]): Row => ({
  id,
  objects: world([policy], [host(node)]),
  flows,
})
const peer = np('x', A, 'I', from([B]))

export const nodeRows: Row[] = [
  plain('F-170', denyBoth, 'x/a > 10.0.1.1 : self self', 'x/a > x/a : self self'),
  {
    id: 'F-173',
    objects: world(
      [np('x', is({ app: 'web' }), 'I')],
      [pod('x', 'web-1', { labels: { app: 'web' } }), pod('x', 'web-2', { labels: { app: 'web' } })],
    ),
    flows: ['x/web-1 > x/web-2 : open deny'],
  },
  plain('F-174', denyIn, 'n1 > x/a : n/a node', '192.168.9.1 > x/a : n/a node'),
  plain('F-175', denyIn, 'n2 > x/a : n/a deny'),
  plain('F-176', np('x', {}, 'I', from([block('192.168.9.2/32')])), 'n2 > x/a : n/a allow'),
  plain('F-177', np('x', {}, 'E'), 'x/a > n1 : deny n/a U', 'x/a > n2 : deny n/a'),
  plain('F-178', np('x', {}, 'E', to([block('192.168.9.1/32')])), 'x/a > n1 : allow n/a', 'x/a > n2 : deny n/a'),
  withHost('F-179', 'n2', denyIn, 'y/a > x/h : open host U'),
  withHost('F-180', 'n2', peer, 'x/h > x/a : host deny U'),
  withHost('F-181', 'n2', np('x', A, 'I', from([block('192.168.9.2/32')])), 'x/h > x/a : host allow'),
  withHost('F-182', 'n1', np('x', A, 'I'), 'x/h > x/a : host node'),
  withHost('F-183', undefined, np('x', A, 'I'), 'x/h > x/a : host deny I'),
  withHost('F-184', 'n2', np('x', A, 'E', to([B])), 'x/a > x/h : deny host U'),
  { ...withHost('F-185', 'n2', peer, 'x/h > x/a : open allow'), options: { hostNetwork: 'enforce' } },
  {
    id: 'F-187',
    objects: world(
      [peer],
      [pod('x', 'b', { labels: { pod: 'b' }, status: { phase: 'Succeeded', podIP: '10.0.2.1' } })],
    ),
    flows: ['10.0.2.1 > x/a : open deny', 'y/a > x/a : open deny'],
  },
  {
    id: 'F-188',
    objects: world(
      [denyIn],
      [pod('x', 'a', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }, status: { podIP: '10.0.1.1' } })],
    ),
    flows: ['y/a > x/a : open deny'],
  },
  {
    id: 'F-189',
    objects: world([peer], [pod('x', 'b', { labels: { pod: 'b' }, status: { phase: 'Pending' } })]),
    flows: ['x/b > x/a : open allow'],
  },
  plain('F-190', denyBoth, 'x/a > 127.0.0.1 : self self', 'x/a > ::1 : self self'),
  {
    id: 'A-7 same address',
    objects: world(
      [peer],
      [
        pod('x', 'c', { labels: { pod: 'c' }, status: { phase: 'Pending', podIP: '10.0.1.9' } }),
        pod('x', 'b', { labels: { pod: 'b' }, status: { phase: 'Running', podIP: '10.0.1.9' } }),
      ],
    ),
    flows: ['10.0.1.9 > x/a : open allow'],
  },
]
