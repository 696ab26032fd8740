import { matrixAnswer } from '../../src/analyze/matrix.js'
import type { Connection, ConnectionEnd } from '../../src/analyze/connections.js'
import { contains } from '../../src/net/ranges.js'
import { parseAddress } from '../../src/net/address.js'
import { clusterOf } from './compare.js'
import { endpointOf, flowFamilies } from './engine-answer.js'
import type { OracleCluster } from './oracle.js'

/** Looks every point up in the matrix of all pods, and lists those that differ; a pair that is absent is closed. */
export function compareMatrixWithOracle({ name, objects, endpoints, ports, points }: OracleCluster): {
  readonly asked: number
  readonly differences: readonly string[]
} {
  const cluster = clusterOf(objects)
  const answer = matrixAnswer(cluster, { namespace: 'default', pods: true }, {})
  if (!answer.ok) throw new Error(answer.error.message)
  const between = new Map<string, Connection[]>()
  for (const connection of answer.value.connections()) {
    const key = `${connection.from.id} ${connection.to.id}`
    between.set(key, [...(between.get(key) ?? []), connection])
  }
  const ends = endpoints.map((text) => endpointOf(cluster, text))
  const differences: string[] = []
  let asked = 0
  for (const [from, to, protocol, letters] of points) {
    const [source, destination] = [ends[from], ends[to]]
    if (source === undefined || destination === undefined) throw new Error(`${name}: no such endpoint`)
    // Pods that share no family cannot meet; the other engines are not asked about families
    if (flowFamilies(source, destination).length === 0) continue
    const [fromText, toText] = [endpoints[from] ?? '', endpoints[to] ?? '']
    const lines = between.get(`${idOf(fromText)} ${idOf(toText)}`) ?? []
    const open = lines
      .filter((line) => holds(line.from, fromText) && holds(line.to, toText))
      .flatMap((line) => line.ports)
    for (const [index, port] of ports.entries()) {
      const letter = letters[index]
      if (letter === '-') continue
      asked++
      const isOpen = open.some((one) => one.protocol === protocol && one.first <= port && port <= one.last)
      if (isOpen === (letter === '1')) continue
      differences.push(`${name}: ${fromText} -> ${toText} ${port}/${protocol}: the others say ${letter ?? ''}`)
    }
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
