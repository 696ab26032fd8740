import type { AnyPeer } from '../../src/model/policy.js'
import type { FormRule, RuleForm } from '../../src/policy/rule-form.js'

const EVERYTHING = { requirements: [] } as const
const ACTIONS = ['accept', 'deny', 'pass', 'deny'] as const

/** A NetworkPolicy as a policy of another tier, of its namespace or of the cluster, as a number says; some stay what they are. */
export function inOtherTiers(form: RuleForm, seed: number): RuleForm {
  const tier = (['Admin', 'Admin', 'Baseline', 'NetworkPolicy'] as const)[seed % 4] ?? 'Admin'
  if (tier === 'NetworkPolicy') return form
  const isOfCluster = seed % 3 === 0
  const peerOf = (peer: AnyPeer): AnyPeer =>
    isOfCluster && peer.kind === 'selector' ? { ...peer, namespaces: peer.namespaces ?? EVERYTHING } : peer
  const ruleOf = (rule: FormRule, index: number): FormRule => ({
    ...rule,
    action: ACTIONS[(seed + index) % ACTIONS.length] ?? 'deny',
    peers: rule.peers.map(peerOf),
  })
  return {
    ...form,
    ...{ tier, order: seed % 5 },
    home: isOfCluster ? null : form.home,
    subject: isOfCluster ? { ...form.subject, namespaces: EVERYTHING } : form.subject,
    rules: { ingress: form.rules.ingress.map(ruleOf), egress: form.rules.egress.map(ruleOf) },
  }
}
