import { asInteger, asList, asMap, asString, get, isBlank, type Field, type MapField } from './fields.js'
import { checkDnsLabel } from './validation.js'
import { checkPortNameField, checkPortNumber, readProtocol } from './policy-port.js'
import { refusal, softened } from './problem.js'

const CODE = 'NP034'

/** Warns of what is wrong with the ports of a Service (B-41): no answer that does not ask for it rests on them. */
export function checkServicePorts(spec: MapField): void {
  const ports = asList(get(spec, 'ports', softened(spec.report)))
  const names = new Set<string>()
  const pairs = new Set<string>()
  for (const item of ports) checkPort(item, ports.length > 1, names, pairs)
}

function checkPort(item: Field, needsName: boolean, names: Set<string>, pairs: Set<string>): void {
  const map = asMap(item)
  if (map === null) return
  checkName(get(map, 'name'), needsName, names)
  const protocolField = get(map, 'protocol')
  const protocol = protocolField.value === '' ? 'TCP' : readProtocol(protocolField, CODE)
  const numberField = get(map, 'port')
  const port = asInteger(numberField)
  if (port !== null) {
    const isValid = checkPortNumber(numberField, port, CODE)
    const pair = `${port}/${String(protocol)}`
    if (isValid && pairs.has(pair)) {
      item.report(refusal(CODE, item.path, { invalid: pair }, 'a Service may use a port and protocol only once'))
    }
    pairs.add(pair)
  } else if (isBlank(numberField)) {
    item.report(refusal(CODE, numberField.path, 'Required value', 'a port of a Service needs a number'))
  }
  checkTarget(get(map, 'targetPort'))
}

/** Where there are several ports each needs a name, a DNS label that no other has. */
function checkName(field: Field, needed: boolean, names: Set<string>): void {
  const name = asString(field)
  if (name === null || name === '') {
    if (needed && (isBlank(field) || name === '')) {
      field.report(refusal(CODE, field.path, 'Required value', 'a Service with several ports names each of them'))
    }
    return
  }
  const complaint = checkDnsLabel(name)
  if (complaint !== null) field.report(refusal(CODE, field.path, { invalid: name }, complaint))
  else if (names.has(name)) {
    field.report(refusal(CODE, field.path, { invalid: name }, 'a Service may use a port name only once'))
  }
  names.add(name)
}

/** A number or the name of a container port; 0 and an empty text mean the port of the Service. */
function checkTarget(field: Field): void {
  if (typeof field.value === 'string') {
    if (field.value !== '') checkPortNameField(field, field.value, CODE)
    return
  }
  const port = asInteger(field)
  if (port !== null && port !== 0) checkPortNumber(field, port, CODE)
}
