import type { ExpectAssertion } from '../../model/assertion.js'
import { policyName } from '../../model/reference.js'
import type { DirectionResult, NoteResult } from '../check-result.js'
import { placeText } from '../explain-flow.js'
import { isEveryPort } from '../matrix/ports-list.js'
import { few } from '../short-ids.js'
import { portsText } from '../wording/near-miss.js'
import type { FailureResult } from './test-result.js'

/** What is wrong with a pair, and what would have to be true, in one sentence; `deniedBy` is what the test says of it. */
export function failureMessage(
  { problem, certainty, egress, ingress, from, to, ports }: Omit<FailureResult, 'message'>,
  notes: readonly NoteResult[],
  deniedBy: ExpectAssertion['deniedBy'],
): string {
  const named = someOf(ports)
  const are = ports.length > 1 ? 'are' : 'is'
  switch (problem) {
    case 'open':
      return `${named} ${are} open and must be closed; ${closing(from, to, egress, ingress)}`
    case 'unlisted':
      return `${named} ${are} open and no test allows it; ${closing(from, to, egress, ingress)}`
    case 'closed':
      return `${named} ${are} closed and must be open; ${opening(from, to, egress, ingress)}${mapping(notes)}`
    case 'uncertain':
      return `whether ${named} ${are} open is ${UNSURE[certainty]}${because(notes)}`
    case 'denied-by':
      return `${named} ${are} denied by ${deniers(egress, ingress)}; the test expects \`deniedBy: ${deniedBy ?? 'both'}\``
    case 'fixed':
      return 'the known gap is fixed: remove `knownGap`, so that it stays so'
    case 'partly-fixed':
      return 'this pair of the known gap is right: narrow the test to the pairs that are still wrong'
  }
}

/** Ports in a sentence; what all protocols leave of a range is four. */
function someOf(ports: FailureResult['ports']): string {
  if (isEveryPort(ports)) return 'all ports'
  return few(
    ports.map(({ protocol, port, endPort }) => portsText({ first: port, last: endPort }, protocol)),
    4,
  )
}

const UNSURE = {
  certain: 'not certain',
  undefined: 'undefined: the API leaves it open',
  indeterminate: 'indeterminate: the input does not say',
} as const

function because(notes: readonly NoteResult[]): string {
  const messages = notes.flatMap(({ certainty, message }) => (certainty === 'certain' ? [] : [message]))
  return messages.length === 0 ? '' : ` (${few([...new Set(messages)], 2)})`
}

/** The port that was asked for is that of a Service, where the pods have another one. */
function mapping(notes: readonly NoteResult[]): string {
  const found = notes.find(({ code }) => code === 'service-port')
  return found === undefined ? '' : `; ${found.message}`
}

function deniers(egress: DirectionResult, ingress: DirectionResult): string {
  const both = [egress.verdict === 'deny' ? 'egress' : null, ingress.verdict === 'deny' ? 'ingress' : null]
  const found = both.filter((direction) => direction !== null)
  return found.length === 1 ? `${found.join()} alone` : found.join(' and ') || 'neither direction'
}

/** To close a pair one direction is enough. */
function closing(from: string, to: string, egress: DirectionResult, ingress: DirectionResult): string {
  const ways = [closingAt(from, 'egress', egress), closingAt(to, 'ingress', ingress)].filter((way) => way !== null)
  return ways.length === 0 ? 'no policy can close it' : `to close it, ${ways.join(', or ')}`
}

function closingAt(end: string, direction: 'egress' | 'ingress', { reason, rules }: DirectionResult): string | null {
  switch (reason) {
    case 'not-isolated':
      return `isolate ${end} for ${direction}`
    case 'rule-matched':
    case 'admin-accept':
    case 'baseline-accept': {
      const named = rules.map((rule) => `${rule.path} of ${rule.policy} at ${placeText(rule)}`)
      return `narrow ${few(named, 2)}`
    }
    case 'not-a-pod':
    case 'same-pod':
    case 'own-node':
    case 'host-network':
    case 'no-rule-matched':
    case 'admin-deny':
    case 'baseline-deny':
      return null
  }
}

/** To open a pair both directions have to let it through. */
function opening(from: string, to: string, egress: DirectionResult, ingress: DirectionResult): string {
  const needed = [openingAt(from, 'out', egress), openingAt(to, 'in', ingress)].filter((way) => way !== null)
  return needed.length === 0 ? 'both directions allow its first port' : `to open it, ${needed.join(', and ')}`
}

function openingAt(end: string, way: 'out' | 'in', { verdict, policies, nearMisses }: DirectionResult): string | null {
  if (verdict === 'allow') return null
  const [nearest] = nearMisses.filter(({ failed }) => failed !== 'rules')
  if (nearest !== undefined)
    return `a policy of ${end} must let it ${way}: nearest is ${nearest.path} of ${nearest.policy} at ${placeText(nearest)}, ${nearest.message}`
  const names = policies.map(policyName)
  return `a policy of ${end} must let it ${way}: ${few(names)} ${names.length === 1 ? 'has' : 'have'} no rule for it`
}
