import type { Diagnostic } from '../model/diagnostic.js'
import { grouped } from '../model/grouped.js'

/** The first of several messages that say the same of different places, and how many more there are. */
export interface Gathered {
  readonly diagnostic: Diagnostic
  readonly more: number
}

/** Gathers messages that differ only in names, values and places. */
export function gather(diagnostics: readonly Diagnostic[]): readonly Gathered[] {
  const groups = grouped(diagnostics, ({ code, severity, message }) =>
    [code, severity, message.replace(/`[^`]*`|\S*:\d+:\d+|\d+/g, '#')].join(' '),
  )
  return [...groups.values()].flatMap(([diagnostic, ...others]) =>
    diagnostic === undefined ? [] : [{ diagnostic, more: others.length }],
  )
}
