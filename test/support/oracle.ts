import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { evaluate } from '../../src/engine/evaluate.js'
import { compile } from '../../src/engine/compile.js'
import type { Protocol } from '../../src/model/flow.js'
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
}

/** Asks the engine about every point, in every family that both ends have, and lists the answers that differ. */
export function compareWithOracle({ name, objects, endpoints, ports, points }: OracleCluster): {
  readonly asked: number
  readonly differences: readonly string[]
} {
  const cluster = clusterOf(objects)
  const compiled = compile(cluster, {})
  const ends = endpoints.map((text) => endpointOf(cluster, text))
  const differences: string[] = []
  let asked = 0
  for (const [from, to, protocol, letters] of points) {
    const [source, destination] = [ends[from], ends[to]]
    if (source === undefined || destination === undefined) throw new Error(`${name}: no such endpoint`)
    for (const [index, port] of ports.entries()) {
      const letter = letters[index]
      if (letter === '-') continue
      for (const family of flowFamilies(source, destination)) {
        asked++
        const { verdict } = evaluate(compiled, { source, destination, protocol, port, family })
        if (verdict === (letter === '1' ? 'allow' : 'deny')) continue
        const flow = `${endpoints[from] ?? ''} -> ${endpoints[to] ?? ''} ${port}/${protocol} ${family ?? ''}`
        differences.push(`${name}: ${flow}: the others say ${letter === '1' ? 'allow' : 'deny'}, we ${verdict}`)
      }
    }
  }
  return { asked, differences }
}
