import type { Code } from '../codes/entries.js'
import type { Severity } from '../codes/entry.js'
import type { Place } from './source.js'

export type { Severity }

/** Something that loading has to say about the input. The shape is public: `-o json` prints it. */
export interface Diagnostic extends Place {
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  /** What to do about it, or null. */
  readonly help: string | null
  /** `NetworkPolicy shop/db`, or null where no object is concerned. */
  readonly object: string | null
  /** The field path as Kubernetes writes it, or null. */
  readonly path: string | null
}
