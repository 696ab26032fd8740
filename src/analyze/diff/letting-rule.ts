import { evaluate } from '../../engine/evaluate.js'
import type { Endpoint } from '../../model/flow.js'
import type { Path } from '../../model/source.js'
import { rulesNamed } from '../../model/verdict.js'
import type { Change } from './change.js'
import type { Edit } from './edits/edit.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { JointWorld, SideName } from './joint-world.js'

/** The rule of a whole policy that lets the ports of a change through on the side that has it; null where none does. */
export function lettingRule(world: JointWorld, change: Change, { of, path, side }: Edit): Path | null {
  if (!('policy' in of) || path.length > 0) return null
  const [port] = side === 'head' ? change.opened : change.closed
  const [range] = change.ranges ?? []
  const outside: Endpoint | null =
    range === undefined ? null : { kind: 'external', address: { family: range.family, value: range.first } }
  const source = endOf(change.from, side, outside)
  const destination = endOf(change.to, side, outside, source)
  if (port === undefined || source === null || destination === null) return null
  const family = change.family ?? range?.family ?? null
  const flow = { source, destination, protocol: port.protocol, port: port.first, family } as const
  const { egress, ingress } = evaluate(world[side].matrix.compiled, flow)
  const rules = [egress, ingress].flatMap(({ reason }) => rulesNamed(reason))
  return rules.find(({ policy }) => policy === of.policy)?.path ?? null
}

function endOf(
  pair: EndpointPair | null,
  side: SideName,
  outside: Endpoint | null,
  other: Endpoint | null = null,
): Endpoint | null {
  if (pair === null) return outside
  const pods = pair[side]?.party.pods ?? []
  const taken = other?.kind === 'pod' ? other.pod : null
  const pod = pods.find((one) => one !== taken) ?? pods[0]
  return pod === undefined ? null : { kind: 'pod', pod, replica: pod === taken ? 1 : 0 }
}
