/** Section F.6. */
import type { Row } from './rows.js'
import { block, containers, from, inPorts, is, named, np, pod, port, to, world } from './world-w.js'

const A = is({ pod: 'a' })
const WEB = [{ port: 'web' }]
const served = (ports: unknown[]): object[] => world([np('x', A, 'I', inPorts(...ports))])
const row = (id: string, ports: unknown[], ...flows: string[]): Row => ({ id, objects: served(ports), flows })
const declaring = (spec: object, ports: unknown[], name = 'a', ip = '10.0.1.1') =>
  world([np('x', {}, 'I', inPorts(...ports))], [pod('x', name, { spec, status: { podIP: ip } })])
const init = (restart: object) => ({
  containers: containers([]),
  initContainers: [{ name: 'i', image: 'server', ...restart, ports: [port('web', 81)] }],
})

export const portRows: Row[] = [
  row('F-130', [{ port: 80 }], 'y/a > x/a 80 : open allow', 'y/a > x/a 80 UDP : open deny'),
  row('F-131', [{}], 'y/a > x/a 8080 : open allow', 'y/a > x/a 53 UDP : open deny', 'y/a > x/a 80 SCTP : open deny'),
  row('F-132', [], 'y/a > x/a 9 TCP : open allow', 'y/a > x/a 9 UDP : open allow', 'y/a > x/a 9 SCTP : open allow'),
  row('F-133', [{ protocol: 'UDP' }], 'y/a > x/a 9 UDP : open allow', 'y/a > x/a 9 TCP : open deny'),
  row('F-134', [{ protocol: 'TCP' }], 'y/a > x/a 80 TCP : open allow', 'y/a > x/a 80 UDP : open deny'),
  row(
    'F-135',
    [{ protocol: 'SCTP', port: 80 }],
    'y/a > x/a 81 TCP : open deny',
    'y/a > x/a 80 TCP : open deny',
    'y/a > x/a 80 SCTP : open allow',
  ),
  row('F-136', [{ protocol: 'UDP', port: 81 }], 'y/a > x/a 81 TCP : open deny'),
  row(
    'F-137',
    [{ port: 80, endPort: 82 }],
    'y/a > x/a 79 : open deny',
    'y/a > x/a 80 : open allow',
    'y/a > x/a 82 : open allow',
    'y/a > x/a 83 : open deny',
  ),
  row('F-138', [{ port: 80, endPort: 80 }], 'y/a > x/a 80 : open allow', 'y/a > x/a 81 : open deny'),
  row('F-146', [{ port: 'serve-81-tcp' }], 'y/a > x/a 81 : open allow', 'y/a > x/a 80 : open deny'),
  {
    id: 'F-147',
    objects: world([np('x', A, 'I', from([{ namespaceSelector: named('y') }], [{ port: 'serve-80-tcp' }]))]),
    flows: ['y/a > x/a 80 : open allow', 'y/a > x/a 81 : open deny', 'z/a > x/a 80 : open deny'],
  },
  row('F-148', [{ port: 'nope' }], 'y/a > x/a 80 : open deny'),
  {
    id: 'F-149',
    objects: world(
      [np('x', {}, 'I', inPorts({ port: 'http' }))],
      [
        pod('x', 'p1', { spec: { containers: containers([port('http', 8080)]) } }),
        pod('x', 'p2', { spec: { containers: containers([port('http', 9090)]) } }),
      ],
    ),
    flows: ['y/a > x/p1 8080 : open allow', 'y/a > x/p2 8080 : open deny', 'y/a > x/p2 9090 : open allow'],
  },
  row('F-150', [{ port: 'serve-80-tcp', protocol: 'UDP' }], 'y/a > x/a 80 UDP : open deny', 'y/a > x/a 80 : open deny'),
  {
    id: 'F-151',
    objects: declaring({ containers: containers([port('dns', 53, 'UDP')]) }, [{ port: 'dns' }]),
    flows: ['y/a > x/a 53 UDP : open deny', 'y/a > x/a 53 TCP : open deny'],
  },
  {
    id: 'F-152',
    objects: declaring({ containers: containers([port('dns', 53, 'UDP'), port('dns-tcp', 53, 'TCP')]) }, [
      { port: 'dns', protocol: 'UDP' },
    ]),
    flows: ['y/a > x/a 53 UDP : open allow', 'y/a > x/a 53 TCP : open deny'],
  },
  {
    id: 'F-153',
    objects: world([np('x', A, 'E', to([], [{ port: 'serve-80-tcp' }]))]),
    flows: ['x/a > y/a 80 : allow open', 'x/a > y/a 81 : deny open', 'x/a > e 80 : deny n/a'],
  },
  {
    id: 'F-154',
    objects: world([np('x', A, 'E', to([block('203.0.113.0/24')], [{ port: 'serve-80-tcp' }]))]),
    flows: ['x/a > e 80 : deny n/a'],
  },
  {
    id: 'F-155',
    objects: world([np('x', A, 'E', to([block('10.0.2.0/24')], [{ port: 'serve-80-tcp' }]))]),
    flows: ['x/a > y/a 80 : allow open U', 'x/a > z/a 80 : deny open'],
  },
  {
    id: 'F-156',
    objects: world([np('x', A, 'I', from([block('203.0.113.0/24')], [{ port: 'serve-80-tcp' }]))]),
    flows: ['e > x/a 80 : n/a allow', 'e > x/a 81 : n/a deny'],
  },
  {
    id: 'F-157',
    objects: declaring({ containers: containers([port('web', 80)], [port('web', 81)]) }, WEB),
    flows: ['y/a > x/a 80 : open allow', 'y/a > x/a 81 : open allow', 'y/a > x/a 82 : open deny'],
  },
  { id: 'F-158', objects: declaring(init({}), WEB), flows: ['y/a > x/a 81 : open deny'] },
  { id: 'F-159', objects: declaring(init({ restartPolicy: 'Always' }), WEB), flows: ['y/a > x/a 81 : open allow'] },
  row('F-160', [{ port: 8081 }], 'y/a > x/a 8081 : open allow'),
  {
    id: 'F-161',
    objects: world(
      [np('x', A, 'I', inPorts(...WEB))],
      [
        pod('x', 'a', { spec: { containers: containers([port('web', 80)]) } }),
        pod('x', 'b', { spec: { containers: containers([port('web', 666)]) } }),
      ],
    ),
    flows: ['x/b > x/a 80 : open allow', 'x/b > x/a 666 : open deny'],
  },
  row('F-163', [null], 'y/a > x/a 80 : open allow', 'y/a > x/a 80 UDP : open deny'),
]
