import { describe, expect, test } from 'vitest'
import { codesOf, load, object, workloadOf } from './manifests.js'

function podWith(spec: object): object {
  return object('v1', 'Pod', 'x/a', { spec })
}

function portsOf(spec: object): readonly string[] {
  const cluster = load([podWith(spec)])
  expect(codesOf(cluster, 'error')).toEqual([])
  const [pod] = workloadOf(cluster, 'x/Pod/a').pods
  return (pod?.ports ?? []).map(({ name, port, protocol }) => `${name ?? '-'} ${port}/${protocol}`)
}

const web = (name: string, containerPort: number, protocol?: string | null) => ({ name, containerPort, protocol })

describe('A-54g, A-81, D-9: the ports of a pod', () => {
  test('containers in their order, then native sidecars; no other init container', () => {
    expect(
      portsOf({
        initContainers: [
          { ports: [web('init', 1)] },
          { restartPolicy: 'Always', ports: [web('sidecar', 2)] },
          { restartPolicy: 'OnFailure', ports: [web('failing', 3)] },
        ],
        containers: [{ ports: [web('b', 4), web('a', 5)] }, { ports: [web('c', 6)] }],
        ephemeralContainers: [{ ports: [web('debug', 7)] }],
      }),
    ).toEqual(['b 4/TCP', 'a 5/TCP', 'c 6/TCP', 'sidecar 2/TCP'])
  })

  test.each([
    ['absent', undefined, 'TCP'],
    ['null', null, 'TCP'],
    ['empty', '', 'TCP'],
    ['UDP', 'UDP', 'UDP'],
    ['SCTP', 'SCTP', 'SCTP'],
  ])('D-9: a protocol that is %s', (_, protocol, expected) => {
    expect(portsOf({ containers: [{ ports: [web('a', 80, protocol)] }] })).toEqual([`a 80/${expected}`])
  })

  test('a port without a name has none, however that is written', () => {
    expect(
      portsOf({
        containers: [
          { ports: [{ containerPort: 80 }, { name: '', containerPort: 81 }, { name: null, containerPort: 82 }] },
        ],
      }),
    ).toEqual(['- 80/TCP', '- 81/TCP', '- 82/TCP'])
  })

  test.each([{}, { containers: null }, { containers: [] }, { containers: [{}] }, { containers: [{ ports: null }] }])(
    '%j has none',
    (spec) => {
      expect(portsOf(spec)).toEqual([])
    },
  )
})

describe('B-40: what is refused', () => {
  const codes = (spec: object) => codesOf(load([podWith(spec)]), 'error')

  test('one name twice in a container, but not in two containers (A-54f)', () => {
    expect(codes({ containers: [{ ports: [web('a', 80), web('a', 81)] }] })).toEqual(['NP026'])
    expect(codes({ containers: [{ ports: [web('a', 80)] }, { ports: [web('a', 81)] }] })).toEqual([])
  })

  test.each([
    ['a host port that differs on the network of the host', true, 8080, ['NP026']],
    ['the same host port', true, 80, []],
    ['no host port', true, undefined, []],
    ['the host port 0, which is none', true, 0, []],
    ['a host port that differs on the network of the pod', false, 8080, []],
  ])('%s', (_, hostNetwork, hostPort, expected) => {
    expect(codes({ hostNetwork, containers: [{ ports: [{ containerPort: 80, hostPort }] }] })).toEqual(expected)
  })

  test('all errors of a port are told at once', () => {
    const { diagnostics } = load([podWith({ containers: [{ ports: [web('HTTP_', 0, 'tcp')] }] })])
    expect(diagnostics.map(({ path }) => path)).toEqual([
      'spec.containers[0].ports[0].protocol',
      'spec.containers[0].ports[0].containerPort',
      'spec.containers[0].ports[0].name',
      'spec.containers[0].ports[0].name',
    ])
  })

  test('ports of plain init containers are not looked at', () => {
    expect(codes({ initContainers: [{ ports: [web('HTTP', 0)] }] })).toEqual([])
  })
})
