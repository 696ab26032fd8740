import { NOTES, type NoteCode } from '../model/note.js'
import type { Certainty } from '../model/verdict.js'

/** A point that the API leaves open or the input does not settle, where a verdict may rest on it. */
export interface Doubt {
  readonly code: NoteCode
  /** What is in doubt: a label key, a namespace, a node; the wording follows from the code. */
  readonly about: string
  /** The field whose match is in doubt, such as `spec.egress[0].to[1]`, and its policy. */
  readonly site: DoubtSite | null
}

/** A field of a policy. */
export interface DoubtSite {
  readonly policy: { readonly namespace: string; readonly name: string }
  readonly path: string
}

/**
 * A yes or no under the default readings, and whether it could be the other one. The bits of `flips` say when:
 * by other readings of undefined points alone, by missing input alone, by both together.
 */
export interface Truth {
  readonly value: boolean
  readonly flips: number
  readonly doubts: readonly Doubt[]
}

const BY_READING = 1
const BY_INPUT = 2
const BY_BOTH = 4
const BITS = [BY_READING, BY_INPUT, BY_BOTH] as const

const BITS_OF: Readonly<Record<Certainty, number>> = {
  certain: 0,
  undefined: BY_READING | BY_BOTH,
  indeterminate: BY_INPUT | BY_BOTH,
}

export const YES: Truth = { value: true, flips: 0, doubts: [] }
export const NO: Truth = { value: false, flips: 0, doubts: [] }

export function sure(value: boolean): Truth {
  return value ? YES : NO
}

/** A value that the doubt makes uncertain. */
export function doubtful(value: boolean, doubt: Doubt): Truth {
  return { value, flips: BITS_OF[NOTES[doubt.code]], doubts: [doubt] }
}

/** The value under the default reading, where the doubt allows another reading with another value. */
export function either(standard: Truth, alternative: Truth, doubt: Doubt): Truth {
  const reachable = alternative.value === standard.value ? alternative.flips : BY_READING | BY_INPUT | BY_BOTH
  const added = reachable & BITS_OF[NOTES[doubt.code]]
  return added === 0
    ? standard
    : {
        value: standard.value,
        flips: standard.flips | added,
        doubts: [...standard.doubts, doubt, ...alternative.doubts],
      }
}

/** And. A part that is surely false settles it; otherwise a no turns only if all its false parts do. */
export function all(parts: readonly Truth[]): Truth {
  const failing = parts.filter((part) => !part.value)
  return failing.length === 0 ? turnsWithAny(true, parts) : turnsWithAll(false, failing)
}

/** Or: the mirror image of {@link all}. */
export function any(parts: readonly Truth[]): Truth {
  const holding = parts.filter((part) => part.value)
  return holding.length === 0 ? turnsWithAny(false, parts) : turnsWithAll(true, holding)
}

/**
 * Whether the policies that may select a pod let a connection through: none selects it, or one that does has a
 * matching rule. Exact where the doubts of different policies are independent.
 */
export function allowedBy(policies: readonly { readonly selects: Truth; readonly matches: Truth }[]): Truth {
  const value =
    !policies.some(({ selects }) => selects.value) ||
    policies.some(({ selects, matches }) => selects.value && matches.value)
  const canTurn = (bit: number) =>
    value
      ? !policies.some(({ selects, matches }) => !canBe(false, selects, bit) && !canBe(false, matches, bit)) &&
        policies.some(({ selects, matches }) => canBe(true, selects, bit) && canBe(false, matches, bit))
      : policies.every(({ selects }) => canBe(false, selects, bit)) ||
        policies.some(({ selects, matches }) => canBe(true, selects, bit) && canBe(true, matches, bit))
  const flips = BITS.reduce<number>((bits, bit) => (canTurn(bit) ? bits | bit : bits), 0)
  if (flips === 0) return sure(value)
  return { value, flips, doubts: policies.flatMap(({ selects, matches }) => [...selects.doubts, ...matches.doubts]) }
}

/** How far the value can be trusted; what only both kinds of doubt together could turn counts as indeterminate. */
export function certaintyOf({ flips }: Truth): Certainty {
  if ((flips & BY_INPUT) !== 0) return 'indeterminate'
  if ((flips & BY_READING) !== 0) return 'undefined'
  return flips === 0 ? 'certain' : 'indeterminate'
}

function canBe(value: boolean, truth: Truth, bit: number): boolean {
  return truth.value === value || (truth.flips & bit) !== 0
}

function turnsWithAny(value: boolean, parts: readonly Truth[]): Truth {
  const flips = parts.reduce((bits, part) => bits | part.flips, 0)
  return flips === 0 ? sure(value) : { value, flips, doubts: parts.flatMap((part) => part.doubts) }
}

function turnsWithAll(value: boolean, parts: readonly Truth[]): Truth {
  const flips = parts.reduce((bits, part) => bits & part.flips, BY_READING | BY_INPUT | BY_BOTH)
  return flips === 0 ? sure(value) : { value, flips, doubts: parts.flatMap((part) => part.doubts) }
}
