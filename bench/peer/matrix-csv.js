import { rangeOf } from './ipv4.js'
import { portsOf } from './port-sets.js'

const COLUMNS = ['from', 'to', 'cidrs', 'ports']

/** Whether a text begins with the columns of `netpol-sim matrix -o csv`; there may be more of them. */
export function isMatrixCsv(text) {
  const header = cellsOf(text.slice(0, 1000).split(/\r?\n/, 1)[0])
  return COLUMNS.every((column) => header.includes(column))
}

/** What `netpol-sim matrix -o csv` prints, as rows. Certainty is not compared: others do not know of it. */
export function rowsOfCsv(text) {
  const [header, ...lines] = text.split(/\r?\n/).map(cellsOf)
  const indices = COLUMNS.map((column) => header.indexOf(column))
  return lines
    .filter((cells) => cells.length > 1)
    .map((cells) => {
      const [from, to, cidrs, ports] = indices.map((index) => cells[index] ?? '')
      const outside = from === 'external' || to === 'external'
      if (outside && cidrs === '') throw new Error(`external, but no cidrs: ${cells.join(',')}`)
      return { from, to, ranges: outside ? list(cidrs).flatMap(ipv4) : null, ports: list(ports).map(portsIn) }
    })
}

/** The cells of a line; no cell of a matrix holds a line break. */
function cellsOf(line) {
  const cells = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
}

function list(cell) {
  return cell.split(' ').filter((word) => word !== '')
}

/** Addresses of the other family are left out: netpol-analyzer knows IPv4 only. */
function ipv4(cidr) {
  if (cidr.includes(':')) return []
  const range = rangeOf(cidr)
  if (range === null) throw new Error(`not a CIDR: ${cidr}`)
  return [range]
}

function portsIn(text) {
  const [numbers, protocol = ''] = text.split('/')
  const ports = protocol === '' ? null : portsOf(protocol, numbers)
  if (ports === null) throw new Error(`ports that are not understood: ${text}`)
  return ports
}
