import { describe, expect, test } from 'vitest'
import { compile, type EngineOptions } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { combinations, openPoints } from '../../src/engine/readings.js'
import { parseCluster } from '../../src/index.js'
import type { Flow } from '../../src/model/flow.js'
import { namespace, policy } from '../support/cli-cluster.js'

/** A live pod of the namespace `a`, so that its address and node are believed. */
const pod = (name: string, spec: string, address: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: a, uid: u, resourceVersion: "1"}, spec: {${spec}, containers: [{name: a, image: a}]}, status: {phase: Running, podIP: ${address}, hostIP: 192.168.0.1}}\n`

const NEAR = pod('near', 'nodeName: n1', '10.0.0.1')
const FAR = pod('far', 'nodeName: n2', '10.0.0.2')
const HOST = pod('host', 'nodeName: n1, hostNetwork: true', '192.168.0.1')
const FROM_BLOCK = policy('a', 'by-block', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]')
const CLOSED = policy('a', 'closed', 'policyTypes: [Ingress, Egress]')

/** A flow between two pods of manifests, in a cluster made ready. */
function flowIn(manifests: readonly string[], from: string, to: string, options: EngineOptions = {}) {
  const cluster = parseCluster([{ file: 'm.yaml', text: [namespace('a'), ...manifests].join('---\n') }])
  const end = (name: string) => {
    const found = cluster.workloads.flatMap(({ pods }) => pods).find((one) => one.name === name)
    if (found === undefined) throw new Error(`no pod ${name}`)
    return { kind: 'pod', pod: found, replica: 0 } as const
  }
  const flow: Flow = { source: end(from), destination: end(to), protocol: 'TCP', port: 80, family: 'IPv4' }
  return { compiled: compile(cluster, options), flow }
}

const pointsOf = ({ compiled, flow }: ReturnType<typeof flowIn>) => openPoints(compiled, flow).map(({ point }) => point)
const answerOf = ({ compiled, flow }: ReturnType<typeof flowIn>) => {
  const { verdict, certainty } = evaluate(compiled, flow)
  return `${verdict}, ${certainty}`
}

describe('what the API leaves open about a flow', () => {
  test('is nothing between two pods on two nodes, without blocks', () => {
    const asked = flowIn([NEAR, FAR, CLOSED], 'near', 'far')
    expect([pointsOf(asked), answerOf(asked)]).toEqual([[], 'deny, certain'])
  })

  test('is whether a block matches the address of a pod (A-43)', () => {
    const asked = flowIn([NEAR, FAR, FROM_BLOCK], 'near', 'far')
    expect([pointsOf(asked), answerOf(asked)]).toEqual([['ipblockPods'], 'allow, undefined'])
  })

  test('is whether policies see a pod on the network of its host (A-64)', () => {
    const asked = flowIn([FAR, HOST, CLOSED], 'host', 'far')
    expect([pointsOf(asked), answerOf(asked)]).toEqual([['hostNetwork'], 'deny, certain'])
  })

  test('is whether policies govern what a pod sends to its own node (A-63)', () => {
    const asked = flowIn([NEAR, HOST, CLOSED], 'near', 'host')
    expect(pointsOf(asked)).toEqual(['hostNetwork', 'ownNodeEgress'])
    expect(answerOf(asked)).toBe('deny, undefined')
  })

  test.each([
    [{ ipblockPods: 'match' } as const, 'allow, certain'],
    [{ ipblockPods: 'never' } as const, 'deny, certain'],
  ])('is settled by an option: %j', (options, answer) => {
    const asked = flowIn([NEAR, FAR, FROM_BLOCK], 'near', 'far', options)
    expect([pointsOf(asked), answerOf(asked)]).toEqual([[], answer])
  })
})

test('every set of open points is read the other way, none of them first', () => {
  const point = (name: 'ipblockPods' | 'hostNetwork') =>
    ({ point: name, other: {}, code: 'host-network', about: '' }) as const
  const sets = combinations([point('ipblockPods'), point('hostNetwork')]).map((set) => set.map((one) => one.point))
  expect(sets).toEqual([[], ['ipblockPods'], ['hostNetwork'], ['ipblockPods', 'hostNetwork']])
})
