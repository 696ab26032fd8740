import type { Labels, Selector } from '../../../model/labels.js'
import type { ObjectName } from '../../../model/cluster.js'
import type { Direction } from '../../../model/direction.js'
import type { AnyPeer, AnyPort, SelectorPeer } from '../../../model/policy.js'
import type { PolicyRef } from '../../../model/reference.js'
import type { Path, Source } from '../../../model/source.js'
import type { Action } from '../../../policy/rule-form.js'
import type { SideName } from '../joint-world.js'

/** What an edit is made in, in the order in which edits are left out where several sets of them would do. */
export const AREAS = ['setting', 'node', 'namespace', 'workload', 'policy'] as const

/** The smallest part of the input that differs between two sides. */
export interface Edit {
  readonly area: (typeof AREAS)[number]
  readonly change: 'added' | 'removed' | 'edited' | 'moved'
  readonly of: EditedThing
  /** Where it stands in its object; empty for the object itself, and for a setting. */
  readonly path: Path
  readonly before: EditValue | null
  readonly after: EditValue | null
  /** Where it stands: what was removed in the base, all else in the head. */
  readonly side: SideName
  readonly source: Source
}

/** A policy, another object, or a setting. */
export type EditedThing =
  | { readonly policy: PolicyRef }
  | { readonly object: Omit<ObjectName, 'namespace'> & { readonly namespace: string | null } }
  | { readonly setting: string }

/** What stood there, or stands there now. */
export type EditValue =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'labels'; readonly labels: Labels }
  | { readonly is: 'selector'; readonly selector: Selector }
  | { readonly is: 'subject'; readonly subject: SelectorPeer }
  | { readonly is: 'peers'; readonly peers: readonly AnyPeer[] }
  | { readonly is: 'ports'; readonly ports: readonly AnyPort[] }
  | { readonly is: 'rules'; readonly rules: readonly EditedRule[] }

export interface EditedRule {
  readonly direction: Direction
  readonly action: Action
  readonly peers: readonly AnyPeer[]
  readonly ports: readonly AnyPort[]
}

/** Whether an edit has been made. */
export type HasEdit = (edit: Edit) => boolean

/** A value that edits lead from one side to the other: none of them gives that of the base, all of them that of the head. */
export interface Mixed<Value> {
  readonly edits: readonly Edit[]
  readonly mix: (has: HasEdit) => Value
}

/** The same on both sides. */
export function unedited<Value>(value: Value): Mixed<Value> {
  return { edits: [], mix: () => value }
}

/** One edit leads from one to the other. */
export function either<Value>(edit: Edit, base: Value, head: Value): Mixed<Value> {
  return { edits: [edit], mix: (has) => (has(edit) ? head : base) }
}

/** A text as a value of an edit; null is nothing. */
export function textValue(text: string | null): EditValue | null {
  return text === null ? null : { is: 'text', text }
}

/** What happened where there was something before, after, or both. */
export function changeOf(before: unknown, after: unknown): 'added' | 'removed' | 'edited' {
  return before === null ? 'added' : after === null ? 'removed' : 'edited'
}
