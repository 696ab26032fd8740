import { policyName } from '../../model/reference.js'
import { placeText } from '../explain-flow.js'
import { INCOMPLETE } from '../incomplete.js'
import { few, shortIds } from '../short-ids.js'
import type { Style } from '../style.js'
import { fit, wrap } from '../wrap.js'
import type {
  GovernedResult,
  GoverningResult,
  PoliciesResult,
  ReachResult,
  RuleTextResult,
  WorkloadResult,
} from './policies-result.js'

const INDENT = '           '
/** With `-v` all of them are named. */
const MOST_NAMED = 8

/** What applies to workloads, or whom policies are about, for people; empty where there is no answer. Must have been made safe to print. */
export function policiesText(result: PoliciesResult, style: Style, isVerbose: boolean): string {
  const { workloads, policies, incomplete } = result
  if (workloads === null && policies === null) return ''
  const names = shortIds(workloads ?? [])
  const blocks = [
    ...(workloads ?? []).map((one) => workloadText(one, names(one), style)),
    ...(policies ?? []).map((one) => reachText(one, style, isVerbose ? Infinity : MOST_NAMED)),
    ...(incomplete ? [style.paint('mixed', fit(INCOMPLETE, style))] : []),
  ]
  return `${blocks.join('\n\n')}\n`
}

function workloadText(workload: WorkloadResult, name: string, style: Style): string {
  const via = workload.via === undefined ? '' : `  behind Service ${workload.via.namespace}/${workload.via.name}`
  const onHost = workload.hostNetwork === true ? `  on its host's network, where policies mostly do not apply` : ''
  const lines = (['ingress', 'egress'] as const).flatMap((direction) =>
    directionLines(workload[direction], direction, style),
  )
  return [fit(`${style.paint('strong', name)}${via}${onHost}`, style), ...lines].join('\n')
}

function directionLines(governed: GovernedResult, direction: 'ingress' | 'egress', style: Style): readonly string[] {
  const lines = governed.policies.flatMap((policy) => policyLines(policy, governed, style))
  return [`  ${direction.padEnd(8)} ${isolationText(governed)}`, ...lines]
}

function isolationText({ isolated, policies }: GovernedResult): string {
  const isolating = policies.filter(({ tier }) => tier === 'NetworkPolicy').length
  const [count, list] = isolating === 1 ? ['a policy', 'it lists'] : [`${isolating} policies`, 'they list']
  const above = policies.some(({ tier }) => tier === 'Admin') ? ' or the Admin tier accepts' : ''
  if (isolated === true) return `isolated by ${count}: only what ${list}${above} is allowed`
  if (isolated === null) return `perhaps isolated by ${count}; the input does not say`
  return policies.length === 0 ? 'not isolated: everything is allowed' : 'not isolated by NetworkPolicies'
}

function policyLines(
  policy: GoverningResult,
  { isolated }: Pick<GovernedResult, 'isolated'>,
  style: Style,
): readonly string[] {
  const doubt = policy.certainty === 'certain' ? '' : '  perhaps; the input does not say whether it selects these pods'
  // What NetworkPolicies isolate, they decide (C-7)
  const behind = policy.tier === 'Baseline' && isolated === true ? '  never asked, since NetworkPolicies isolate' : ''
  const place = style.paint('place', placeText(policy))
  const head = `${INDENT}${policyName(policy)}${tierText(policy)}  ${place}${doubt}${behind}`
  const rules = policy.rules.length === 0 ? [`${INDENT}  no rules`] : policy.rules.map((rule) => ruleLine(rule, style))
  return [wrap(head, style.width, `${INDENT}  `), ...rules]
}

function tierText({ tier, priority }: Pick<GoverningResult, 'tier' | 'priority'>): string {
  if (tier === 'NetworkPolicy') return ''
  return `  (${tier} tier${priority === undefined ? '' : `, priority ${priority}`})`
}

function ruleLine({ path, name, actionWord, text, decidedBefore, ...at }: RuleTextResult, style: Style): string {
  const title = name === undefined ? '' : ` "${name}"`
  const action = actionWord === undefined ? '' : `${actionWord}  `
  const before = decidedBefore === undefined ? '' : `  never asked: ${decidedBefore} comes first and matches all of it`
  const place = style.paint('place', placeText(at))
  return wrap(`${INDENT}  ${path}${title}  ${place}  ${action}${text}${before}`, style.width, `${INDENT}    `)
}

function reachText(policy: ReachResult, style: Style, most: number): string {
  const names = (ids: readonly string[]) => (ids.length === 0 ? 'nobody in the input' : few(ids, most))
  const rules = policy.rules.flatMap((rule) => [
    `  ${rule.direction.padEnd(8)} ${ruleLine(rule, style).trimStart()}${rule.applies ? '' : '  (no effect: policyTypes leave its direction out)'}`,
    ...rule.peers.map(({ path, text, workloads }) =>
      wrap(
        `${INDENT}  ${path} ${text}${workloads === null ? '' : `: ${names(workloads)}`}`,
        style.width,
        `${INDENT}    `,
      ),
    ),
  ])
  const head = `${style.paint('strong', policyName(policy))}  ${policy.kind}${tierText(policy)}  ${style.paint('place', placeText(policy))}`
  return [fit(head, style), wrap(`  selects  ${names(policy.subjects)}`, style.width, INDENT), ...rules].join('\n')
}
