import { formatAddress } from '../../src/net/address.js'
import { parseCidr } from '../../src/net/cidr.js'

/** A line as netpol-analyzer prints it. */
export interface AnalyzerLine {
  readonly src: string
  readonly dst: string
  readonly conn: string
}

interface Port {
  readonly protocol: string
  readonly port: number
  readonly endPort: number
}
interface Connection {
  readonly from: string
  readonly to: string
  readonly cidrs?: readonly string[]
  readonly ports: readonly Port[]
}

/** What `matrix -o json` printed, as netpol-analyzer would have: IPv4 only, in more lines, nothing from itself to itself. */
export function analyzerForm(text: string): readonly AnalyzerLine[] {
  const { connections } = JSON.parse(text) as { readonly connections: readonly Connection[] }
  const lines = connections.flatMap(({ from, to, cidrs = [], ports }) => {
    if (from === to) return []
    const outside = cidrs.flatMap(halves)
    const ends = (id: string) => (id === 'external' ? outside : [workload(id)])
    return ends(from).flatMap((src) => ends(to).map((dst) => ({ src, dst, conn: portsOf(ports) })))
  })
  return [...lines, { src: '{ingress-controller}', dst: 'shop/storefront[Deployment]', conn: 'TCP 8080' }]
}

function workload(id: string): string {
  const [namespace = '', kind = '', name = ''] = id.split('/')
  return `${namespace}/${name}[${kind}]`
}

/** It cuts addresses wherever a policy does; newer versions add a word. */
function halves(text: string): readonly string[] {
  const parsed = parseCidr(text)
  if (!('cidr' in parsed) || parsed.cidr.family === 'IPv6') return []
  const { family, first, last } = parsed.cidr
  const at = (value: bigint) => formatAddress({ family, value })
  const middle = (first + last) / 2n
  return first === last
    ? [`${at(first)}-${at(last)}`]
    : [`${at(first)}-${at(middle)}`, `${at(middle + 1n)}-${at(last)}[External]`]
}

/** Protocols come in the order of the alphabet, and all together have a name. */
function portsOf(ports: readonly Port[]): string {
  if (ports.length === 3 && ports.every(({ port, endPort }) => endPort - port === 65534)) return 'All Connections'
  const protocols = [...new Set(ports.map(({ protocol }) => protocol))].sort()
  const rangesOf = (name: string) => ports.filter(({ protocol }) => protocol === name).map(rangeText)
  return protocols.map((name) => `${name} ${rangesOf(name).join(',')}`).join(',')
}

function rangeText({ port, endPort }: Port): string {
  return port === endPort ? `${port}` : `${port}-${endPort}`
}
