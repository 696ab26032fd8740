import { kindMeantBy } from '../model/kind-words.js'

/** Kinds that are no ends of a connection. */
const NO_PEERS: ReadonlySet<string> = new Set([
  'Namespace',
  'NetworkPolicy',
  'ClusterNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
])

/** The kind of a peer that a word means, in any case, or null. */
export function kindOf(word: string): string | null {
  const kind = kindMeantBy(word)
  return kind === null || NO_PEERS.has(kind) ? null : kind
}
