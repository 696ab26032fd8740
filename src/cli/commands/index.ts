import type { CommandDefinition } from '../command.js'
import { CHECK } from './check.js'
import { COMPLETION } from './completion.js'
import { DEMO } from './demo.js'
import { DIFF } from './diff.js'
import { EXPLAIN } from './explain.js'
import { INIT } from './init.js'
import { MATRIX } from './matrix.js'
import { POLICIES } from './policies.js'
import { TEST } from './test.js'

/** Every command that people type, in the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  CHECK,
  MATRIX,
  POLICIES,
  TEST,
  DIFF,
  INIT,
  EXPLAIN,
  COMPLETION,
  DEMO,
]
