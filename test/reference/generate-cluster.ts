/** Arbitrary namespaces and nodes, and pods on them. */
import { LIVE } from '../support/live.js'
import fc from 'fast-check'
import { podParts, pods } from './generate-pods.js'
import * as u from './generate-universe.js'

const namespace = (name: string): fc.Arbitrary<object[]> =>
  fc
    .record({
      defined: u.chance(75),
      labels: u.labels,
      own: u.weighted<string | undefined>(
        [5, fc.constant(undefined)],
        [5, fc.constant(name)],
        [1, u.pick('x', 'wrong')],
      ),
    })
    .map(({ defined, labels, own }) => {
      const all = own === undefined ? labels : { ...(labels ?? {}), [u.NAME_LABEL]: own }
      const metadata = u.compact({ name, labels: all })
      return defined ? [{ apiVersion: 'v1', kind: 'Namespace', metadata }] : []
    })

function node(number: number, mode: u.Mode, labels: unknown): object {
  const addresses = u.nodeAddresses(number).slice(0, mode === 'dual' ? 2 : 1)
  const internal = addresses.map((address) => ({ type: 'InternalIP', address }))
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: u.compact({ ...LIVE, name: `n${number}`, labels }),
    status: { addresses: [{ type: 'Hostname', address: `n${number}` }, ...internal] },
  }
}

/** In dual mode node n1 is always there and shows both families. Node n3 never has an object of its own. */
export const clusters: fc.Arbitrary<object[]> = fc
  .record({
    mode: u.weighted<u.Mode>([5, u.pick('IPv4')], [4, u.pick('dual')]),
    spaces: fc.tuple(...u.NAMESPACES.map(namespace)),
    one: u.chance(85),
    two: u.chance(80),
    labels: fc.tuple(u.labels, u.labels),
    parts: fc.array(podParts, { minLength: 9, maxLength: 9 }),
  })
  .map(({ mode, spaces, one, two, labels, parts }) => [
    ...spaces.flat(),
    ...(one || mode === 'dual' ? [node(1, mode, labels[0])] : []),
    ...(two ? [node(2, mode, labels[1])] : []),
    ...pods(parts, mode),
  ])
