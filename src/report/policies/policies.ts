import type { GovernedDirection, GovernedWorkload, GoverningRule } from '../../analyze/governing-policies.js'
import { policiesCalled, policiesOn, type PolicyReach } from '../../analyze/policies.js'
import { choicesOfAnswer } from '../../model/choice.js'
import { workloadId, type Cluster } from '../../model/cluster.js'
import { actionWord } from '../../model/cluster-policy.js'
import type { Direction } from '../../model/direction.js'
import { PEER_FIELD } from '../../model/policy.js'
import { policyName } from '../../model/reference.js'
import { shorten } from '../../model/shorten.js'
import { formatPath } from '../../model/source.js'
import { misworded, type Result } from '../../query/question-error.js'
import { mistake, readOptions, type CheckOptions } from '../check.js'
import { placeFinder } from '../check-json.js'
import type { PolicyResult } from '../check-result.js'
import { endpointResult } from '../endpoint-result.js'
import { peerText, ruleSentence } from '../wording/rule-sentence.js'
import type {
  GovernedResult,
  GoverningResult,
  PoliciesResult,
  ReachResult,
  RuleTextResult,
  WorkloadResult,
} from './policies-result.js'

/** A question to `policies`: one of the two. */
export interface PoliciesQuestion {
  /** Which policies apply to this peer? */
  readonly peer?: string | undefined
  /** Whom does this policy, `shop/db` or a bare name in the namespace of the options, select and name? */
  readonly of?: string | undefined
}

type Places = ReturnType<typeof placeFinder>
type FormRule = GoverningRule['rule']

/** Answers which policies apply to workloads and what their rules say, or whom a policy is about; mistakes are diagnostics. */
export function policies(
  cluster: Cluster,
  { peer, of }: PoliciesQuestion,
  options: Omit<CheckOptions, 'verbose' | 'strict' | 'limit'> = {},
): PoliciesResult {
  const { incomplete, inventory, diagnostics } = cluster
  const head = { schemaVersion: 1, command: 'policies', incomplete, inventory } as const
  if (!cluster.answerable)
    return { ...head, workloads: null, policies: null, ...choicesOfAnswer(cluster.choices), diagnostics }
  const found = answerOf(cluster, { peer, of }, options)
  if (!found.ok)
    return { ...head, workloads: null, policies: null, diagnostics: [...diagnostics, mistake(found.error)] }
  return { ...head, ...found.value, diagnostics }
}

function answerOf(
  cluster: Cluster,
  { peer, of }: PoliciesQuestion,
  options: Omit<CheckOptions, 'verbose' | 'strict' | 'limit'>,
): Result<Pick<PoliciesResult, 'workloads' | 'policies'>> {
  const engineOptions = readOptions(options)
  if (!engineOptions.ok) return engineOptions
  const { namespace = 'default' } = options
  const places = placeFinder()
  if (peer !== undefined && of === undefined) {
    const answer = policiesOn(cluster, peer, namespace, engineOptions.value)
    if (!answer.ok) return answer
    const { workloads, service } = answer.value
    const via =
      service === null
        ? {}
        : { via: { id: workloadId(service), kind: service.kind, namespace: service.namespace, name: service.name } }
    return { ok: true, value: { workloads: workloads.map((one) => presentWorkload(one, via, places)), policies: null } }
  }
  if (of === undefined || peer !== undefined)
    return misworded('a question is about a peer or about a policy', 'write `policies PEER` or `policies --of POLICY`')
  const answer = policiesCalled(cluster, of, namespace, engineOptions.value)
  return answer.ok
    ? { ok: true, value: { workloads: null, policies: answer.value.map((one) => presentReach(one, places)) } }
    : answer
}

function presentWorkload(
  { party, directions }: GovernedWorkload,
  via: Pick<WorkloadResult, 'via'>,
  places: Places,
): WorkloadResult {
  return {
    ...endpointResult(party, null),
    ...via,
    ingress: presentDirection(directions.ingress, 'ingress', places),
    egress: presentDirection(directions.egress, 'egress', places),
  }
}

function presentDirection(
  { isIsolated, policies: governing }: GovernedDirection,
  direction: Direction,
  places: Places,
): GovernedResult {
  return {
    isolated: isIsolated,
    policies: governing.map(({ policy, tier, isUncertain, rules }) => ({
      ...presentPolicy(policy, places),
      tier,
      ...presentPriority(policy),
      certainty: isUncertain ? 'indeterminate' : 'certain',
      rules: rules.map(({ rule, decidedBefore }) => ({
        ...presentRule(rule, direction, places),
        ...(decidedBefore === null ? {} : { decidedBefore: nameOfRule(decidedBefore) }),
      })),
    })),
  }
}

function presentPolicy({ ref }: PolicyReach['policy'], places: Places): PolicyResult {
  return { kind: ref.kind, namespace: ref.namespace, name: ref.name, ...places(ref, []) }
}

function presentPriority({ ref, order }: PolicyReach['policy']): Pick<GoverningResult, 'priority'> {
  return ref.kind === 'NetworkPolicy' || ref.kind === 'BaselineAdminNetworkPolicy' ? {} : { priority: order }
}

function presentRule(rule: FormRule, direction: Direction, places: Places): RuleTextResult {
  const { policy, path, name } = rule.ref
  return {
    path: formatPath(path),
    ...(name === null ? {} : { name: shorten(name) }),
    ...places(policy, path),
    action: rule.action,
    ...(policy.kind === 'NetworkPolicy' ? {} : { actionWord: actionWord(policy.kind, rule.action) }),
    text: ruleSentence(rule, direction),
  }
}

function nameOfRule({ ref }: FormRule): string {
  return `${policyName(ref.policy)} ${formatPath(ref.path)}`
}

function presentReach({ policy, subjects, rules }: PolicyReach, places: Places): ReachResult {
  return {
    ...presentPolicy(policy, places),
    tier: policy.tier,
    ...presentPriority(policy),
    subjects: subjects.map(({ id }) => id),
    rules: rules.map(({ direction, rule, applies, peers }) => ({
      ...presentRule(rule, direction, places),
      direction,
      applies,
      peers: peers.map(({ peer, endpoints }, index) => ({
        path: formatPath(peer.at ?? [PEER_FIELD[direction], index]),
        text: peerText(peer),
        workloads: endpoints?.map(({ id }) => id) ?? null,
      })),
    })),
  }
}
