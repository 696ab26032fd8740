import { grouped } from '../../model/grouped.js'
import { isNetworkPolicy, type Policy } from '../../model/policy-kinds.js'
import type { ActionRule, ClusterPolicy } from '../../model/cluster-policy.js'
import { DIRECTIONS } from '../../model/direction.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { covers, wholeFamily } from '../../net/ranges.js'
import { ruleForms } from '../../policy/rule-forms.js'
import { aboutPolicy, type Remark } from './remark-context.js'

/** What is worth knowing about policies of the cluster beside each other, and about what they ask of the input. */
export const tiers: Remark = ({ cluster: { policies, nodes } }) => {
  const ofCluster = policies.filter((policy) => !isNetworkPolicy(policy))
  if (ofCluster.length === 0) return []
  const areUnknown = nodes.size === 0 || [...nodes.values()].some(({ labels }) => labels === null)
  return [
    ...mixed(ofCluster),
    ...ties(ofCluster),
    ...(areUnknown ? unknownNodes(ofCluster) : []),
    ...ofCluster.flatMap((policy) => experimental(policy, areUnknown)),
    ...ofCluster.flatMap(oneFamily),
  ]
}

/** Two versions of the API beside each other: no text says how they go together (C-9). */
function mixed(policies: readonly ClusterPolicy[]): readonly Diagnostic[] {
  const old = policies.find(({ kind }) => kind !== 'ClusterNetworkPolicy')
  const young = policies.find(({ kind }) => kind === 'ClusterNetworkPolicy')
  if (old === undefined || young === undefined) return []
  const message = `the input has ${old.kind} of v1alpha1 and ClusterNetworkPolicy of v1alpha2, and no text of the API says how they go together; they are put into one order by priority`
  return [
    aboutPolicy(young, [], { code: 'NP142', severity: 'warning', message, help: 'move all of them to one version' }),
  ]
}

/** Policies of one tier with one priority, which a cluster may ask in either order (C-8). */
function ties(policies: readonly ClusterPolicy[]): readonly Diagnostic[] {
  const byPlace = grouped(ruleForms(policies), ({ tier, order }) => `${tier} ${order}`)
  return [...byPlace.values()].flatMap((same) => {
    const [first, ...more] = same.map(({ ref }) => ref as Policy)
    if (first === undefined || more.length === 0) return []
    const names = [first, ...more].map(({ name }) => `\`${name}\``).sort()
    const few = names.length > 5 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(' and ')
    const message = `${few} have one priority; a cluster may ask them in any order, here they are asked by name`
    const help = 'give each its own priority; where the order decides, the answer says so'
    return [aboutPolicy(first, ['spec', 'priority'], { code: 'NP143', severity: 'info', message, help })]
  })
}

/** A rule about nodes where the input does not say which nodes there are (C-17): one remark for all of them. */
function unknownNodes(policies: readonly ClusterPolicy[]): readonly Diagnostic[] {
  for (const policy of policies) {
    const index = policy.rules.egress.findIndex(({ peers }) => peers.some(({ kind }) => kind === 'nodes'))
    if (index < 0) continue
    const message =
      'the rule selects nodes, which only the experimental API can, and the input does not have the Node objects that say their labels'
    const help = 'add them: kubectl get nodes -o yaml'
    return [aboutPolicy(policy, ['spec', 'egress', index], { code: 'NP148', severity: 'warning', message, help })]
  }
  return []
}

/** Fields that only the experimental channel of the API has (C-15, C-21); nodes that are not known have a remark of their own. */
function experimental(policy: ClusterPolicy, areNodesUnknown: boolean): readonly Diagnostic[] {
  const rules = DIRECTIONS.flatMap((direction) => policy.rules[direction])
  const has = (wanted: string) => rules.some(({ peers }) => peers.some(({ kind }) => kind === wanted))
  const hasNames = rules.some(({ ports }) => ports.some(({ port }) => typeof port === 'string'))
  const fields = [
    ...(has('nodes') && !areNodesUnknown ? ['`nodes`'] : []),
    ...(has('domain-names') ? ['`domainNames`'] : []),
    ...(hasNames && policy.kind !== 'ClusterNetworkPolicy' ? ['`namedPort`'] : []),
  ]
  if (fields.length === 0) return []
  const [are, them] = fields.length === 1 ? ['is', 'it'] : ['are', 'them']
  const message = `${fields.join(' and ')} ${are} experimental: the standard channel of the API does not have ${them}`
  return [aboutPolicy(policy, ['spec'], { code: 'NP144', severity: 'info', message })]
}

/** A policy that denies every address of one family and says nothing of the other (C-16). */
function oneFamily(policy: ClusterPolicy): readonly Diagnostic[] {
  const denying = policy.rules.egress.filter(({ action }) => action === 'deny')
  // Without peers a rule denies everything
  if (denying.some(({ peers }) => peers.length === 0)) return []
  const cidrsOf = ({ peers }: ActionRule) => peers.flatMap((peer) => (peer.kind === 'ip-block' ? [peer.cidr] : []))
  const named = new Set(denying.flatMap((rule) => cidrsOf(rule).map((cidr) => cidr.family)))
  const [family] = named
  if (family === undefined || named.size > 1) return []
  const rule = denying.find((one) => covers(cidrsOf(one), wholeFamily(family)))
  if (rule === undefined) return []
  const [other, whole] = family === 'IPv4' ? ['IPv6', '::/0'] : ['IPv4', '0.0.0.0/0']
  const where = rule.ports.length === 0 ? '' : ' on some ports'
  const message = `the policy denies every ${family} address${where} and says nothing of ${other}`
  const help = `add \`${whole}\` to \`networks\`, if both are meant`
  const path = ['spec', 'egress', policy.rules.egress.indexOf(rule)]
  return [aboutPolicy(policy, path, { code: 'NP149', severity: 'warning', message, help })]
}
