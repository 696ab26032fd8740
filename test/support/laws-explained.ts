import { expect } from 'vitest'
import type { Cluster, DirectionResult, FlowResult } from '../../src/index.js'
import type { Question } from '../reference/evaluate.js'
import { clusterOf, endText, everywhere, textOf, type Sample } from './laws.js'
import { checked } from './laws-check.js'
import {
  dictOf,
  DIRECTIONS,
  mapPolicies,
  nameOf,
  namespaceOf,
  rulesOf,
  typed,
  withSpec,
  type Dict,
  type Direction,
  type Json,
} from './laws-json.js'
import { inFamily } from './laws-ports.js'

/** One direction of an answer, with the question. */
export interface Explained extends DirectionResult {
  readonly question: Question
  readonly direction: Direction
  /** An end has no known address, so that blocks of several rules can hold it which none of them holds alone. */
  readonly joinsBlocks: boolean
}

/** How answers call a policy. */
export const nameIn = (policy: Dict): string => `${namespaceOf(policy)}/${nameOf(policy)}`
/** The policies that isolate. */
export const names = ({ policies }: DirectionResult): readonly string[] =>
  policies.map((one) => `${one.namespace}/${one.name}`)
/** How answers call a rule. */
export const pathOf = (direction: Direction, index: number): string => `spec.${direction}[${index}]`

/** The one answer to a question of the sample, with everything that can be said. */
export function ask(cluster: Cluster, question: Question, { options }: Sample): FlowResult {
  const { protocol, port, family } = question
  const asked = { from: endText(question.from), to: endText(question.to), port: `${port}/${protocol}` }
  const { flows } = checked(cluster, asked, options, { verbose: true })
  const [flow, ...more] = flows.filter(inFamily(family))
  if (flow === undefined || more.length > 0) throw new Error(`${textOf(question)} has not one answer`)
  return flow
}

/**
 * Looks among the answers for a direction that is explained in some way. An answer that holds in two address families
 * names what matched in either of them, so only questions that mean one family are asked.
 */
function explained(sample: Sample, wanted: (one: Explained) => boolean): Explained | null {
  const cluster = clusterOf(sample.objects)
  for (const question of sample.random.shuffled(sample.questions)) {
    if (question.family !== undefined) continue
    const flow = ask(cluster, question, sample)
    for (const direction of sample.random.shuffled(DIRECTIONS)) {
      const joinsBlocks = flow.notes.some(({ code }) => code.endsWith('-address-unknown'))
      const one = { ...flow[direction], direction, question, joinsBlocks }
      if (wanted(one)) return one
    }
  }
  return null
}

/** What becomes of an explanation that is taken at its word: the reason after the policies were changed accordingly. */
export function acting(
  name: string,
  wanted: (one: Explained) => boolean,
  change: (policy: Dict, one: Explained) => Dict | readonly Dict[],
  reason: DirectionResult['reason'],
): void {
  everywhere(
    name,
    (sample) => {
      const one = explained(sample, wanted)
      if (one === null) return false
      const changed = mapPolicies(sample.objects, (policy) => change(policy, one))
      const after = ask(clusterOf(changed), one.question, sample)
      const told = { question: textOf(one.question), direction: one.direction }
      expect({ ...told, reason: after[one.direction].reason }).toEqual({ ...told, reason })
      if (reason === 'no-rule-matched') expect(after.verdict).toBe('deny')
      return true
    },
    0.8,
  )
}

/** The policy with the rules of a direction changed, by their paths; the isolation stays. */
export function withRules(
  policy: Dict,
  direction: Direction,
  change: (rule: Dict, path: string) => readonly Json[],
): Dict {
  const rules = rulesOf(policy, direction).flatMap((rule, index) => change(dictOf(rule), pathOf(direction, index)))
  return withSpec(typed(policy), { [direction]: rules })
}
