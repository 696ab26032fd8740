import { ENTRIES, type Code } from './entries.js'
import type { Entry } from './entry.js'

/** What a message needs to know of its code. */
export type Facts = Pick<Entry, 'severity' | 'isRefused' | 'help'>

/** The facts of each code. The build puts them here as data, so that the pages are not loaded with them. */
export const FACTS: Readonly<Record<Code, Facts>> = Object.fromEntries(
  Object.entries(ENTRIES).map(([code, { severity, isRefused, help }]) => [code, { severity, isRefused, help }]),
) as Record<Code, Facts>
