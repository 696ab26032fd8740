/** The Admin and the Baseline tier: first match by priority (C-1 to C-9). */
import type { Direction } from './direction.js'
import { get, list, text } from './json.js'
import type { Flow, Party } from './parties.js'
import { aside, askReading, overheard, type Run } from './run.js'
import { isSubject, tierPeers } from './tier-peers.js'
import { tierPorts } from './tier-ports.js'
import type { ClusterPolicy, Pod } from './world.js'

export type Tier = 'Admin' | 'Baseline'
export type Action = 'Accept' | 'Deny' | 'Pass'
export interface Decision {
  action: Action
  /** `name spec.ingress[0]`. */
  rule: string
}
interface Match extends Decision {
  policy: ClusterPolicy
}

const actionOf = (rule: unknown): Action => {
  const action = text(get(rule, 'action'))
  return action === 'Allow' || action === 'Accept' ? 'Accept' : action === 'Deny' ? 'Deny' : 'Pass'
}

interface Found {
  match: Match | undefined
  /** It rests on nothing unknown, so that what comes after it does not matter. */
  isSure: boolean
}

/** The first rule of a policy that matches. Rules after it are looked at, too, as long as it may turn out not to. */
function firstOf(policy: ClusterPolicy, direction: Direction, subject: Pod, other: Party, flow: Flow, run: Run): Found {
  const { value: isGoverned, isSure: isSureSubject } = overheard(run, (own) =>
    isSubject(get(policy.spec, 'subject'), subject, own),
  )
  if (!isGoverned && isSureSubject) return { match: undefined, isSure: true }
  const rules = list(get(policy.spec, direction))
  if (rules.length === 0) run.hit('C-6.direction') // C-6
  let match: Match | undefined
  let isSure = false
  for (const [index, rule] of rules.entries()) {
    const path = `${policy.name} spec.${direction}[${String(index)}]`
    const given = actionOf(rule)
    const found = overheard(isSure ? aside(run) : run, (own) =>
      ruleMatches(rule, given === 'Accept', path, direction, subject, other, flow, own),
    )
    if (!isGoverned || found.value === 'no') continue
    const action = found.value === 'fails closed' ? 'Deny' : given // C-19
    if (match === undefined) match = { policy, action, rule: path }
    else if (match.action !== action) run.hit('C-2.order') // C-2
    if (found.isSure && isSureSubject) isSure = true
  }
  if (match === undefined) run.hit('C-6') // C-6
  return { match, isSure: isSure && match !== undefined }
}

function ruleMatches(
  rule: unknown,
  accepts: boolean,
  path: string,
  direction: Direction,
  subject: Pod,
  other: Party,
  flow: Flow,
  run: Run,
): 'yes' | 'no' | 'fails closed' {
  const destination: Party = direction === 'egress' ? other : { kind: 'pod', pod: subject }
  const peers = get(rule, direction === 'egress' ? 'to' : 'from')
  const port = tierPorts(rule, destination, flow, run)
  // Of a rule that is not open to the port no unknown peer matters
  const asking = port.podPeer ? run : aside(run)
  const peer = tierPeers(peers, accepts, direction, other, flow, `${direction} ${path}`, asking)
  if (peer.failsClosed) return 'fails closed' // C-19
  if (port.podPeer && !port.anyPeer && peer.otherwise && !peer.asPod) run.hit('C-24.peer')
  return (peer.asPod && port.podPeer) || (peer.otherwise && port.anyPeer) ? 'yes' : 'no'
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function decide(tier: Tier, direction: Direction, subject: Pod, other: Party, flow: Flow, run: Run) {
  const policies = run.world.clusterPolicies.filter((policy) => policy.tier === tier)
  const sorted = policies.toSorted((a, b) => a.priority - b.priority || byName(a.name, b.name)) // C-2, C-8
  if (new Set(sorted.map(({ isOld }) => isOld)).size > 1) run.hit('C-9') // C-9
  const matches: Match[] = []
  let settled: number | undefined
  for (const policy of sorted) {
    // What a later priority asks does not matter after a match that is sure
    const isLate = settled !== undefined && policy.priority > settled
    const found = firstOf(policy, direction, subject, other, flow, isLate ? aside(run) : run)
    if (found.match !== undefined) matches.push(found.match)
    if (found.match !== undefined && found.isSure) settled ??= policy.priority
  }
  const [first] = matches
  if (first === undefined) return undefined
  const { priority } = first.policy
  const tied = matches.filter(({ policy }) => policy.priority === priority)
  if (matches.some((one) => one.policy.priority !== priority && one.action !== first.action)) run.hit('C-2.priority')
  if (first.action === 'Pass' && matches.length > 1) run.hit('C-5.rest') // C-5: the rest of the tier is skipped
  if (tied.every(({ action }) => action === first.action)) return first
  run.hit('C-8')
  const chosen = askReading(
    run,
    `C-8 ${direction} ${tier}`,
    first.policy.name,
    tied.map(({ policy }) => policy.name),
  ) // C-8
  return tied.find(({ policy }) => policy.name === chosen) ?? first
}
