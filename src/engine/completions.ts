import { criteriaOf } from '../policy/criteria.js'
import { valuesByKey } from '../policy/mentioned.js'
import type { RuleForm } from '../policy/rule-form.js'
import { sure, type Truth, type UnknownLabel } from './truth.js'

/** What labels that the input does not say are taken to be, by the id of the unknown; null is an absent label. */
export type Completion = ReadonlyMap<string, string | null>

/** As things stand: nothing is guessed. */
export const AS_IT_STANDS: Completion = new Map()

/** So many guesses are tried for one direction of a flow; beyond them a doubt stays one. */
const MOST_GUESSES = 256
/** Where more is in doubt each guess takes longer, so that there are fewer of them. */
const DOUBTS_OF_A_GUESS = 64

/**
 * Finds out whether doubts about labels can turn a truth at all, by trying what the labels could be: `env=prod` and no
 * `env` of one namespace are not two independent doubts, one of them holds. `under` decides again with some labels known.
 */
export function settle(truth: Truth, under: (completion: Completion) => Truth, valuesOf: LabelValues): Truth {
  let left = MOST_GUESSES
  const holds = ({ value, doubts }: Truth, completion: Completion): boolean => {
    if (value !== truth.value) return false
    if (doubts.length === 0) return true
    const unknown = doubts.find(({ label }) => label !== undefined)?.label
    if (unknown === undefined) return false
    const values = valuesOf(unknown)
    const cost = 1 + Math.floor(truth.doubts.length / DOUBTS_OF_A_GUESS)
    // Every value has to be tried: where that is too much, none needs to be
    if (values.length * cost > left) return false
    return values.every((guess) => {
      left -= cost
      if (left < 0) return false
      const completed = new Map(completion).set(unknown.id, guess)
      return holds(under(completed), completed)
    })
  }
  const isLabel = truth.doubts.some(({ label }) => label !== undefined)
  return isLabel && holds(truth, AS_IT_STANDS) ? sure(truth.value) : truth
}

/** All that policies can tell the values of a label apart by: those that they name, another one, and none. */
export type LabelValues = (label: UnknownLabel) => readonly (string | null)[]

/** Collects the values that the selectors of policies name. */
export function labelValues(policies: readonly RuleForm[]): LabelValues {
  const { pods, namespaces, nodes } = criteriaOf(policies)
  const named = { pod: valuesByKey(pods), namespace: valuesByKey(namespaces), node: valuesByKey(nodes) }
  // No label value contains a blank
  const others = ['another value', null]
  const all = {
    namespace: new Map<string, readonly (string | null)[]>(),
    pod: new Map<string, readonly (string | null)[]>(),
    node: new Map<string, readonly (string | null)[]>(),
  }
  return ({ of, key }) => {
    const values = all[of].get(key) ?? [...(named[of].get(key) ?? []), ...others]
    all[of].set(key, values)
    return values
  }
}
