import type { Direction } from '../model/direction.js'
import type { AnyPort } from '../model/policy.js'
import type { FormRule, RuleForm } from './rule-form.js'

/**
 * Whether a port name in rules of a policy means pods that a selector names, and nothing that is met at its address: so it is
 * for egress of the policies for the whole cluster (C-24), whose peers may be networks, nodes and host names.
 */
export function areNamesOfPodsOnly({ home }: Pick<RuleForm, 'home'>, direction: Direction): boolean {
  return home === null && direction === 'egress'
}

/** Whether an entry of `ports` is a name. */
export function isNamed({ port }: AnyPort): boolean {
  return typeof port === 'string'
}

/** A rule as one for its selectors and one for what is met at its address, which the names among its ports do not open. */
export function byNames(rule: FormRule): readonly FormRule[] {
  const { peers, ports } = rule
  const [pods, others] = [true, false].map((isSelector) =>
    peers.filter(({ kind }) => (kind === 'selector') === isSelector),
  )
  if (pods === undefined || others === undefined || others.length === 0 || !ports.some(isNamed)) return [rule]
  const numbered = ports.filter((port) => !isNamed(port))
  return [
    ...(pods.length === 0 ? [] : [{ ...rule, peers: pods }]),
    ...(numbered.length === 0 ? [] : [{ ...rule, peers: others, ports: numbered }]),
  ]
}
