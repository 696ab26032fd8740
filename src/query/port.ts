import type { ClusterService, ServicePort } from '../model/cluster.js'
import { MAX_PORT, PROTOCOLS, type Protocol } from '../model/protocol.js'
import { parseAddress } from '../net/address.js'
import { misworded, ok, type Result } from './question-error.js'

/** Which ports a question is about. */
export type PortQuestion =
  /** No port: the whole set of open ports, measured by what the destination declares. */
  | { readonly kind: 'whole-set' }
  | { readonly kind: 'range'; readonly protocols: readonly Protocol[]; readonly first: number; readonly last: number }
  /** A name, which each destination pod resolves, with its declared protocol or only the one given. */
  | { readonly kind: 'name'; readonly name: string; readonly protocol: Protocol | null }
  /** Ports of a Service, which each of its pods resolves. */
  | { readonly kind: 'service'; readonly service: ClusterService; readonly ports: readonly ServicePort[] }

const FORMS = 'a port is 8080, 53/UDP, http, 8000-8100/TCP or any'

/** Reads `PORT[/PROTO]`: a number (TCP unless it says otherwise), a range, a name, or `any`. */
export function parsePort(text: string): Result<PortQuestion> {
  const [what = '', given, ...rest] = text.split('/')
  if (rest.length > 0) return misworded(`\`${text}\` is not a port`, FORMS)
  const protocol = given === undefined ? null : PROTOCOLS.find((known) => known === given.toUpperCase())
  if (protocol === undefined) {
    return misworded(`unknown protocol \`${given ?? ''}\`: NetworkPolicies support TCP, UDP and SCTP`, FORMS)
  }
  if (what === 'any') return range(protocol === null ? PROTOCOLS : [protocol], 1, MAX_PORT)
  const numbers = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(what)
  if (numbers !== null) {
    const [first, last] = [Number(numbers[1]), Number(numbers[2] ?? numbers[1])]
    if (first < 1 || last > MAX_PORT || first > last)
      return misworded(`\`${what}\` is not a port between 1 and 65535`, FORMS)
    return range([protocol ?? 'TCP'], first, last)
  }
  if (!/^[-a-z0-9]{1,15}$/.test(what) || !/[a-z]/.test(what)) return misworded(`\`${text}\` is not a port`, FORMS)
  return ok({ kind: 'name', name: what, protocol })
}

function range(protocols: readonly Protocol[], first: number, last: number): Result<PortQuestion> {
  return ok({ kind: 'range', protocols, first, last })
}

/** Splits `PEER:PORT` at the last colon; an IPv6 address or CIDR takes a port only in brackets. */
export function splitPort(text: string): { readonly peer: string; readonly port: string | null } {
  // A described peer has a colon of its own
  const [, prefix = '', rest = text] = /^(labels:)(.*)$/.exec(text) ?? []
  if (prefix !== '') {
    const split = splitPort(rest)
    return { ...split, peer: `${prefix}${split.peer}` }
  }
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text)
  if (bracketed !== null) return { peer: bracketed[1] ?? '', port: bracketed[2] ?? null }
  const colon = text.lastIndexOf(':')
  if (colon < 0 || text.indexOf(':') !== colon) return { peer: text, port: null }
  return { peer: text.slice(0, colon), port: text.slice(colon + 1) }
}

/** What to write for an IPv6 address whose last group may be a port, where both make sense; null for everything else. */
export function eitherPort(text: string): string | null {
  const [, address, port] = /^([0-9a-f:]+):(\d{2,5})$/i.exec(text) ?? []
  if (address === undefined || port === undefined || Number(port) > MAX_PORT) return null
  if (parseAddress(text) === null || parseAddress(address) === null) return null
  return `did you mean \`[${address}]:${port}\`? The address alone is \`[${text}]\``
}
