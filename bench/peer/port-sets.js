const MAX_PORT = 65535

/** Every port of every protocol. */
export const ALL_PORTS = ['SCTP', 'TCP', 'UDP'].map((protocol) => ({ protocol, first: 1, last: MAX_PORT }))

/** The ports of `80` or `8000-8100`; null for other text. */
export function portsOf(protocol, text) {
  const [, start, end = start] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const [first, last] = [Number(start), Number(end)]
  return first >= 1 && first <= last && last <= MAX_PORT ? { protocol, first, last } : null
}

/** The same text for the same ports, however they were written: `TCP 80-90,443 UDP 53`. */
export function portsText(ports) {
  const protocols = [...new Set(ports.map(({ protocol }) => protocol))].sort()
  const text = protocols.map((name) => `${name} ${merged(ports.filter(({ protocol }) => protocol === name))}`).join(' ')
  return text === EVERYTHING ? 'all ports' : text
}

const EVERYTHING = ALL_PORTS.map(({ protocol }) => `${protocol} 1-${MAX_PORT}`).join(' ')

function merged(ports) {
  const whole = []
  for (const { first, last } of ports.toSorted((a, b) => a.first - b.first)) {
    const before = whole.at(-1)
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last)
    else whole.push({ first, last })
  }
  return whole.map(({ first, last }) => (first === last ? first : `${first}-${last}`)).join(',')
}
