import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { evaluate } from '../../src/engine/evaluate.js'
import { compile } from '../../src/engine/compile.js'
import type { Cluster } from '../../src/model/cluster.js'
import type { Endpoint } from '../../src/model/flow.js'
import type { Protocol } from '../../src/model/protocol.js'
import type { Verdict } from '../../src/model/verdict.js'
import { LIVE } from './live.js'
import { clusterOf } from './compare.js'
import { endpointOf, flowFamilies } from './engine-answer.js'

/** A cluster on whose verdicts several independent engines agree; one of these a line of the file. */
export interface OracleCluster {
  readonly name: string
  readonly objects: readonly unknown[]
  readonly endpoints: readonly string[]
  readonly ports: readonly number[]
  /** From, to (indices into `endpoints`), protocol, and a letter for each port: allowed, denied, or not known. */
  readonly points: readonly (readonly [number, number, Protocol, string])[]
}

/** Reads a file of clusters, gzip'd or not. */
export function readOracle(path: string): readonly OracleCluster[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OracleCluster)
    .map((cluster) => ({ ...cluster, objects: cluster.objects.map(asLive) }))
}

/** What the verdicts take for granted: the addresses in the objects are those that the pods have. */
function asLive(object: unknown): unknown {
  const { metadata, ...rest } = object as { readonly metadata: object }
  return { ...rest, metadata: { ...metadata, ...LIVE } }
}

/** Asks the engine about every point, in every family that both ends have, and lists the answers that differ. */
export function compareWithOracle(oracle: OracleCluster): {
  readonly asked: number
  readonly differences: readonly string[]
} {
  const cluster = clusterOf(oracle.objects)
  const compiled = compile(cluster, {})
  const differences: string[] = []
  let asked = 0
  for (const { from, to, source, destination, protocol, port, expected } of pointsOf(cluster, oracle)) {
    for (const family of flowFamilies(source, destination)) {
      asked++
      const { verdict } = evaluate(compiled, { source, destination, protocol, port, family })
      if (verdict === expected) continue
      const flow = `${from} -> ${to} ${port}/${protocol} ${family ?? ''}`
      differences.push(`${oracle.name}: ${flow}: the others say ${expected}, we ${verdict}`)
    }
  }
  return { asked, differences }
}

/** Something that the others agree on. */
export interface OraclePoint {
  /** The ends in the words of the file, and what they are. */
  readonly from: string
  readonly to: string
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly protocol: Protocol
  readonly port: number
  readonly expected: Verdict
}

/** Every point of a cluster; those that are left out have a dash. */
export function* pointsOf(cluster: Cluster, { name, endpoints, ports, points }: OracleCluster): Iterable<OraclePoint> {
  const ends = endpoints.map((text) => endpointOf(cluster, text))
  for (const [fromIndex, toIndex, protocol, letters] of points) {
    const [source, destination] = [ends[fromIndex], ends[toIndex]]
    if (source === undefined || destination === undefined) throw new Error(`${name}: no such endpoint`)
    const [from, to] = [endpoints[fromIndex] ?? '', endpoints[toIndex] ?? '']
    for (const [index, port] of ports.entries()) {
      const letter = letters[index]
      if (letter === '-') continue
      yield { from, to, source, destination, protocol, port, expected: letter === '1' ? 'allow' : 'deny' }
    }
  }
}
