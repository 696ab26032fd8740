import { MAX_PORT, PROTOCOLS, type Protocol } from '../../model/protocol.js'
import type { AnyPort, PortRange } from '../../model/policy.js'
import type { Path } from '../../model/source.js'
import type { Dialect } from './cluster-policy-dialect.js'
import { asInteger, asMap, asString, get, isBlank, withValue, type Field, type MapField } from './fields.js'
import { checkMembers, onlyMember } from './members.js'
import { readProtocol } from './policy-port.js'
import { asStored, storing } from './stored-field.js'
import { refusal, shortPath, warning } from './problem.js'

/** Reads an item of `ports` or `protocols`: one port rule, or one for each protocol that a name may stand for (C-21). */
export function readPortOfCluster(field: Field, dialect: Dialect, entry: number): readonly AnyPort[] {
  const map = asMap(field.value === null ? withValue(field, {}) : field)
  if (map === null) return []
  const at: Path = [dialect.ports, entry]
  return dialect.version === 'v1alpha1' ? readPort(map, at) : readProtocols(map, at)
}

function readPort(map: MapField, at: Path): readonly AnyPort[] {
  const member = onlyMember(map, ['portNumber', 'portRange', 'namedPort'])
  if (member === null) return []
  if (member.name === 'namedPort') return readNamedPort(member.field, at)
  const fields = asMap(member.field)
  if (fields === null) return []
  const numbers = member.name === 'portNumber' ? (['port'] as const) : (['start', 'end'] as const)
  checkMembers(fields, {
    protocol: 'the protocol would be TCP',
    ...Object.fromEntries(numbers.map((one) => [one, ''])),
  })
  const protocol = readStoredProtocol(get(fields, 'protocol'))
  const [first, last] = [readNumber(get(fields, numbers[0])), readNumber(get(fields, numbers.at(-1) ?? 'port'))]
  if (protocol === null || first === null || last === null) return []
  if (member.name === 'portRange' && first >= last) {
    const problem = refusal('NP050', member.field.path, { invalid: `${first}-${last}` }, 'start must be less than end')
    fields.report(asStored(problem))
    return []
  }
  return [{ protocol, port: { first, last }, at }]
}

/** A protocol as v1alpha1 has it: TCP by default, and whatever else is written is stored (C-42). */
function readStoredProtocol({ value, path, report }: Field): Protocol | null {
  return readProtocol({ value, path, report: storing(report) })
}

const MEMBERS = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const satisfies Record<string, Protocol>

function readProtocols(map: MapField, at: Path): readonly AnyPort[] {
  const member = onlyMember(map, ['tcp', 'udp', 'sctp', 'destinationNamedPort'])
  if (member === null) return []
  if (member.name === 'destinationNamedPort') return readNamedPort(member.field, at)
  const fields = asMap(member.field)
  if (fields === null) return []
  checkMembers(fields, { destinationPort: '' })
  const protocol = MEMBERS[member.name]
  const destination = get(fields, 'destinationPort')
  if (isBlank(destination)) {
    const { path } = member.field
    const message = `${shortPath(path)}: should have at least 1 properties`
    const help = `documents of the API say that \`${member.name}: {}\` is every ${protocol} port, and its schema refuses it; write a range from 1 to ${MAX_PORT}`
    fields.report({ code: 'NP053', severity: 'error', path, at: 'value', message, help })
    return [{ protocol, port: null, at }]
  }
  const port = readDestination(destination)
  return port === null ? [] : [{ protocol, port, at }]
}

function readDestination(field: Field): PortRange | null {
  const map = asMap(field)
  const member = map === null ? null : onlyMember(map, ['number', 'range'])
  if (member === null) return null
  if (member.name === 'number') {
    const port = readNumber(member.field)
    return port === null ? null : { first: port, last: port }
  }
  const range = asMap(member.field)
  if (range === null) return null
  checkMembers(range, { start: '', end: '' })
  const [first, last] = [readNumber(get(range, 'start')), readNumber(get(range, 'end'))]
  if (first === null || last === null) return null
  if (first < last) return { first, last }
  const help = first === last ? `write \`number: ${first}\`` : null
  range.report(
    refusal('NP050', range.path, { invalid: `${first}-${last}` }, 'Start port must be less than End port', help),
  )
  return null
}

/** A number from 1 to 65535 that must be there (C-39). */
function readNumber(field: Field): number | null {
  if (isBlank(field)) field.report(refusal('NP010', field.path, 'Required value', 'a port is a number'))
  const port = asInteger(field)
  if (port === null) return null
  if (port >= 1 && port <= MAX_PORT) return port
  const detail = port < 1 ? 'should be greater than or equal to 1' : `should be less than or equal to ${MAX_PORT}`
  field.report(refusal('NP050', field.path, { invalid: port }, detail))
  return null
}

/** A name stands for the ports of a pod that have it, with the protocols that these have (C-21, C-24). */
function readNamedPort(field: Field, at: Path): readonly AnyPort[] {
  const name = asString(field)
  if (name === null) return []
  if (name === '') field.report(warning('NP118', field.path, 'an empty port name stands for no port'))
  return PROTOCOLS.map((protocol) => ({ protocol, port: name, at }))
}
