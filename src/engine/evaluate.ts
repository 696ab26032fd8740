import { orient, type Flow } from '../model/flow.js'
import type { Direction } from '../model/direction.js'
import { NOTES } from '../model/note.js'
import { policyName } from '../model/reference.js'
import { rulesNamed, VERDICT_OF, type Certainty, type Verdict } from '../model/verdict.js'
import type { RuleForm } from '../policy/rule-form.js'
import type { CompiledCluster } from './compile.js'
import { AS_IT_STANDS, settle, type Completion } from './completions.js'
import { evaluateDirection, type DirectionVerdict } from './direction.js'
import {
  chosenReading,
  combinations,
  nameOfEnd,
  openPoints,
  readOtherwise,
  tiePoints,
  type OpenPoint,
  type Reading,
} from './readings.js'
import { all, type Doubt, type DoubtSite, type Truth } from './truth.js'

/** A flow, decided: both directions must allow it. */
export interface FlowVerdict {
  readonly verdict: Verdict
  readonly certainty: Certainty
  readonly egress: DirectionVerdict
  readonly ingress: DirectionVerdict
  /** What is in doubt in either direction, even where the other one settles the verdict. */
  readonly doubts: readonly Doubt[]
}

/** Decides a flow, and finds out whether another reading of an open point or missing input could change that. */
export function evaluate(compiled: CompiledCluster, flow: Flow): FlowVerdict {
  const reading = chosenReading(compiled)
  const decided = decide(compiled, flow, reading)
  const tied = namesOf([...(decided.egress.tied ?? []), ...(decided.ingress.tied ?? [])])
  const points = [...openPoints(compiled, flow), ...(tied === '' ? [] : tiePoints(tied))]
  const value = decided.allows.value
  const others = combinations(points)
    .slice(1)
    .map((set) => ({ set, ...decide(compiled, flow, readOtherwise(reading, set)) }))
  const readAlike = [decided, ...others].filter(({ allows }) => allows.value === value)
  const certainty: Certainty = readAlike.some(({ allows }) => allows.doubts.length > 0)
    ? 'indeterminate'
    : readAlike.length <= others.length
      ? 'undefined'
      : 'certain'
  const { egress, ingress } = decided
  const found = [
    ...others.flatMap(({ set, ...other }) => doubtsOf(flow, set, decided, other)),
    ...egress.allows.doubts,
    ...ingress.allows.doubts,
  ]
  // Where only several points together could change the answer, none of them was found alone.
  const unexplained = certainty !== 'certain' && !found.some(({ code }) => NOTES[code] === certainty)
  const witness = unexplained
    ? others.find(({ allows }) =>
        certainty === 'undefined' ? allows.value !== value : allows.value === value && allows.doubts.length > 0,
      )
    : undefined
  const joint = (witness?.set ?? []).map(({ code, about }): Doubt => ({ code, about, site: null }))
  return {
    verdict: VERDICT_OF[egress.reason.kind] === 'allow' ? VERDICT_OF[ingress.reason.kind] : 'deny',
    certainty,
    egress,
    ingress,
    doubts: [...found, ...joint, ...(witness?.allows.doubts ?? [])],
  }
}

interface Decision {
  readonly egress: DirectionVerdict
  readonly ingress: DirectionVerdict
  readonly allows: Truth
}

function decide(compiled: CompiledCluster, flow: Flow, reading: Reading): Decision {
  const look = (direction: Direction, completion: Completion = AS_IT_STANDS) =>
    evaluateDirection({ compiled, flow, reading, completion }, direction)
  const apart = (direction: Direction): DirectionVerdict => {
    const found = look(direction)
    return {
      ...found,
      allows: settle(found.allows, (completion) => look(direction, completion).allows, compiled.labelValues),
    }
  }
  const [egress, ingress] = [apart('egress'), apart('ingress')]
  // Each may be in doubt while both together are not: what one end lets out, the other may keep out, and the reverse
  const together = (completion: Completion) =>
    all([look('egress', completion).allows, look('ingress', completion).allows])
  return { egress, ingress, allows: settle(all([egress.allows, ingress.allows]), together, compiled.labelValues) }
}

/** An open point is worth a note where reading it the other way, and nothing else, changes a direction. */
function doubtsOf(flow: Flow, set: readonly OpenPoint[], decided: Decision, other: Decision): readonly Doubt[] {
  const [point] = set
  if (point === undefined || set.length > 1) return []
  const changed = (['egress', 'ingress'] as const).filter(
    (direction) => decided[direction].allows.value !== other[direction].allows.value,
  )
  return changed.map((direction) => {
    if (point.point === 'ties') return { code: point.code, about: namesOf(decided[direction].tied ?? []), site: null }
    if (point.point === 'baseline')
      return { code: point.code, about: nameOfEnd(orient(flow, direction).subject), site: null }
    if (point.point !== 'ipblockPods') return { code: point.code, about: point.about, site: null }
    // A block of the policies at one end meets the address of the other end
    const about = nameOfEnd(orient(flow, direction).peer)
    return { code: point.code, about, site: blockThatMatched(decided[direction]) }
  })
}

/** `a` and `b`: policies of a cluster by their names. */
function namesOf(policies: readonly RuleForm[]): string {
  return policies.map(({ ref }) => `\`${policyName(ref)}\``).join(' and ')
}

function blockThatMatched({ reason }: DirectionVerdict): DoubtSite | null {
  const [rule] = rulesNamed(reason)
  return rule === undefined ? null : { policy: rule.policy, path: rule.path }
}
