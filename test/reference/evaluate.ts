/** A second, naive evaluator, written from sections A, D and E of the semantics only. Imports nothing of the tool. */
import { type Family, parsePrefix, type Prefix } from './addresses.js'
import { type Certainty, certaintyOf } from './certainty.js'
import { evaluateDirection } from './direction.js'
import { familiesOf } from './family.js'
import { type Flow, type Party, resolveBoth } from './parties.js'
import { type Assumption, type Readings, type Run, type Unknown, unheard } from './run.js'
import { readWorld, type World } from './world.js'

export type End = { pod: string } /* 'ns/name' */ | { address: string } | { node: string } | { host: string }
export interface Question {
  from: End
  to: End
  protocol: 'TCP' | 'UDP' | 'SCTP'
  port: number
  family?: Family
}
export interface Options {
  ipblockPods?: 'match' | 'never'
  hostNetwork?: 'ignore' | 'enforce'
  podCidrs?: string[]
  /** Whether C-7 and C-8, which the text leaves open, count for certainty. */
  openTiers?: boolean
}
export type ReasonKind =
  | 'not-a-pod'
  | 'same-pod'
  | 'own-node'
  | 'host-network'
  | 'not-isolated'
  | 'rule-matched'
  | 'no-rule-matched'
  | 'admin-accept'
  | 'admin-deny'
  | 'baseline-accept'
  | 'baseline-deny'
export interface Answer {
  verdict: 'allow' | 'deny'
  certainty: Certainty
  egress: ReasonKind
  ingress: ReasonKind
  /** The rules that match, `ns/policy spec.ingress[0]`; of blocks that only together hold an address, all. */
  rules: string[]
  hits: Set<string>
}
export interface Outcome {
  verdict: 'allow' | 'deny'
  egress: ReasonKind
  ingress: ReasonKind
  rules: string[]
  asked: Unknown[]
}

/** A question that was understood. */
export interface Asked {
  usual: Readings
  /** every family that both ends have; undefined stands for one that nobody knows. */
  families: (Family | undefined)[]
  outcome: (family: Family | undefined, readings: Readings, assumed: readonly Assumption[], hit: Hit) => Outcome
}
type Hit = (id: string) => void

/** A flow between two ends of a world. */
export interface Between extends Flow {
  world: World
  from: Party
  to: Party
}

const usualReadings = (options: Options): Readings => ({
  ipblockPods: options.ipblockPods ?? 'match',
  hostNetwork: options.hostNetwork ?? 'ignore',
  ownNodeEgress: 'normal',
  hairpin: 'exempt',
  serviceAddress: 'pod',
  client: 'client',
  isolation: 'direction', // C-7
})

const isDenied = (reason: ReasonKind): boolean =>
  reason === 'no-rule-matched' || reason === 'admin-deny' || reason === 'baseline-deny' // A-13, C-4

function outcomeOf({ world, from, to, ...flow }: Between, podCidrs: readonly Prefix[], readings: Readings) {
  return (assumed: readonly Assumption[], hit: Hit): Outcome => {
    const run: Run = { world, podCidrs, readings, assumed, asked: [], hit }
    const source: Party = readings.client === 'client' ? from : { kind: 'node', node: readings.client }
    const egress = evaluateDirection('egress', source, to, flow, run)
    const ingress = evaluateDirection('ingress', to, source, flow, run)
    const denied = isDenied(egress.reason) || isDenied(ingress.reason)
    const reasons = { egress: egress.reason, ingress: ingress.reason }
    const rules = [...egress.rules, ...ingress.rules]
    return { verdict: denied ? 'deny' : 'allow', ...reasons, rules, asked: run.asked }
  }
}

/** Throws NotAQuestion (parties.ts) for flows that the text gives no verdict for: finished pods, no pod at either end. */
export function understand(objects: readonly unknown[], question: Question, options: Options, hit: Hit): Asked {
  const world = readWorld(objects, hit)
  const { from, to } = resolveBoth(world, question.from, question.to, hit)
  const podCidrs = (options.podCidrs ?? []).map(parsePrefix)
  const { protocol, port } = question
  return {
    usual: usualReadings(options),
    families: from === to ? [question.family] : familiesOf(world, podCidrs, question, { from, to }),
    outcome: (family, readings, assumed, count) =>
      outcomeOf({ world, from, to, protocol, port, family }, podCidrs, readings)(assumed, count),
  }
}

/** One flow whose ends are known. */
export function evaluateBetween(between: Between, options: Options, hit: Hit): Omit<Answer, 'hits'> {
  const usual = usualReadings(options)
  const podCidrs = (options.podCidrs ?? []).map(parsePrefix)
  const { verdict, egress, ingress, rules } = outcomeOf(between, podCidrs, usual)([], hit)
  if (isDenied(egress) !== isDenied(ingress)) hit('A-18')
  const hasBaseline = between.world.clusterPolicies.some(({ tier }) => tier === 'Baseline')
  const again = (readings: Readings, assumed: readonly Assumption[]): Outcome =>
    outcomeOf(between, podCidrs, readings)(assumed, unheard)
  return {
    verdict,
    certainty: certaintyOf(usual, verdict, again, {
      via: between.via,
      hasBaseline,
      openTiers: options.openTiers !== false,
    }),
    ...{ egress, ingress, rules },
  }
}

/** One flow. Where its family is open it is what the ends' addresses say together. */
export function evaluate(objects: readonly unknown[], question: Question, options: Options = {}): Answer {
  const hits = new Set<string>()
  const hit = (id: string): void => void hits.add(id)
  const world = readWorld(objects, hit)
  const { from, to } = resolveBoth(world, question.from, question.to, hit)
  const podCidrs = (options.podCidrs ?? []).map(parsePrefix)
  const families = from === to ? [question.family] : familiesOf(world, podCidrs, question, { from, to })
  const family = families.length === 1 ? families[0] : undefined
  const { protocol, port } = question
  return { ...evaluateBetween({ world, from, to, protocol, port, family }, options, hit), hits }
}
