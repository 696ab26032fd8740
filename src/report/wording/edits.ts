import type { EditedRule, EditValue } from '../../analyze/diff/edits/edit.js'
import type { Labels, Selector } from '../../model/labels.js'
import type { AnyPeer, PortRule, SelectorPeer } from '../../model/policy.js'
import { few } from '../short-ids.js'
import { portsText, requirementText } from './near-miss.js'

/** So many entries of a list are told. */
const MOST = 4

/** A value of an edit in words; null is nothing. */
export function valueText(value: EditValue | null): string | null {
  if (value === null) return null
  switch (value.is) {
    case 'text':
      return value.text
    case 'labels':
      return labelsText(value.labels)
    case 'selector':
      return selectorText(value.selector)
    case 'subject':
      return podsText(value.subject)
    case 'peers':
      return few(value.peers.map(peerText), MOST)
    case 'ports':
      return few(value.ports.map(portRuleText), MOST)
    case 'rules':
      return few(value.rules.map(ruleText), MOST)
  }
}

function labelsText(labels: Labels): string {
  return few(
    [...labels].map(([key, value]) => `${key}=${value}`),
    MOST,
  )
}

function selectorText({ requirements }: Selector): string {
  return requirements.map(requirementText).join(',')
}

function podsText({ namespaces, pods }: SelectorPeer): string {
  const which = pods === null || pods.requirements.length === 0 ? 'all pods' : `pods ${selectorText(pods)}`
  if (namespaces === null) return which
  const where = namespaces.requirements.length === 0 ? 'all namespaces' : `namespaces ${selectorText(namespaces)}`
  return `${which} in ${where}`
}

function peerText(peer: AnyPeer): string {
  switch (peer.kind) {
    case 'selector':
      return podsText(peer)
    case 'ip-block': {
      const holes = peer.except.map(({ text }) => text)
      return `${peer.cidr.text}${holes.length === 0 ? '' : ` except ${few(holes, MOST)}`}`
    }
    case 'nodes':
      return peer.nodes.requirements.length === 0 ? 'all nodes' : `nodes ${selectorText(peer.nodes)}`
    case 'domain-names':
      return few(peer.names, MOST)
    case 'unknown':
      return 'a peer that is not known'
  }
}

function portRuleText({ protocol, port }: PortRule): string {
  if (typeof port === 'string') return `${port}/${protocol}`
  return portsText(port ?? { first: 1, last: 65535 }, protocol)
}

function ruleText({ direction, action, peers, ports }: EditedRule): string {
  const who = peers.length === 0 ? 'anybody' : few(peers.map(peerText), MOST)
  const which = ports.length === 0 ? 'all ports' : few(ports.map(portRuleText), MOST)
  return `${action === 'accept' ? '' : `${action} `}${direction === 'ingress' ? 'from' : 'to'} ${who} on ${which}`
}
