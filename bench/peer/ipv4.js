const LAST = 2 ** 32 - 1

/** The addresses of `1.2.3.0-1.2.3.255`, of a CIDR or of an address, as numbers, both included; null for other text. */
export function rangeOf(text) {
  const [start, end] = text.split('-')
  if (end !== undefined) return between(addressOf(start), addressOf(end))
  const [base, bits = '32'] = text.split('/')
  const first = addressOf(base)
  if (first === null || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return null
  const size = 2 ** (32 - Number(bits))
  const network = first - (first % size)
  return between(network, network + size - 1)
}

function between(first, last) {
  return first === null || last === null || first > last ? null : { first, last }
}

function addressOf(text) {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null
  const octets = text.split('.').map(Number)
  return octets.some((octet) => octet > 255) ? null : octets.reduce((sum, octet) => sum * 256 + octet, 0)
}

/** `1.2.3.0-1.2.3.255`; all there are as `any address`. */
export function rangeText({ first, last }) {
  if (first === 0 && last === LAST) return 'any address'
  return first === last ? addressText(first) : `${addressText(first)}-${addressText(last)}`
}

function addressText(number) {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}
