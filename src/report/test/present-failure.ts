import { decidingFlow } from '../../analyze/assertions/deciding-flow.js'
import type { Disagreement } from '../../analyze/assertions/outcome.js'
import type { AssertionWorld } from '../../analyze/assertions/world.js'
import type { Assertion } from '../../model/assertion.js'
import { PROTOCOLS } from '../../model/protocol.js'
import { parseCidr, toCidrs } from '../../net/cidr.js'
import { merge, type AddressRange } from '../../net/ranges.js'
import { presentFlow, type FlowScene } from '../check-json.js'
import type { DirectionResult } from '../check-result.js'
import { failureMessage } from './failure-message.js'
import { destination, listItem, oneLineTest, outsideWord, peerWord, sourceEntry } from './one-line-test.js'
import type { FailureResult } from './test-result.js'

/** Where a port cannot be asked about, nothing decides. */
const UNDECIDED: DirectionResult = { verdict: 'allow', reason: 'not-a-pod', policies: [], rules: [], nearMisses: [] }

/** Puts a pair that disagrees with a test into the public shape, with what decided it. */
export function presentFailure(
  world: AssertionWorld,
  places: FlowScene['places'],
  test: Assertion,
  found: Disagreement,
): readonly FailureResult[] {
  return piecesOf(world, found).map((ranges) => {
    const [port] = found.ports
    const answer = port === undefined ? null : decidingFlow(world, { ...found, ranges }, port)
    const flow = answer === null ? null : presentFlow(answer, sceneOf(world, places))
    const failure = {
      from: found.from.id,
      to: found.to.id,
      ...(ranges === null ? {} : { cidrs: ranges.flatMap(toCidrs) }),
      problem: found.problem,
      ports: found.ports.map(({ protocol, first, last }) => ({ protocol, port: first, endPort: last })),
      certainty: found.certainty,
      egress: flow?.egress ?? UNDECIDED,
      ingress: flow?.ingress ?? UNDECIDED,
    }
    const message = failureMessage(failure, flow?.notes ?? [], test.kind === 'expect' ? test.deniedBy : null)
    if (found.problem !== 'unlisted') return { ...failure, message }
    const word = ranges === null ? '' : (outsideWord(world.cluster, ranges) ?? '')
    const [from, to] = [peerWord(world.cluster, found.from, word), peerWord(world.cluster, found.to, word)]
    const line = oneLineTest('allow', from, to, found.ports)
    return { ...failure, message, test: line, ...entryOf(test, from, to, found.ports) }
  })
}

function entryOf({ kind }: Assertion, from: string, to: string, ports: Disagreement['ports']): { entry?: string } {
  if (kind === 'allowOnlyFrom') return { entry: sourceEntry(from, ports) }
  return kind === 'allowOnlyTo' ? { entry: listItem(destination(to, ports)) } : {}
}

function sceneOf({ matrix: { compiled } }: AssertionWorld, places: FlowScene['places']): FlowScene {
  return { compiled, places, verbose: false, port: { kind: 'range', protocols: PROTOCOLS, first: 1, last: 1 } }
}

/** A one-line test takes one CIDR, so what it would permit is told CIDR by CIDR. */
function piecesOf(
  { cluster }: AssertionWorld,
  { problem, ranges }: Disagreement,
): readonly (readonly AddressRange[] | null)[] {
  if (ranges === null) return [null]
  const merged = merge(ranges)
  if (problem !== 'unlisted' || outsideWord(cluster, merged) !== null) return [merged]
  return merged.flatMap((range) => cidrRanges(range).map((one) => [one]))
}

function cidrRanges(range: AddressRange): readonly AddressRange[] {
  return toCidrs(range).flatMap((text) => {
    const parsed = parseCidr(text)
    return 'cidr' in parsed ? [parsed.cidr] : []
  })
}
