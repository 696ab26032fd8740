import type { ContainerPort } from '../../model/cluster.js'
import type { Labels } from '../../model/labels.js'
import { asBoolean, asInteger, asList, asMap, asString, get, isBlank, type Field, type MapField } from './fields.js'
import { checkAnnotations, readLabels } from './metadata.js'
import { checkPortNameField, checkPortNumber, readProtocol } from './policy-port.js'
import { refusal, softened } from './problem.js'

/** What a Pod or the pod template of a workload says that matters to policies. */
export interface PodTemplate {
  readonly labels: Labels
  /** What stands in `labels` beside the template's `metadata`, where no cluster looks for labels. */
  readonly strayLabels?: Labels
  readonly ports: readonly ContainerPort[]
  /** Those of plain init containers. */
  readonly initPorts: readonly ContainerPort[]
  readonly hostNetwork: boolean
  readonly node: string | null
}

/** How the ports of a PodSpec are read. */
type PortsOf = (spec: MapField, hostNetwork: boolean) => Pick<PodTemplate, 'ports' | 'initPorts'>

/** Reads `metadata.labels` and `spec` of a pod template. */
export function readPodTemplate(template: MapField, portsOf: PortsOf = readPorts): PodTemplate {
  const metadata = asMap(get(template, 'metadata'))
  const labels = metadata === null ? new Map<string, string>() : readLabels(get(metadata, 'labels'))
  if (metadata !== null) checkAnnotations(get(metadata, 'annotations', softened(metadata.report)))
  return { labels, strayLabels: strayLabels(template), ...readPodSpec(template, portsOf) }
}

function strayLabels(template: MapField): Labels {
  const { value } = get(template, 'labels')
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
  return new Map(entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : [])))
}

/** Reads `spec` of a Pod or pod template; most of a PodSpec is not looked at. */
export function readPodSpec(template: MapField, portsOf: PortsOf = readPorts): Omit<PodTemplate, 'labels'> {
  const spec = asMap(get(template, 'spec'))
  const hostNetwork = spec !== null && asBoolean(get(spec, 'hostNetwork')) === true
  return {
    ...(spec === null ? { ports: [], initPorts: [] } : portsOf(spec, hostNetwork)),
    hostNetwork,
    node: spec === null ? null : asString(get(spec, 'nodeName')),
  }
}

/** Containers first, then native sidecars; what plain init containers declare counts for nothing (A-54g, A-81) and is not checked. */
function readPorts(spec: MapField, hostNetwork: boolean): ReturnType<PortsOf> {
  const initial = asList(get(spec, 'initContainers')).map((container) => {
    const map = asMap(container)
    const isSidecar = map !== null && asString(get(map, 'restartPolicy')) === 'Always'
    const read = isSidecar ? container : { value: container.value, path: container.path, report: () => undefined }
    return { isSidecar, ports: readContainerPorts(read, hostNetwork) }
  })
  const initialPorts = (wanted: boolean) =>
    initial.flatMap(({ isSidecar, ports }) => (isSidecar === wanted ? ports : []))
  const main = asList(get(spec, 'containers')).flatMap((container) => readContainerPorts(container, hostNetwork))
  return { ports: [...main, ...initialPorts(true)], initPorts: initialPorts(false) }
}

function readContainerPorts(container: Field, hostNetwork: boolean): readonly ContainerPort[] {
  const map = asMap(container)
  if (map === null) return []
  const names = new Set<string>()
  return asList(get(map, 'ports')).flatMap((item) => {
    const port = readContainerPort(item, hostNetwork)
    if (port?.name == null) return port === null ? [] : [port]
    if (names.has(port.name)) {
      const path = [...item.path, 'name']
      item.report(refusal('NP026', path, { invalid: port.name }, 'a container may use a port name only once'))
    }
    names.add(port.name)
    return [port]
  })
}

function readContainerPort(item: Field, hostNetwork: boolean): ContainerPort | null {
  const map = asMap(item)
  if (map === null) return null
  const [numberField, nameField] = [get(map, 'containerPort'), get(map, 'name')]
  const port = asInteger(numberField)
  if (port === null) {
    if (isBlank(numberField)) item.report(refusal('NP026', numberField.path, 'Required value', 'a port needs a number'))
    return null
  }
  const name = asString(nameField)
  const protocolField = get(map, 'protocol')
  const protocol = protocolField.value === '' ? 'TCP' : readProtocol(protocolField, 'NP026')
  const hostPort = asInteger(get(map, 'hostPort')) ?? 0
  if (hostNetwork && hostPort !== 0 && hostPort !== port) {
    const help = 'on the network of the host both are one port: leave `hostPort` out'
    item.report(refusal('NP026', numberField.path, { invalid: port }, 'must match `hostPort`', help))
  }
  const numberIsValid = checkPortNumber(numberField, port, 'NP026')
  const nameIsValid = name === null || name === '' || checkPortNameField(nameField, name, 'NP026')
  if (!numberIsValid || !nameIsValid || protocol === null) return null
  return { name: name === '' ? null : name, protocol, port }
}
