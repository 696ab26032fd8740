import { parseAddress, type Address } from '../net/address.js'
import { parseCidr, type Cidr } from '../net/cidr.js'
import type { Selector } from '../model/labels.js'
import { peerKindOf } from '../model/kind-words.js'
import { parseLabelSelector } from './label-selector.js'
import { misworded, ok, type Result } from './question-error.js'

/** A peer as the user wrote it, before it is looked up in a cluster. */
export type PeerQuestion =
  | { readonly kind: 'any' }
  | { readonly kind: 'internet' }
  | { readonly kind: 'external' }
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'cidr'; readonly cidr: Cidr }
  | { readonly kind: 'labels'; readonly namespace: string; readonly selector: Selector }
  | { readonly kind: 'name'; readonly readings: readonly NameReading[] }

/** One way to read a name; `object` null is any kind, `*` in a namespace or name stands for anything. */
export interface NameReading {
  readonly namespace: string
  readonly object: string | null
  readonly name: string
}

const FORMS =
  'a peer is NAME, NAMESPACE/NAME, NAMESPACE/KIND/NAME, NAMESPACE/LABEL=VALUE, an address, a CIDR, any, internet or external'

/** Reads a peer by the rules of the grammar, in their order: words, addresses, labels, names. */
export function parsePeer(text: string, namespace: string): Result<PeerQuestion> {
  if (text === 'any' || text === 'internet' || text === 'external') return ok({ kind: text })
  const address = parseAddress(text)
  if (address !== null) return ok({ kind: 'address', address })
  if (/^[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*\/\d+$/.test(text)) {
    const parsed = parseCidr(text)
    return 'cidr' in parsed
      ? ok({ kind: 'cidr', cidr: parsed.cidr })
      : misworded(`\`${text}\`: ${parsed.problem}`, parsed.help)
  }
  if (text.includes('=')) return parseLabels(text, namespace)
  const segments = text.split('/')
  if (!segments.every(isName) || segments.length > 3) {
    return misworded(`\`${text}\` is not a peer`, FORMS)
  }
  return ok({ kind: 'name', readings: readingsOf(segments, namespace) })
}

function parseLabels(text: string, namespace: string): Result<PeerQuestion> {
  const slash = text.indexOf('/')
  const split = slash >= 0 && slash < text.indexOf('=')
  if (split && !isName(text.slice(0, slash))) return misworded(`\`${text}\` is not a peer`, FORMS)
  const selector = parseLabelSelector(split ? text.slice(slash + 1) : text)
  if (!selector.ok) return selector
  return ok({ kind: 'labels', namespace: split ? text.slice(0, slash) : namespace, selector: selector.value })
}

function isName(segment: string): boolean {
  return /^[A-Za-z0-9*][-A-Za-z0-9.*_]*$/.test(segment)
}

function readingsOf(segments: readonly string[], namespace: string): readonly NameReading[] {
  const [a = '', b, c] = segments
  if (b === undefined) return [{ namespace, object: null, name: a }]
  if (c !== undefined) return [{ namespace: a, object: peerKindOf(b) ?? b, name: c }]
  const object = peerKindOf(a)
  const inNamespace = { namespace: a, object: null, name: b }
  return object === null ? [inNamespace] : [{ namespace, object, name: b }, inNamespace]
}
