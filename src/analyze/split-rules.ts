import { PEER_FIELD, type AnyRule } from '../model/policy.js'
import { formatPath } from '../model/source.js'
import type { DirectionAnswer } from './flow-answer.js'

/**
 * A rule without peers that stands beside one without ports, as when a dash too many splits one rule: said where one
 * of the two is all that lets a connection through, which both together would not.
 */
export function rulesBeside({ direction, rules, deciding }: DirectionAnswer): readonly string[] {
  const [only, ...more] = rules
  if (only === undefined || more.length > 0) return []
  const all = deciding.find(({ ref }) => ref === only.policy)?.rules[direction] ?? []
  const matched = all[only.rule]
  const neighbours = [only.rule - 1, only.rule + 1].filter((index) => {
    const other = all[index]
    return other !== undefined && matched !== undefined && isSplit(matched, other)
  })
  const [beside, another] = neighbours
  if (beside === undefined || another !== undefined || matched === undefined) return []
  const [noPeers, noPorts] = matched.peers.length === 0 ? [only.rule, beside] : [beside, only.rule]
  const field = PEER_FIELD[direction]
  const pathOf = (index: number) => formatPath(all[index]?.ref.path ?? [])
  return [`${pathOf(noPeers)} has no \`${field}\`, and ${pathOf(noPorts)} beside it no \`ports\``]
}

function isSplit(a: AnyRule, b: AnyRule): boolean {
  const hasPeersOnly = ({ peers, ports }: AnyRule) => peers.length > 0 && ports.length === 0
  const hasPortsOnly = ({ peers, ports }: AnyRule) => peers.length === 0 && ports.length > 0
  return (hasPeersOnly(a) && hasPortsOnly(b)) || (hasPortsOnly(a) && hasPeersOnly(b))
}
