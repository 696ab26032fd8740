import type { Cluster } from '../model/cluster.js'
import { ruleForms } from '../policy/rule-forms.js'
import type { Parties } from './party.js'

/**
 * The host outside the cluster that a text names, where rules tell hosts apart by their names (C-18); null where none does, since it
 * is more likely a misspelt name then, and for what is not a host name of at least two labels.
 */
export function hostCalled({ policies }: Pick<Cluster, 'policies'>, text: string): Parties | null {
  if (!isHostName(text)) return null
  const isNamed = ruleForms(policies).some(({ rules }) =>
    rules.egress.some(({ peers }) => peers.some(({ kind }) => kind === 'domain-names')),
  )
  return isNamed
    ? { parties: [{ kind: 'host', name: text.toLowerCase() }], wildcard: false, family: null, addressOf: null }
    : null
}

/** Names of Services are not what rules allow by name. */
function isHostName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.')
  const [last = ''] = labels.slice(-1)
  if (labels.length < 2 || /^(?:svc|local)$/i.test(last)) return false
  return /[a-z]/i.test(last) && labels.every((label) => /^[a-z0-9](?:[-a-z0-9_]*[a-z0-9])?$/i.test(label))
}
