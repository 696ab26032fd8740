import type { DirectionResult, RuleResult, TierResult } from '../check-result.js'
import { few } from '../short-ids.js'

const WORDS: Readonly<Record<NonNullable<RuleResult['kind']>, string>> = {
  ClusterNetworkPolicy: 'cnp',
  AdminNetworkPolicy: 'anp',
  BaselineAdminNetworkPolicy: 'banp',
}

/**
 * The tiers in the order in which they decide, up to the one that did: `Admin: pass (cnp/teams rule 2 "dev", k8s/teams.yaml:14:7) →
 * NetworkPolicy: not isolated → Baseline: deny (…)`; null where only NetworkPolicies were asked.
 */
export function walkText({ tiers }: Pick<DirectionResult, 'tiers'>): string | null {
  if (tiers === undefined) return null
  const last = tiers.at(-1)
  const isOpen = last !== undefined && last.decision !== 'accept' && last.decision !== 'deny'
  return [...tiers.map(stepText), ...(isOpen ? ['allowed'] : [])].join(' → ')
}

function stepText({ tier, decision, rules }: TierResult): string {
  const told = rules.length === 0 ? '' : ` (${few(rules.map(ruleText))})`
  return `${tier}: ${DECISIONS[decision]}${told}`
}

const DECISIONS: Readonly<Record<TierResult['decision'], string>> = {
  accept: 'accept',
  deny: 'deny',
  pass: 'pass',
  'no-match': 'no rule matches',
  'not-isolated': 'not isolated',
}

/** `cnp/teams rule 2 "dev", k8s/teams.yaml:14:7`; rules are counted from 1, as people do. */
function ruleText({ kind, policy, path, name, only, file, line, column }: RuleResult): string {
  const number = Number(/\[(\d+)\]$/.exec(path)?.[1] ?? 0) + 1
  const title = name === undefined ? '' : ` "${name}"`
  const place = file === null ? '' : `, ${line === null ? file : `${file}:${line}:${column ?? 1}`}`
  const scope = only === undefined ? '' : `, only ${only}`
  return `${kind === undefined ? '' : `${WORDS[kind]}/`}${policy} rule ${number}${title}${place}${scope}`
}
