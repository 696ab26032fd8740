import { compile, type CompiledCluster, type EngineOptions } from '../engine/compile.js'
import { selects } from '../engine/selectors.js'
import { closest } from '../model/closest.js'
import type { Cluster, ClusterService } from '../model/cluster.js'
import type { Direction } from '../model/direction.js'
import { policyName } from '../model/reference.js'
import { TooCostly } from '../model/too-costly.js'
import type { FormRule, RuleForm } from '../policy/rule-form.js'
import { parsePeer } from '../query/peer.js'
import { matchesNothing, misworded, ok, type Result } from '../query/question-error.js'
import { resolvePeer } from '../query/resolve.js'
import { governing, type GovernedWorkload } from './governing-policies.js'
import { endpointsOf, type MatrixEndpoint } from './matrix-endpoints.js'

/** How often peers of a policy are compared with pods. */
const MOST_COMPARED = 20_000_000

/** What applies to some workloads. */
export interface PoliciesAnswer {
  readonly workloads: readonly GovernedWorkload[]
  /** The Service that leads to them, where the question was about one. */
  readonly service: ClusterService | null
}

/** Finds which policies govern the workloads that a peer means; mistakes in the question are returned. */
export function policiesOn(
  cluster: Cluster,
  text: string,
  namespace: string,
  options: EngineOptions,
): Result<PoliciesAnswer> {
  const peer = parsePeer(text, namespace)
  if (!peer.ok) return peer
  const found = resolvePeer(cluster, peer.value, text, ({ workload, pods }) => [
    { kind: 'workload', workload, pods, part: null },
  ])
  if (!found.ok) return found
  const pods = new Set(found.value.parties.flatMap((party) => (party.kind === 'workload' ? party.pods : [])))
  const endpoints = endpointsOf(cluster, false).filter(({ party }) => party.pods.some((pod) => pods.has(pod)))
  if (endpoints.length === 0) return misworded(`\`${text}\` is not a pod, and policies govern pods only`)
  const governedOf = governing(compile(cluster, options))
  return ok({
    workloads: endpoints.map(({ party }) => governedOf(party)),
    service: found.value.service ?? null,
  })
}

/** Whom a policy is about. */
export interface PolicyReach {
  readonly policy: RuleForm
  readonly subjects: readonly MatrixEndpoint[]
  readonly rules: readonly RuleReach[]
}

/** Whom each peer of a rule names; `endpoints` is null for a peer that names addresses. */
export interface RuleReach {
  readonly direction: Direction
  readonly rule: FormRule
  /** Its rules count in this direction. */
  readonly applies: boolean
  readonly peers: readonly {
    readonly peer: FormRule['peers'][number]
    readonly endpoints: readonly MatrixEndpoint[] | null
  }[]
}

/** Finds whom the policies of a name select and name; two kinds can share one. */
export function policiesCalled(
  cluster: Cluster,
  text: string,
  namespace: string,
  options: EngineOptions,
): Result<readonly PolicyReach[]> {
  const compiled = compile(cluster, options)
  const wanted = text.includes('/') ? text : `${namespace}/${text}`
  const isCalled = ({ ref }: RuleForm) => policyName(ref) === wanted || policyName(ref) === text
  const found = compiled.policies.filter(isCalled)
  if (found.length === 0) return noPolicy(compiled, wanted)
  const endpoints = endpointsOf(cluster, false)
  return ok(found.map((policy) => reachOfPolicy(compiled, policy, endpoints)))
}

function noPolicy({ policies }: CompiledCluster, text: string): Result<never> {
  const names = [...new Set(policies.map(({ ref }) => policyName(ref)))]
  const near = closest(text, names)
  const few = names.slice(0, 8).map((name) => `\`${name}\``)
  const help =
    near !== null ? `did you mean \`${near}\`?` : names.length === 0 ? null : `the policies are ${few.join(', ')}`
  return matchesNothing(`no policy is called \`${text}\``, help)
}

function reachOfPolicy(
  { cluster }: CompiledCluster,
  policy: RuleForm,
  endpoints: readonly MatrixEndpoint[],
): PolicyReach {
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    policy.rules[direction].map((rule) => ({ direction, rule, applies: policy.applies[direction] })),
  )
  const peers = rules.flatMap(({ rule }) => rule.peers)
  const compared = endpoints.reduce((sum, { party }) => sum + party.pods.length, 0) * (1 + peers.length)
  if (compared > MOST_COMPARED)
    throw new TooCostly(
      `the policy has so many peers that its ${endpoints.length} workloads are not compared with them`,
    )
  const named = (peer: RuleForm['subject']) =>
    endpoints.filter(({ party: { pods } }) =>
      pods.some((pod) => {
        // Policies of the cluster never see pods on their hosts' networks (C-11)
        if (pod.hostNetwork && policy.home === null) return false
        return selects(peer, policy.home, cluster, pod, { policy: policy.ref, path: policy.subjectPath }).value
      }),
    )
  return {
    policy,
    subjects: named(policy.subject),
    rules: rules.map((one) => ({
      ...one,
      peers: one.rule.peers.map((peer) => ({ peer, endpoints: peer.kind === 'selector' ? named(peer) : null })),
    })),
  }
}
