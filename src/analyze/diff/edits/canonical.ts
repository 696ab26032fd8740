import type { Selector } from '../../../model/labels.js'
import type { AnyPeer, PortRule, SelectorPeer } from '../../../model/policy.js'
import type { FormRule } from '../../../policy/rule-form.js'
import type { AddressRange } from '../../../net/ranges.js'

/** Equal for selectors that say the same in another order or form (A-31, A-33). */
function selectorKey(selector: Selector | null): string {
  if (selector === null) return '-'
  const requirements = selector.requirements.map(({ key, operator, values }) =>
    JSON.stringify([key, operator, [...new Set(values)].sort()]),
  )
  return [...new Set(requirements)].sort().join(' ')
}

export function subjectKey({ namespaces, pods }: SelectorPeer): string {
  // Without a selector every pod is meant, as with an empty one (A-3)
  return `${selectorKey(namespaces)}|${selectorKey(pods ?? { requirements: [] })}`
}

export function peerKey(peer: AnyPeer): string {
  switch (peer.kind) {
    case 'ip-block':
      return `${rangeText(peer.cidr)} ${[...new Set(peer.except.map(rangeText))].sort().join()}`
    case 'selector':
      return `${selectorKey(peer.namespaces)}|${selectorKey(peer.pods ?? { requirements: [] })}`
    case 'nodes':
      return `nodes ${selectorKey(peer.nodes)}`
    case 'domain-names':
      return `names ${[...new Set(peer.names)].sort().join()}`
    case 'unknown':
      return 'unknown'
  }
}

function rangeText({ family, first, last }: AddressRange): string {
  return `${family} ${first}-${last}`
}

export function portKey({ protocol, port }: PortRule): string {
  return `${protocol} ${typeof port === 'string' ? port : port === null ? '*' : `${port.first}-${port.last}`}`
}

/** Equal for rules that open the same, however their entries are ordered. */
export function ruleKey({ action, peers, ports }: FormRule): string {
  const keys = (texts: readonly string[]) => [...new Set(texts)].sort()
  return JSON.stringify([action, keys(peers.map(peerKey)), keys(ports.map(portKey))])
}
