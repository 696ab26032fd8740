import { CLUSTER_PEER_CODES } from './cluster-peers.js'
import { CLUSTER_POLICY_CODES } from './cluster-policies.js'
import { CLUSTER_TIER_CODES } from './cluster-tiers.js'
import { DIRECTION_CODES } from './directions.js'
import { INPUT_CODES, QUESTION_CODES } from './input.js'
import { OBJECT_CODES } from './objects.js'
import type { Entry } from './entry.js'
import { PEER_CODES } from './peers.js'
import { PORT_CODES } from './ports.js'
import { SELECTOR_CODES } from './selectors.js'
import { SETTINGS_CODES } from './settings.js'
import { TEST_CODES } from './tests.js'
import { TEXT_CODES } from './text.js'

/**
 * Every code. They are stable: NP0xx keep a run from answering, but for what an answer can do without, NP1xx are warnings and
 * remarks, NP2xx findings. A code is never used again for another meaning.
 */
const ALL = {
  ...INPUT_CODES,
  ...QUESTION_CODES,
  ...SETTINGS_CODES,
  ...TEXT_CODES,
  ...OBJECT_CODES,
  ...PEER_CODES,
  ...PORT_CODES,
  ...SELECTOR_CODES,
  ...DIRECTION_CODES,
  ...CLUSTER_POLICY_CODES,
  ...CLUSTER_PEER_CODES,
  ...CLUSTER_TIER_CODES,
  ...TEST_CODES,
}

/** A code of a message. */
export type Code = keyof typeof ALL

/** Everything about each code: title, severity, page, advice. */
export const ENTRIES: Readonly<Record<Code, Entry>> = ALL
