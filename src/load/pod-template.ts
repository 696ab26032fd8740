import type { ContainerPort } from '../model/cluster.js'
import type { Labels } from '../model/labels.js'
import { asBoolean, asInteger, asList, asMap, asString, get, isBlank, type Field, type MapField } from './fields.js'
import { readLabels } from './metadata.js'
import { checkPortNameField, checkPortNumber, readProtocol } from './policy-port.js'
import { refusal } from './problem.js'

/** What a Pod or the pod template of a workload says that matters to policies. */
export interface PodTemplate {
  readonly labels: Labels
  readonly ports: readonly ContainerPort[]
  readonly hostNetwork: boolean
  readonly node: string | null
}

/** Reads `metadata.labels` and `spec` of a Pod or pod template; the rest of a PodSpec is not looked at. */
export function readPodTemplate(template: MapField): PodTemplate {
  const metadata = asMap(get(template, 'metadata'))
  const spec = asMap(get(template, 'spec'))
  return {
    labels: metadata === null ? new Map<string, string>() : readLabels(get(metadata, 'labels')),
    ports: spec === null ? [] : readPorts(spec),
    hostNetwork: spec !== null && asBoolean(get(spec, 'hostNetwork')) === true,
    node: spec === null ? null : asString(get(spec, 'nodeName')),
  }
}

/** Containers first, then native sidecars; plain init containers declare nothing (A-54g, A-81). */
function readPorts(spec: MapField): readonly ContainerPort[] {
  const containers = asList(get(spec, 'containers'))
  const sidecars = asList(get(spec, 'initContainers')).filter((container) => {
    const map = asMap(container)
    return map !== null && asString(get(map, 'restartPolicy')) === 'Always'
  })
  return [...containers, ...sidecars].flatMap(readContainerPorts)
}

function readContainerPorts(container: Field): readonly ContainerPort[] {
  const map = asMap(container)
  if (map === null) return []
  const names = new Set<string>()
  return asList(get(map, 'ports')).flatMap((item) => {
    const port = readContainerPort(item)
    if (port?.name == null) return port === null ? [] : [port]
    if (names.has(port.name)) {
      const path = [...item.path, 'name']
      item.report(refusal('NP026', path, { invalid: port.name }, 'a container may use a port name only once'))
    }
    names.add(port.name)
    return [port]
  })
}

function readContainerPort(item: Field): ContainerPort | null {
  const map = asMap(item)
  if (map === null) return null
  const [numberField, nameField] = [get(map, 'containerPort'), get(map, 'name')]
  const port = asInteger(numberField)
  if (port === null) {
    if (isBlank(numberField)) item.report(refusal('NP010', numberField.path, 'Required value', 'a port needs a number'))
    return null
  }
  const name = asString(nameField)
  const protocol = readProtocol(get(map, 'protocol'))
  if (!checkPortNumber(numberField, port) || protocol === null) return null
  if (name === null || name === '') return { name: null, protocol, port }
  return checkPortNameField(nameField, name) ? { name, protocol, port } : null
}
