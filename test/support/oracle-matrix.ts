import { matrixAnswer } from '../../src/analyze/matrix.js'
import type { Connection, ConnectionEnd } from '../../src/analyze/connections.js'
import { contains } from '../../src/net/ranges.js'
import { parseAddress } from '../../src/net/address.js'
import { clusterOf } from './compare.js'
import { flowFamilies } from './engine-answer.js'
import { pointsOf, type OracleCluster } from './oracle.js'

/** Looks every point up in the matrix of all pods, and lists those that differ; a pair that is absent is closed. */
export function compareMatrixWithOracle(oracle: OracleCluster): {
  readonly asked: number
  readonly differences: readonly string[]
} {
  const cluster = clusterOf(oracle.objects)
  const answer = matrixAnswer(cluster, { namespace: 'default', pods: true }, {})
  if (!answer.ok) throw new Error(answer.error.message)
  const between = new Map<string, Connection[]>()
  for (const connection of answer.value.connections()) {
    // What is open over one family only has a line beside what both have
    if (connection.family !== null) continue
    const key = `${connection.from.id} ${connection.to.id}`
    between.set(key, [...(between.get(key) ?? []), connection])
  }
  const differences: string[] = []
  let asked = 0
  for (const { from, to, source, destination, protocol, port, expected } of pointsOf(cluster, oracle)) {
    // Pods that share no family cannot meet; the other engines are not asked about families
    if (flowFamilies(source, destination).length === 0) continue
    asked++
    const lines = between.get(`${idOf(from)} ${idOf(to)}`) ?? []
    const isOpen = lines
      .filter((line) => holds(line.from, from) && holds(line.to, to))
      .some(({ ports }) => ports.some((one) => one.protocol === protocol && one.first <= port && port <= one.last))
    if (isOpen === (expected === 'allow')) continue
    differences.push(`${oracle.name}: ${from} -> ${to} ${port}/${protocol}: the others say ${expected}`)
  }
  return { asked, differences }
}

function idOf(text: string): string {
  return parseAddress(text) === null ? text.replace('/', '/Pod/') : 'external'
}

function holds(end: ConnectionEnd, text: string): boolean {
  const address = parseAddress(text)
  return !('ranges' in end) || (address !== null && end.ranges.some((range) => contains(range, address)))
}
