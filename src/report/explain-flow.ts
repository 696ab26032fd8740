import type {
  DirectionResult,
  EndpointResult,
  FlowResult,
  NearMissResult,
  PlaceResult,
  RuleResult,
} from './check-result.js'
import { grouped } from '../model/grouped.js'
import { policyName } from '../model/reference.js'
import { few } from './short-ids.js'
import type { Style } from './style.js'
import { walkText } from './wording/tier-walk.js'
import { wrap } from './wrap.js'

const INDENT = '           '

/** The two directions of a flow with the rules that decided, and its notes; ends are called by the given names. */
export function explainFlow(flow: FlowResult, names: (end: EndpointResult) => string, style: Style): string {
  const lines = explainDirections(flow, { egress: names(flow.from), ingress: names(flow.to) }, style)
  const alike = grouped(flow.notes, ({ code, message }) => `${code} ${message}`)
  const notes = [...alike.values()].flatMap((some) => {
    const [note] = some
    if (note === undefined) return []
    const mark = note.certainty === 'certain' ? '' : ` (${note.certainty})`
    const refs = some.flatMap(({ ref = [] }) => ref)
    const at = refs.length === 0 ? '' : ` [${few(refs)}]`
    return [wrap(`  note${mark}: ${note.message}${at}`, style.width, '        ')]
  })
  const left = flow.omittedNotes ?? 0
  const more = left === 0 ? [] : [`  ${left} more notes of these kinds are not shown`]
  return [...lines, ...notes, ...more].join('\n')
}

/** Both directions with the policies and rules that decided; the subjects are what the pods at the ends are called. */
export function explainDirections(
  flow: Pick<FlowResult, 'egress' | 'ingress'>,
  subjects: Readonly<Record<'egress' | 'ingress', string>>,
  style: Style,
): readonly string[] {
  return (['egress', 'ingress'] as const).flatMap((direction) => {
    const result = flow[direction]
    const word = result.verdict === 'allow' ? style.paint('good', 'allowed') : style.paint('bad', 'denied ')
    const line = `  ${direction.padEnd(8)} ${word}  ${headline(result, subjects[direction], direction)}`
    const walk = walkText(result)
    const walked = walk === null ? [] : [wrap(`${INDENT}${walk}`, style.width, `${INDENT}  `)]
    return [wrap(line, style.width, ' '.repeat(20)), ...walked, ...details(result, style)]
  })
}

function headline(
  { reason, policies, rules }: DirectionResult,
  subject: string,
  direction: 'ingress' | 'egress',
): string {
  const isolated = policies.length === 1 ? 'a policy' : `${policies.length} policies`
  switch (reason) {
    case 'not-a-pod':
      return `${subject} is not a pod, so no policy applies to it`
    case 'same-pod':
      return 'a pod always reaches itself'
    case 'own-node':
      return `traffic from the node of ${subject} is always let in`
    case 'host-network':
      return `${subject} is on its host's network, where policies do not apply`
    case 'not-isolated':
      return `${subject} is not isolated for ${direction}`
    case 'rule-matched':
      return `${subject} is isolated by ${isolated}, and ${rules.length === 1 ? 'a rule matches' : `${rules.length} rules match`}`
    case 'admin-accept':
    case 'baseline-accept':
      return `the first rule of the ${tierOf(reason)} tier that matches accepts it`
    case 'admin-deny':
    case 'baseline-deny':
      return `the first rule of the ${tierOf(reason)} tier that matches denies it`
    case 'no-rule-matched':
      return `${subject} is isolated by ${isolated}, and none of ${policies.length === 1 ? 'its' : 'their'} rules matches`
  }
}

function tierOf(reason: DirectionResult['reason']): string {
  return reason.startsWith('admin') ? 'Admin' : 'Baseline'
}

function details({ policies, rules, nearMisses, shadowed = [] }: DirectionResult, style: Style): readonly string[] {
  const told = new Set([...rules, ...nearMisses].map(({ policy }) => policy))
  const rows = [
    ...rules.map((rule) => ({ ...rule, text: ruleText(rule), more: [] })),
    ...nearMisses.map((miss) => ({ ...miss, text: missText(miss), more: othersText(miss) })),
    ...shadowed.map((rule) => ({
      ...rule,
      text: `${rule.path}  would match, and is not asked: a rule before it decides`,
      more: [],
    })),
    ...policies
      .map((policy) => ({
        ...policy,
        policy: policyName(policy),
        text: 'none of its rules matches',
        more: [],
      }))
      .filter(({ policy }) => !told.has(policy)),
  ].map(({ policy, text, more, ...place }) => ({ policy, text, more, place: placeText(place) }))
  const [policyWidth, placeWidth] = [widest(rows.map((row) => row.policy)), widest(rows.map((row) => row.place))]
  return rows.map(({ policy, place, text, more }) => {
    const others = more.map((line) => wrap(`${INDENT}    ${line}`, style.width, `${INDENT}      `))
    const oneLine = `${INDENT}${policy.padEnd(policyWidth)}  ${place.padEnd(placeWidth)}  ${text}`
    if (style.width === null || oneLine.length <= style.width) {
      const line = `${INDENT}${policy.padEnd(policyWidth)}  ${style.paint('place', place.padEnd(placeWidth))}  ${text}`
      return [line, ...others].join('\n')
    }
    return [
      `${INDENT}${policy}`,
      `${INDENT}  ${style.paint('place', place)}`,
      wrap(`${INDENT}  ${text}`, style.width, `${INDENT}    `),
      ...others,
    ].join('\n')
  })
}

function ruleText({ path, peers, ports, only, kind }: RuleResult): string {
  const scope = only === undefined ? [] : [`(only ${only})`]
  const field = path.startsWith('spec.egress') ? 'to' : 'from'
  const entries = [
    peers === null ? `any peer (no ${field})` : peers.join(' '),
    ports === null ? `any port (no ${kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports'})` : ports.join(' '),
  ]
  return [path, ...entries, ...scope].join('  ')
}

function missText({ path, failed, message }: NearMissResult): string {
  return failed === 'rules' ? message : `${path}: ${message}`
}

/** Why the other entries do not match, a line each. */
function othersText({ others = [] }: NearMissResult): readonly string[] {
  return others.map(({ peer, message }) => `${peer} ${message}`)
}

/** `k8s/db.yaml:14:7`, with what it was rendered from where that is known: `all.yaml:41:5 (shop/templates/db.yaml)`. */
export function placeText({ file, line, column, source }: PlaceResult): string {
  if (file === null) return '(no file)'
  const place = line === null ? file : `${file}:${line}:${column ?? 1}`
  return source === undefined ? place : `${place} (${source})`
}

/** The same, and empty where there is no place. */
export function whereText(place: PlaceResult): string {
  return place.file === null ? '' : placeText(place)
}

function widest(texts: readonly string[]): number {
  return texts.reduce((widest, { length }) => Math.max(widest, length), 0)
}
