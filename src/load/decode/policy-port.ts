import type { Code } from '../../codes/entries.js'
import { MAX_PORT, PROTOCOLS, type Protocol } from '../../model/protocol.js'
import type { PortRule } from '../../model/policy.js'
import {
  asInteger,
  asMap,
  asString,
  checkKeys,
  get,
  isBlank,
  wrongType,
  type Field,
  type MapField,
  withValue,
} from './fields.js'
import { checkPortName } from './validation.js'
import { refusal, warning } from './problem.js'
import { portWithout } from './without-field.js'

const KEYS = { protocol: '', port: '', endPort: '' }

const RANGE = 'must be between 1 and 65535, inclusive'

/** Reads one item of `ports`; a null item is an empty one, an absent protocol is TCP. */
export function readPolicyPort(field: Field): PortRule | null {
  const map = asMap(field.value === null ? withValue(field, {}) : field)
  if (map === null) return null
  checkKeys(map, KEYS, portWithout)
  const protocol = readProtocol(get(map, 'protocol'))
  const port = readPort(map)
  if (protocol === null || port === undefined) return null
  if (port === null) {
    const others = PROTOCOLS.filter((other) => other !== protocol).join(' and ')
    field.report(
      warning(
        'NP117',
        field.path,
        `a port entry without a port opens every ${protocol} port and no ${others}`,
        'to open everything leave `ports` out',
      ),
    )
  }
  return { protocol, port }
}

/** A protocol as the API has it: exactly one of three words (B-13), TCP where it is blank. */
export function readProtocol(field: Field, code: Code = 'NP016'): Protocol | null {
  const text = isBlank(field) ? 'TCP' : asString(field)
  if (text === null) return null
  const protocol = PROTOCOLS.find((known) => known === text)
  if (protocol !== undefined) return protocol
  const meant = PROTOCOLS.find((known) => known === text.toUpperCase())
  const help = meant === undefined ? null : `write ${meant}`
  field.report(refusal(code, field.path, { unsupported: text }, 'supported values: TCP, UDP, SCTP', help))
  return null
}

/** A number of 1 to 65535, or null with a report (B-15). */
export function checkPortNumber(field: Field, port: number, code: Code = 'NP017'): boolean {
  if (port >= 1 && port <= MAX_PORT) return true
  field.report(refusal(code, field.path, { invalid: port }, RANGE))
  return false
}

/** A port name, or a report of every rule that it breaks (B-14). */
export function checkPortNameField(field: Field, name: string, code: Code = 'NP018'): boolean {
  const complaints = checkPortName(name)
  const help = code === 'NP018' ? remedyFor(name) : null
  for (const complaint of complaints) field.report(refusal(code, field.path, { invalid: name }, complaint, help))
  return complaints.length === 0
}

/** What somebody who wrote this for the port of a policy may have meant. */
function remedyFor(name: string): string | null {
  if (name === '') return 'for every port leave `port` out'
  if (/^\d+$/.test(name)) return `in quotes it is a port name; write ${name} without quotes`
  const [, first, last] = /^(\d+)\s*[-:]\s*(\d+)$/.exec(name) ?? []
  if (first !== undefined && last !== undefined) return `write the range as port: ${first} and endPort: ${last}`
  return checkPortName(name.toLowerCase()).length === 0 ? `write ${name.toLowerCase()}` : null
}

/** The `port` of an entry with its `endPort`; undefined where it is refused, for `refused` is a port name like others. */
function readPort(map: MapField): PortRule['port'] | undefined {
  const [field, endField] = [get(map, 'port'), get(map, 'endPort')]
  const end = asInteger(endField)
  if (end === null && !isBlank(endField)) return undefined
  if (isBlank(field)) {
    if (end === null) return null
    refuseEnd(endField, end, 'may not be specified when `port` is not specified')
    return undefined
  }
  if (typeof field.value === 'string') {
    if (end !== null) refuseEnd(endField, end, 'may not be specified when `port` is non-numeric')
    return checkPortNameField(field, field.value) && end === null ? field.value : undefined
  }
  if (typeof field.value !== 'number') {
    wrongType(field, 'a whole number or a port name')
    return undefined
  }
  const port = asInteger(field)
  if (port === null) return undefined
  const valid = checkPortNumber(field, port)
  if (end === null) return valid ? { first: port, last: port } : undefined
  const ordered = end >= port
  if (!ordered) refuseEnd(endField, end, 'must be greater than or equal to `port`')
  return checkPortNumber(endField, end) && ordered && valid ? { first: port, last: end } : undefined
}

function refuseEnd(field: Field, end: number, detail: string): void {
  field.report(refusal('NP019', field.path, { invalid: end }, detail))
}
