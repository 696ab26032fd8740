import { nearMisses, type NearMiss } from '../analyze/near-miss.js'
import { tierMisses, type TierMisses } from '../analyze/tier-misses.js'
import type { NotedAnswer } from '../analyze/answer-pair.js'
import type { CheckAnswer } from '../analyze/check.js'
import { declaredPorts } from '../analyze/declared-ports.js'
import type { AnsweredStep, DirectionAnswer, MatchedRule, MatchScope, Via } from '../analyze/flow-answer.js'
import type { CompiledCluster } from '../engine/compile.js'
import { actionWord, type Action } from '../model/cluster-policy.js'
import { workloadId, type Cluster } from '../model/cluster.js'
import { PEER_FIELD } from '../model/policy.js'
import { PORT_FIELD } from '../model/policy-kinds.js'
import { policyName, type PolicyRef } from '../model/reference.js'
import { shorten } from '../model/shorten.js'
import { formatPath, placeOf, type Path } from '../model/source.js'
import { VERDICT_OF } from '../model/verdict.js'
import type { PortQuestion } from '../query/port.js'
import { assumedNamespaceNotes, type Explained } from './assumed-namespace-notes.js'
import type {
  CheckResult,
  DirectionResult,
  FlowResult,
  NearMissResult,
  PlaceResult,
  RuleResult,
  TierResult,
  ViaResult,
} from './check-result.js'
import { few } from './short-ids.js'
import { toCidrs } from '../net/cidr.js'
import { endpointResult, shortName } from './endpoint-result.js'
import { describeMiss, describeOthers, portsText, rangeText } from './wording/near-miss.js'
import { splitPeerNotes } from './split-peer-notes.js'
import { presentNotes } from './present-notes.js'

/** Puts an answer into the public shape. Near misses explain denials, and everything where `verbose` is set. */
export function presentCheck(
  cluster: Cluster,
  { verdict, certainty, flows, omitted, port, compiled }: CheckAnswer,
  options: { readonly verbose: boolean },
): CheckResult {
  const places = placeFinder()
  return {
    schemaVersion: 1,
    command: 'check',
    verdict,
    certainty,
    incomplete: cluster.incomplete,
    inventory: cluster.inventory,
    flows: flows.map((flow) => presentFlow(flow, { compiled, places, port, verbose: options.verbose })),
    ...(omitted === 0 ? {} : { omittedFlows: omitted }),
    diagnostics: cluster.diagnostics,
  }
}

type Places = (policy: PolicyRef, path: Path) => PlaceResult

/** Finds places in policies, each once: that parses the policy's text again. */
export function placeFinder(): Places {
  const known = new Map<PolicyRef, Map<string, PlaceResult>>()
  return (policy, path) => {
    const ofPolicy = known.get(policy) ?? new Map<string, PlaceResult>()
    known.set(policy, ofPolicy)
    const key = JSON.stringify(path)
    const found = ofPolicy.get(key) ?? placeOf(policy.source, path)
    ofPolicy.set(key, found)
    return found
  }
}

/** What an answer is presented in. */
export interface FlowScene {
  readonly compiled: CompiledCluster
  readonly places: Places
  readonly port: PortQuestion
  readonly verbose: boolean
}

/** One answer in the public shape. */
export function presentFlow(flow: NotedAnswer, scene: FlowScene): FlowResult {
  const { cluster } = scene.compiled
  const [egress, ingress] = [explain(flow, flow.egress, scene), explain(flow, flow.ingress, scene)]
  const declared = scene.port.kind === 'whole-set' ? declaredIn(flow) : []
  const { notes, ...omittedNotes } = presentNotes(flow)
  return {
    from: endpointResult(flow.from, flow.outside),
    to: endpointResult(flow.to, flow.outside),
    protocol: flow.protocol,
    port: flow.first,
    ...(flow.last > flow.first ? { endPort: flow.last } : {}),
    ...(declared.length === 0 ? {} : { declared }),
    ...(flow.portName === null ? {} : { portName: flow.portName }),
    ...(flow.via === null ? {} : { via: presentVia(flow.via) }),
    ...(flow.family === null ? {} : { family: flow.family }),
    verdict: flow.verdict,
    certainty: flow.certainty,
    egress: presentDirection(flow, egress, scene.places),
    ingress: presentDirection(flow, ingress, scene.places),
    notes: [
      ...notes,
      ...splitPeerNotes(flow, cluster.diagnostics),
      ...assumedNamespaceNotes(flow, [egress, ingress], cluster),
    ],
    ...omittedNotes,
  }
}

function presentVia({ service, port }: Via): ViaResult {
  const { kind, namespace, name } = service
  return { id: workloadId(service), kind, namespace, name, port: port?.port ?? null, portName: port?.name ?? null }
}

function declaredIn({ to, protocol, first, last }: NotedAnswer): NonNullable<FlowResult['declared']> {
  return declaredPorts(to)
    .filter((declared) => declared.protocol === protocol && first <= declared.port && declared.port <= last)
    .map(({ port, name }) => ({ port, name }))
}

