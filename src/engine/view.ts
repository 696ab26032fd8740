import type { Flow } from '../model/flow.js'
import type { CompiledCluster } from './compile.js'
import type { Reading } from './readings.js'

/** A flow under one reading of what the API leaves open. */
export interface View {
  readonly compiled: CompiledCluster
  readonly flow: Flow
  readonly reading: Reading
}
