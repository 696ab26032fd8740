/** A second, naive evaluator, written from sections A, D and E of the semantics only. Imports nothing of the tool. */
import { type Family, parsePrefix } from './addresses.js'
import { type Certainty, certaintyOf } from './certainty.js'
import { evaluateDirection } from './direction.js'
import { familyOf } from './family.js'
import { resolveBoth } from './parties.js'
import { type Assumption, type Readings, type Run, type Unknown, unheard } from './run.js'
import { readWorld } from './world.js'

export type End = { pod: string } /* 'ns/name' */ | { address: string } | { node: string }
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
}
export type ReasonKind =
  'not-a-pod' | 'same-pod' | 'own-node' | 'host-network' | 'not-isolated' | 'rule-matched' | 'no-rule-matched'
export interface Answer {
  verdict: 'allow' | 'deny'
  certainty: Certainty
  egress: ReasonKind
  ingress: ReasonKind
  hits: Set<string>
}
export interface Outcome {
  verdict: 'allow' | 'deny'
  egress: ReasonKind
  ingress: ReasonKind
  asked: Unknown[]
}

/** Throws NotAQuestion (parties.ts) for flows that the text gives no verdict for: finished pods, no pod at either end. */
export function evaluate(objects: readonly unknown[], question: Question, options: Options = {}): Answer {
  const hits = new Set<string>()
  const hit = (id: string): void => void hits.add(id)
  const world = readWorld(objects, hit)
  const parties = resolveBoth(world, question.from, question.to, hit)
  const podCidrs = (options.podCidrs ?? []).map(parsePrefix)
  const sameEnds = parties.from === parties.to
  const family = sameEnds ? question.family : familyOf(world, podCidrs, question, parties)
  const flow = { protocol: question.protocol, port: question.port, family }

  const outcome = (readings: Readings, assumed: readonly Assumption[], count: (id: string) => void): Outcome => {
    const run: Run = { world, podCidrs, readings, assumed, asked: [], hit: count }
    const egress = evaluateDirection('egress', parties.from, parties.to, flow, run)
    const ingress = evaluateDirection('ingress', parties.to, parties.from, flow, run)
    const denied = egress === 'no-rule-matched' || ingress === 'no-rule-matched'
    return { verdict: denied ? 'deny' : 'allow', egress, ingress, asked: run.asked }
  }

  const usual: Readings = {
    ipblockPods: options.ipblockPods ?? 'match',
    hostNetwork: options.hostNetwork ?? 'ignore',
    ownNodeEgress: 'normal',
  }
  const { verdict, egress, ingress } = outcome(usual, [], hit)
  if ((egress === 'no-rule-matched') !== (ingress === 'no-rule-matched')) hit('A-18')
  const certainty = certaintyOf(usual, verdict, (readings, assumed) => outcome(readings, assumed, unheard))
  return { verdict, certainty, egress, ingress, hits }
}
