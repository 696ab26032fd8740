import { rangeOf } from './ipv4.js'
import { ALL_PORTS, portsOf } from './port-sets.js'

/** What `netpol-analyzer list -o json` prints, as rows; workloads get the ids that they have in `netpol-sim`. */
export function rowsOfAnalyzer(text) {
  return parsed(text).flatMap(({ src, dst, conn }) => {
    // `{ingress-controller}` and its like are no manifests: netpol-analyzer tells them from Ingress and Route objects
    if ([src, dst].some((end) => /^\{.*\}$/.test(end))) return []
    const [from, to] = [endOf(src), endOf(dst)]
    return [{ from: from.id, to: to.id, ranges: from.ranges ?? to.ranges ?? null, ports: connectionOf(conn) }]
  })
}

function parsed(text) {
  let list
  try {
    list = JSON.parse(text)
  } catch (error) {
    throw new Error(`its JSON cannot be parsed: ${error.message}`, { cause: error })
  }
  const wrong = list.find((entry) => ['src', 'dst', 'conn'].some((key) => typeof entry?.[key] !== 'string'))
  if (wrong !== undefined) throw new Error(`src, dst and conn are expected, not ${JSON.stringify(wrong)}`)
  return list
}

function endOf(text) {
  const addresses = text.replace(/\[External\]$/, '').split(',')
  const ranges = addresses.map((address) => rangeOf(address.trim()))
  if (!ranges.includes(null)) return { id: 'external', ranges }
  const [, namespace, name, kind] = /^([^/[\]]+)\/([^/[\]]+)\[([^[\]]+)\]$/.exec(text) ?? []
  if (kind === undefined) throw new Error(`neither a workload nor IPv4 addresses: ${text}`)
  return { id: `${namespace}/${kind}/${name}` }
}

/** `TCP 80,443,8000-8100,UDP 53`: a protocol holds until the next one. */
function connectionOf(text) {
  if (text === 'All Connections') return ALL_PORTS
  if (text === 'No Connections' || text === '') return []
  let protocol = ''
  return text.split(',').map((part) => {
    const words = part.trim().split(' ')
    if (words.length === 2) protocol = words[0]
    const ports = protocol === '' || words.length > 2 ? null : portsOf(protocol, words.at(-1))
    if (ports === null) throw new Error(`ports that are not understood: ${text}`)
    return ports
  })
}
