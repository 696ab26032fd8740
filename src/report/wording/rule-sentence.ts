import type { Direction } from '../../model/direction.js'
import { NAMESPACE_NAME_LABEL, type Selector } from '../../model/labels.js'
import type { PortRule, SelectorPeer } from '../../model/policy.js'
import { PROTOCOLS } from '../../model/protocol.js'
import { grouped } from '../../model/grouped.js'
import type { GoverningRule } from '../../analyze/governing-policies.js'
import { rangeText, requirementText } from './near-miss.js'

type FormRule = GoverningRule['rule']
type FormPeer = FormRule['peers'][number]

/** What a rule says, as one sentence: `from pods app=web in this namespace, TCP 8080`. */
export function ruleSentence({ peers, ports }: FormRule, direction: Direction): string {
  const word = direction === 'ingress' ? 'from' : 'to'
  const whom = peers.length === 0 ? 'anybody' : [...new Set(peers.map(peerText))].join(' or ')
  return `${word} ${whom}, ${portsSentence(ports)}`
}

/** `pods app=web in this namespace`, `10.0.0.0/8 except 10.1.0.0/16`. */
export function peerText(peer: FormPeer): string {
  switch (peer.kind) {
    case 'selector':
      return selectorPeerText(peer)
    case 'ip-block': {
      const except = peer.except.map(({ text }) => text)
      return `${peer.cidr.text}${except.length === 0 ? '' : ` except ${except.join(', ')}`}`
    }
    case 'nodes':
      return peer.nodes.requirements.length === 0 ? 'all nodes' : `nodes with ${selectorText(peer.nodes)}`
    case 'domain-names':
      return peer.names.join(' or ')
    case 'unknown':
      return 'nobody that is known'
  }
}

/** Pods by label: of the policy's own namespace, of some namespaces, or of all. */
function selectorPeerText({ namespaces, pods }: SelectorPeer): string {
  const which = pods === null || pods.requirements.length === 0 ? 'all pods' : `pods ${selectorText(pods)}`
  return `${which} ${namespaceText(namespaces)}`
}

function namespaceText(namespaces: Selector | null): string {
  if (namespaces === null) return 'in this namespace'
  if (namespaces.requirements.length === 0) return 'in all namespaces'
  const [only, ...more] = namespaces.requirements
  if (only !== undefined && more.length === 0 && only.key === NAMESPACE_NAME_LABEL && only.operator === 'In')
    return only.values.length === 1 ? `in namespace ${only.values.join()}` : `in namespaces ${only.values.join(', ')}`
  return `in namespaces with ${selectorText(namespaces)}`
}

function selectorText({ requirements }: Selector): string {
  return requirements.map(requirementText).join(' and ')
}

/** `TCP 8080, 9090 and UDP 53`, `all TCP ports`, `ports named web`, `all ports`. */
function portsSentence(ports: readonly PortRule[]): string {
  if (ports.length === 0) return 'all ports'
  const named = namesOfAnyProtocol(ports)
  const others = ports.filter(({ port }) => typeof port !== 'string' || !named.includes(port))
  const byProtocol = [...grouped(others, ({ protocol }) => protocol)].map(([protocol, some]) => {
    if (some.some(({ port }) => port === null)) return `all ${protocol} ports`
    const names = some.map(({ port }) => (port === null ? '' : typeof port === 'string' ? port : rangeText(port)))
    return `${protocol} ${[...new Set(names)].join(', ')}`
  })
  return [...byProtocol, ...(named.length === 0 ? [] : [`ports named ${named.join(', ')}`])].join(' and ')
}

/** Names that stand for a port of every protocol, as they do in policies of the cluster (C-21, C-24). */
function namesOfAnyProtocol(ports: readonly PortRule[]): readonly string[] {
  const byName = grouped(ports, ({ port }) => port)
  return [...byName].flatMap(([name, some]) =>
    typeof name === 'string' && new Set(some.map(({ protocol }) => protocol)).size === PROTOCOLS.length ? [name] : [],
  )
}
