import type { CompiledCluster } from '../../engine/compile.js'
import { evaluate } from '../../engine/evaluate.js'
import type { Endpoint } from '../../model/flow.js'
import { once } from '../../model/once.js'
import type { Path } from '../../model/source.js'
import { TooCostly } from '../../model/too-costly.js'
import { rulesNamed, type RuleMatch } from '../../model/verdict.js'
import type { RuleForm } from '../../policy/rule-form.js'
import { classOf } from '../class-matrix.js'
import type { Change } from './change.js'
import type { Edit } from './edits/edit.js'
import type { EndpointPair } from './endpoint-pairs.js'
import type { JointWorld, SideName } from './joint-world.js'

/** The rule of a whole policy that lets the ports of a change through on the side that has it; null where none does. */
export type LettingRule = (change: Change, edit: Edit) => Path | null

/** In rules, entries of peers and entries of ports, some of which take a microsecond. */
const MOST_STEPS = 30_000_000
const STEPS_OF_A_FLOW = 50

/**
 * Finds these rules. Pods of one class are asked about once, unless nodes decide as well. Throws {@link TooCostly} where too many
 * rules would have to be gone through.
 */
export function lettingRules(world: JointWorld): LettingRule {
  const known = new Map<string, readonly RuleMatch[]>()
  let steps = 0

  function rulesAt(side: SideName, change: Change): readonly RuleMatch[] {
    const [port] = side === 'head' ? change.opened : change.closed
    const [range] = change.ranges ?? []
    const outside: Endpoint | null =
      range === undefined ? null : { kind: 'external', address: { family: range.family, value: range.first } }
    const source = endOf(change.from, side, outside)
    const destination = endOf(change.to, side, outside, source)
    if (port === undefined || source === null || destination === null) return []
    const family = change.family ?? range?.family ?? null
    const flow = { source, destination, protocol: port.protocol, port: port.first, family } as const
    const { compiled } = world[side].matrix
    const found = (): readonly RuleMatch[] => {
      steps += STEPS_OF_A_FLOW + stepsFor(compiled, source) + stepsFor(compiled, destination)
      if (steps > MOST_STEPS)
        throw new TooCostly(
          'so many rules let through what has changed that they are not looked up',
          'ask about fewer pairs with --from, --to and --port',
        )
      const { egress, ingress } = evaluate(compiled, flow)
      return [egress, ingress].flatMap(({ reason }) => rulesNamed(reason))
    }
    const ends = [source, destination]
    if (ends.some((end) => end.kind === 'pod' && end.pod.hostNetwork)) return found()
    const classes = [change.from, change.to].map((pair) => classText(world, side, pair))
    const key = [side, ...classes, change.from === change.to, port.protocol, port.first, family, range?.first].join(' ')
    const rules = known.get(key) ?? found()
    known.set(key, rules)
    return rules
  }

  return (change, { of, path, side }) => {
    if (!('policy' in of) || path.length > 0) return null
    return rulesAt(side, change).find(({ policy }) => policy === of.policy)?.path ?? null
  }
}

function classText(world: JointWorld, side: SideName, pair: EndpointPair | null): string {
  const end = pair?.[side]
  return end == null ? '' : String(classOf(world[side].matrix.classes, end.party).number)
}

/** How much there is to go through of the policies that may govern an end. */
function stepsFor({ tiers }: CompiledCluster, end: Endpoint): number {
  if (end.kind !== 'pod') return 0
  return tiers.reduce((sum, { policiesFor }) => sum + stepsOf(policiesFor(end.pod)), 0)
}

const stepsOf = once((policies: readonly RuleForm[]) =>
  policies.reduce((sum, { rules }) => {
    const all = [...rules.ingress, ...rules.egress]
    return all.reduce((steps, { peers, ports }) => steps + 1 + peers.length + ports.length, sum + 1)
  }, 0),
)

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
