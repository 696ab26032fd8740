import type { NoteCode } from '../model/note.js'
import type { PolicyRef } from '../model/reference.js'
import type { Path } from '../model/source.js'

/** A point that the input does not settle, or that the API leaves open, where a verdict may rest on it. */
export interface Doubt {
  readonly code: NoteCode
  /** What is in doubt: a label key, a namespace, a pod; the wording follows from the code. */
  readonly about: string
  /** The field whose match is in doubt, such as `to[1]` of a rule, and its policy. */
  readonly site: DoubtSite | null
  /** The label that the input does not say, where the doubt is about one. */
  readonly label?: UnknownLabel
}

/** A label whose value is unknown, of a namespace, a pod or a node; the same unknown wherever `id` is the same. */
export interface UnknownLabel {
  readonly id: string
  readonly of: 'namespace' | 'pod' | 'node'
  readonly key: string
}

/** A field of a policy. */
export interface DoubtSite {
  readonly policy: Pick<PolicyRef, 'namespace' | 'name'>
  readonly path: Path
}

/** A yes or no, and the missing input that could make it the other one; without doubts it is sure. */
export interface Truth {
  readonly value: boolean
  readonly doubts: readonly Doubt[]
}

export const YES: Truth = { value: true, doubts: [] }
export const NO: Truth = { value: false, doubts: [] }

export function sure(value: boolean): Truth {
  return value ? YES : NO
}

/** A value that the doubt makes unsure. */
export function doubtful(value: boolean, doubt: Doubt): Truth {
  return { value, doubts: [doubt] }
}

/** Whether it could turn out to be this value. */
export function canBe(value: boolean, truth: Truth): boolean {
  return truth.value === value || truth.doubts.length > 0
}

/** And: a part that is surely false settles it; otherwise a no could turn only if all its false parts did. */
export function all(parts: readonly Truth[]): Truth {
  return combine(parts, false)
}

/** Or: the mirror image of {@link all}. */
export function any(parts: readonly Truth[]): Truth {
  return combine(parts, true)
}

/** Kleene and/or: a certain dominant operand decides; otherwise any operand that could change the result makes it uncertain. */
function combine(parts: readonly Truth[], settling: boolean): Truth {
  // Nearly all there is to combine is sure
  if (parts.every(({ doubts }) => doubts.length === 0)) {
    return sure(parts.some(({ value }) => value === settling) === settling)
  }
  const deciding = parts.filter(({ value }) => value === settling)
  if (deciding.some(({ doubts }) => doubts.length === 0)) return sure(settling)
  const relevant = deciding.length > 0 ? deciding : parts
  return { value: deciding.length > 0 ? settling : !settling, doubts: relevant.flatMap(({ doubts }) => doubts) }
}

/** If the condition holds the first, else the second; in doubt where one that may be meant could turn out otherwise. */
export function branch(condition: Truth, met: Truth, unmet: Truth): Truth {
  const [taken, other] = condition.value ? [met, unmet] : [unmet, met]
  if (condition.doubts.length === 0) return taken
  const otherTurns = canBe(!taken.value, other)
  if (!otherTurns && taken.doubts.length === 0) return taken
  const ofOther = otherTurns ? [...condition.doubts, ...other.doubts] : []
  return { value: taken.value, doubts: [...ofOther, ...taken.doubts] }
}

/**
 * Whether the policies that may select a pod let a connection through: one that does has a matching rule, or none
 * selects it, and it is allowed otherwise. Exact where the doubts of different policies are independent; `settle` finds those that are not.
 */
export function allowedBy(
  policies: readonly { readonly selects: Truth; readonly matches: Truth }[],
  otherwise: Truth = YES,
): Truth {
  const isSelected = policies.some(({ selects }) => selects.value)
  const value = isSelected ? policies.some(({ selects, matches }) => selects.value && matches.value) : otherwise.value
  const canBeFree = policies.every(({ selects }) => canBe(false, selects))
  const canTurn = value
    ? (canBeFree && canBe(false, otherwise)) ||
      (policies.every(({ selects, matches }) => canBe(false, selects) || canBe(false, matches)) &&
        policies.some(({ selects, matches }) => canBe(true, selects) && canBe(false, matches)))
    : (canBeFree && canBe(true, otherwise)) ||
      policies.some(({ selects, matches }) => canBe(true, selects) && canBe(true, matches))
  if (!canTurn) return sure(value)
  const ofPolicies = policies.flatMap(({ selects, matches }) => [...selects.doubts, ...matches.doubts])
  return { value, doubts: canBeFree ? [...ofPolicies, ...otherwise.doubts] : ofPolicies }
}
