import type { Flow } from '../model/flow.js'
import type { Completion } from './completions.js'
import type { CompiledCluster } from './compile.js'
import type { Reading } from './readings.js'

/** A flow under one reading of what the API leaves open. */
export interface View {
  readonly compiled: CompiledCluster
  readonly flow: Flow
  readonly reading: Reading
  /** Guesses at labels that the input does not say; left out, there are none. */
  readonly completion?: Completion
}