/** Finds what the rules of a direction lack, if that is to be told. */
function explain(flow: NotedAnswer, answer: DirectionAnswer, { compiled, verbose }: FlowScene): Explained {
  if (VERDICT_OF[answer.reason] === 'allow' && !verbose) return { answer, misses: [], shadowed: [] }
  const { direction, reason, deciding } = answer
  const isIsolated = reason === 'rule-matched' || reason === 'no-rule-matched'
  const own = isIsolated ? nearMisses(compiled, flow.cases, flow, direction, deciding, verbose) : []
  const { misses, shadowed } = tierMisses(compiled, flow.cases, flow, answer, verbose)
  return { answer, misses: [...own, ...misses], shadowed }
}

function presentDirection(flow: NotedAnswer, { answer, misses, shadowed }: Explained, places: Places): DirectionResult {
  const { direction, reason, deciding, rules, path } = answer
  const peerName = shortName(direction === 'egress' ? flow.to : flow.from)
  return {
    verdict: VERDICT_OF[reason],
    reason,
    ...(path.every(({ tier }) => tier === 'NetworkPolicy')
      ? {}
      : { tiers: path.map((step) => presentStep(step, places)) }),
    policies: deciding.map(({ ref }) => ({
      kind: ref.kind,
      namespace: ref.namespace,
      name: ref.name,
      ...places(ref, []),
    })),
    rules: rules.map((rule) => presentRule(rule, decisionOf(reason), places)),
    nearMisses: misses
      // A rule matches though its own blocks are not enough, where those of other rules have the rest
      .filter((miss) => !rules.some((one) => one.only === null && one.policy === miss.policy && one.rule === miss.rule))
      .map((miss) => presentMiss(miss, peerName, flow, places)),
    ...(shadowed.length === 0 ? {} : { shadowed: shadowed.map((rule) => presentShadowed(rule, places)) }),
  }
}

function presentStep({ tier, decision, rules }: AnsweredStep, places: Places): TierResult {
  const action = decision === 'accept' || decision === 'deny' || decision === 'pass' ? decision : null
  return { tier, decision, rules: rules.map((rule) => presentRule(rule, action, places)) }
}

/** A rule that would match, and is not asked because one before it decides. */
function presentShadowed({ ref, action }: TierMisses['shadowed'][number], places: Places): RuleResult {
  return presentRule({ ...ref, peers: null, ports: null, only: null }, action, places)
}

/** What the rules that a reason names do. */
function decisionOf(reason: DirectionAnswer['reason']): Action {
  return VERDICT_OF[reason] === 'allow' ? 'accept' : 'deny'
}

function presentRule(
  { policy, direction, path, name, peers, ports, only }: MatchedRule,
  action: Action | null,
  places: Places,
): RuleResult {
  return {
    policy: policyName(policy),
    path: formatPath(path),
    ...(policy.kind === 'NetworkPolicy' ? {} : { kind: policy.kind }),
    ...(policy.kind === 'NetworkPolicy' || action === null ? {} : { action: actionWord(policy.kind, action) }),
    ...(name === null ? {} : { name: shorten(name) }),
    ...places(policy, path),
    peers: peers?.map((index) => `${PEER_FIELD[direction]}[${index}]`) ?? null,
    ports: ports?.map((index) => `${PORT_FIELD[policy.kind]}[${index}]`) ?? null,
    ...(only === null ? {} : { only: onlyText(only) }),
  }
}

/** `80-90`, `10.0.0.0/8`, `IPv6`; where what matched is not a plain share of them, `some of it`. */
function onlyText({ ports, family, ranges }: MatchScope): string {
  const parts = [
    ...(ports === null ? [] : [few(ports.map(rangeText))]),
    ...(family === null ? [] : [family]),
    ...(ranges === null ? [] : [few(ranges.flatMap(toCidrs))]),
  ]
  return parts.length === 0 ? 'some of it' : parts.join(' at ')
}

function presentMiss(miss: NearMiss, peerName: string, flow: NotedAnswer, places: Places): NearMissResult {
  const { policy, direction, rule, path, peer, entry, port, partly } = miss
  // Ports of which some are open are not what keeps the rule from matching throughout
  const portsFailed = port.length > 0 && (!partly || peer.length === 0)
  const failed = rule === null ? 'rules' : peer.length === 0 ? 'port' : portsFailed ? 'peer and port' : 'peer'
  const others = describeOthers(miss, peerName).map((other) => ({ ...other, message: shorten(other.message) }))
  return {
    policy: policyName(policy),
    path: formatPath(path),
    ...places(policy, rule === null ? [] : path),
    failed,
    ...(entry === null ? {} : { peer: `${PEER_FIELD[direction]}[${entry.index}]` }),
    message: shorten(describeMiss(miss, peerName, portsText(flow, flow.protocol))),
    ...(others.length === 0 ? {} : { others }),
  }
}
