import { checkLabelKey, checkLabelValue } from '../decode/validation.js'

/** A change of one label: of a Namespace its own, of a workload those of its pods. */
export interface LabelChange {
  readonly name: string
  readonly key: string
  /** Null removes the label. */
  readonly value: string | null
}

const FORM = 'write NAME:key=value to set a label, NAME:key- to remove one'

/** Reads `NAME:key=value` or `NAME:key-`; what is wrong with it instead. */
export function readLabelChange(text: string): LabelChange | { readonly problem: string; readonly help: string } {
  const [, name, change = ''] = /^([^:]+):(.+)$/s.exec(text) ?? []
  const [, set, value, removed] = /^([^=]*)=(.*)$|^(.*)-$/s.exec(change) ?? []
  const key = set ?? removed
  if (name === undefined || key === undefined) return { problem: 'is not a change of a label', help: FORM }
  const badKey = checkLabelKey(key)
  if (badKey !== null) return { problem: `has a key that is not valid: ${badKey}`, help: FORM }
  const badValue = value === undefined ? null : checkLabelValue(value)
  if (badValue !== null) return { problem: `has a value that is not valid: ${badValue}`, help: FORM }
  return { name, key, value: value ?? null }
}
