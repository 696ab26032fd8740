import type { Selector } from '../model/labels.js'
import { once } from '../model/once.js'
import { MAX_PORT } from '../model/protocol.js'
import type { IpBlock, PortRange, PortRule, SelectorPeer } from '../model/policy.js'
import { covers as coversRanges } from '../net/ranges.js'
import { blockRanges } from '../engine/unknown-address.js'
import type { FormRule } from '../policy/rule-form.js'

/**
 * Whether a rule matches all that another one does, as far as that can be read from both: each peer of the other is one of
 * its own or less, and each port.
 */
export function covers(rule: FormRule, other: FormRule): boolean {
  return coversPorts(rule, other) && coversPeers(rule, other)
}

function coversPeers({ peers }: FormRule, { peers: others }: FormRule): boolean {
  if (peers.length === 0) return true
  return others.length > 0 && others.every((other) => peers.some((peer) => coversPeer(peer, other)))
}

type FormPeer = FormRule['peers'][number]

function coversPeer(peer: FormPeer, other: FormPeer): boolean {
  if (peer.kind === 'selector' && other.kind === 'selector') return coversSelector(peer, other)
  if (peer.kind === 'ip-block' && other.kind === 'ip-block') return coversBlock(peer, other)
  return false
}

/** Pods of all namespaces are more than pods of some; an equal selector is as much. */
function coversSelector(peer: SelectorPeer, other: SelectorPeer): boolean {
  const isMore = (one: SelectorPeer['pods'], less: SelectorPeer['pods']) =>
    one === null || one.requirements.length === 0 || textOf(one) === textOf(less)
  // Without a selector of namespaces a peer means the policy's own namespace
  const inNamespaces =
    peer.namespaces === null
      ? false
      : isMore(peer.namespaces, other.namespaces) && peer.namespaces.requirements.length === 0
  return (inNamespaces || textOf(peer.namespaces) === textOf(other.namespaces)) && isMore(peer.pods, other.pods)
}

/** Equal for selectors that are written alike. */
function textOf(selector: SelectorPeer['pods']): string {
  return selector === null ? '' : textOfSelector(selector)
}

const textOfSelector = once((selector: Selector) => JSON.stringify(selector))

function coversBlock(peer: IpBlock, other: IpBlock): boolean {
  return blockRanges(other).every((range) => coversRanges(blockRanges(peer), range))
}

function coversPorts({ ports }: FormRule, { ports: others }: FormRule): boolean {
  if (ports.length === 0) return true
  return others.length > 0 && others.every((other) => ports.some((port) => coversPort(port, other)))
}

function coversPort({ protocol, port }: PortRule, other: PortRule): boolean {
  if (protocol !== other.protocol) return false
  if (typeof port === 'string' || typeof other.port === 'string') return port === null || port === other.port
  const [range, inner] = [rangeOf(port), rangeOf(other.port)]
  return range.first <= inner.first && inner.last <= range.last
}

function rangeOf(port: PortRange | null): PortRange {
  return port ?? { first: 1, last: MAX_PORT }
}
