import type { Connection, ConnectionEnd } from '../../analyze/connections.js'
import { endOf, type End } from '../../analyze/assertions/ends.js'
import type { Cluster } from '../../model/cluster.js'
import type { Direction } from '../../model/direction.js'
import { toCidrs } from '../../net/cidr.js'
import { oneLineTest, outsideWord, peerWord } from '../test/one-line-test.js'
import { oneLineDraft, type DraftTest } from './draft-test.js'

/** Whether policies have a say about an end. */
export type IsIsolated = (end: ConnectionEnd, direction: Direction) => boolean

/** Nobody reads the addresses of a connection with more blocks than this. */
const MOST_CIDRS = 5

/** One test for each open pair with an isolated end, in the order of the matrix. Pairs that are not certain are left out. */
export function* pairTests(
  cluster: Cluster,
  connections: Iterable<Connection>,
  isIsolated: IsIsolated,
): Iterable<DraftTest> {
  const seen = new Set<string>()
  for (const { from, to, ports, certainty } of connections) {
    if (ports.length === 0 || certainty !== 'certain') continue
    if (!isIsolated(from, 'egress') && !isIsolated(to, 'ingress')) continue
    for (const source of wordsOf(cluster, from)) {
      for (const destination of wordsOf(cluster, to)) {
        const text = oneLineTest('allow', source, destination, ports)
        if (seen.size < seen.add(text).size) yield oneLineDraft(text)
      }
    }
  }
}

/** How a test names an end of a connection; addresses outside may take several peers, and nobody reads more than a few. */
function wordsOf(cluster: Cluster, end: ConnectionEnd): readonly string[] {
  if (!('ranges' in end)) return [peerWord(cluster, endOf(end), '')]
  const outside: End = { kind: 'outside', id: end.id, ranges: end.ranges }
  const word = outsideWord(cluster, end.ranges)
  if (word !== null) return [peerWord(cluster, outside, word)]
  const cidrs = end.ranges.flatMap(toCidrs)
  return cidrs.length > MOST_CIDRS ? [] : cidrs
}
