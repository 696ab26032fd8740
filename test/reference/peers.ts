import { get, list, unset } from './json.js'
import type { Party } from './parties.js'
import { ask, type Run } from './run.js'
import { isEmptySelector, labelValue, type Lookup, selectorMatches } from './selectors.js'

const NAME_LABEL = 'kubernetes.io/metadata.name'
export const SOME_OTHER_VALUE = 'a-value-that-nobody-wrote'

export function namespaceLookup(name: string, run: Run): Lookup {
  return (key, about) => {
    for (const namespace of run.world.namespaces) {
      if (namespace.name !== name) continue
      const own = labelValue(namespace.labels, key)
      if (key !== NAME_LABEL) return own
      run.hit(own === undefined || own === name ? 'A-27' : 'A-27.other-value')
      return name // whatever the manifest says
    }
    if (key === NAME_LABEL) {
      run.hit('A-28.name')
      return name // the one label that is certain
    }
    run.hit('A-28')
    const value = ask(run, `A-28 ${name} ${key}`, null, [...about, SOME_OTHER_VALUE])
    return typeof value === 'string' ? value : undefined
  }
}

function selectorPeerMatches(peer: unknown, policyNamespace: string, other: Party, run: Run): boolean {
  if (other.kind !== 'pod') {
    run.hit('A-25')
    return false
  }
  if (other.pod.hostNetwork && run.readings.hostNetwork === 'ignore') {
    run.hit('A-64.peer')
    return false
  }
  const pod = other.pod
  const hasPods = !unset(get(peer, 'podSelector')) // null is "not set"
  const hasNamespaces = !unset(get(peer, 'namespaceSelector'))
  for (const key of ['podSelector', 'namespaceSelector']) {
    const selector = get(peer, key)
    if (selector === null) run.hit('A-24.null')
    else if (selector !== undefined && isEmptySelector(selector)) run.hit('A-24.all') // matches all
  }
  const podLookup: Lookup = (key) => labelValue(pod.labels, key)
  if (hasPods && !hasNamespaces) {
    run.hit('A-21')
    return pod.namespace === policyNamespace && selectorMatches(get(peer, 'podSelector'), podLookup, run.hit)
  }
  const namespaceMatches = selectorMatches(get(peer, 'namespaceSelector'), namespaceLookup(pod.namespace, run), run.hit)
  if (!hasPods) {
    run.hit('A-22')
    return namespaceMatches
  }
  run.hit('A-23')
  return namespaceMatches && selectorMatches(get(peer, 'podSelector'), podLookup, run.hit)
}

export interface PeerMatch {
  matched: boolean
  byBlock: boolean
}

/** All peers are looked at, even after a match, so that every unknown thing is asked about. */
export function peersMatch(
  peers: unknown,
  policyNamespace: string,
  other: Party,
  blockMatches: boolean,
  run: Run,
): PeerMatch {
  if (list(peers).length === 0) {
    run.hit('A-20')
    return { matched: true, byBlock: false }
  }
  let bySelector = false
  let selectors = 0
  let blocks = 0
  for (const peer of list(peers)) {
    if (!unset(get(peer, 'ipBlock')))
      blocks++ // then no selectors
    else {
      selectors++
      if (selectorPeerMatches(peer, policyNamespace, other, run)) bySelector = true
    }
  }
  if (selectors > 0 && bySelector !== blockMatches && blocks > 0) run.hit('A-29') // OR-ed
  return { matched: bySelector || blockMatches, byBlock: blockMatches }
}
