import type { Certainty } from './verdict.js'

/** The remarks that an answer can carry, and how sure the answer is where one of them decides. */
export const NOTES = {
  'ipblock-pod-address': 'undefined',
  'host-network': 'undefined',
  'own-node-egress': 'undefined',
  'service-hairpin': 'undefined',
  'service-address': 'undefined',
  'pod-address-unknown': 'indeterminate',
  'host-address-unknown': 'indeterminate',
  'name-address-unknown': 'indeterminate',
  'namespace-labels-unknown': 'indeterminate',
  'label-unpredictable': 'indeterminate',
  'node-unknown': 'indeterminate',
  'node-address-unknown': 'indeterminate',
  'source-rewritten': 'undefined',
  'ambient-mesh': 'undefined',
  'no-shared-family': 'indeterminate',
  'families-differ': 'indeterminate',
  'certainty-estimated': 'indeterminate',
  'address-is-pod': 'certain',
  'address-is-node': 'certain',
  'address-is-service': 'certain',
  'pod-addresses-in-range': 'certain',
  'service-addresses-in-range': 'certain',
  'port-not-declared': 'certain',
  'service-port': 'certain',
  'service-port-mapped': 'certain',
  'headless-port': 'certain',
  'service-endpoints-left-out': 'certain',
  'init-container-port': 'certain',
  'knative-requests': 'certain',
  'namespace-assumed': 'certain',
  'dns-closed': 'certain',
  'scaled-to-zero': 'certain',
  'described-peer': 'certain',
  'same-pod': 'certain',
  'split-peers': 'certain',
  'split-rules': 'certain',
} as const satisfies Record<string, Certainty>

/** A code of {@link NOTES}. */
export type NoteCode = keyof typeof NOTES
