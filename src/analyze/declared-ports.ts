import type { ClusterService, ContainerPort, Pod, ServicePort } from '../model/cluster.js'
import { once } from '../model/once.js'
import { serviceName } from '../query/backends.js'
import { suggestForPort } from '../query/did-you-mean.js'
import { isByEndpoints, usedEndpoints } from '../query/endpoints.js'
import type { Parties, Party } from '../query/party.js'
import type { PortQuestion } from '../query/port.js'
import { matchesNothing, misworded, type Result } from '../query/question-error.js'

/** The ports that the pods of a destination declare, each once; none outside the cluster. */
export function declaredPorts(party: Party): readonly ContainerPort[] {
  return party.kind === 'workload' ? declaredBy(party.pods) : []
}

const declaredBy = once((pods: readonly Pod[]): readonly ContainerPort[] => {
  const same = new Map<string, ContainerPort>()
  // Replicas share the list of their template
  for (const ports of new Set(pods.map(({ ports }) => ports))) {
    for (const declared of ports) {
      const key = `${declared.port}/${declared.protocol}`
      if (!same.has(key)) same.set(key, declared)
    }
  }
  return [...same.values()]
})

/** The ports of a destination that a name stands for; a question by name has told apart pods that differ in them. */
export function portsNamed(party: Party, name: string): readonly ContainerPort[] {
  return party.kind === 'workload' ? (party.pods[0]?.ports ?? []).filter((port) => port.name === name) : []
}

/** Whether a port is asked by a name although the destination has addresses outside the cluster (A-54d). */
export function meansNothing(parties: readonly Party[], { kind }: PortQuestion): boolean {
  return kind === 'name' && parties.some((party) => party.kind === 'outside')
}

/** Why a question about a port name found no port. */
export function undeclaredPort({ parties }: Pick<Parties, 'parties'>, port: PortQuestion): Result<never> {
  if (port.kind === 'service' && isByEndpoints(port.service)) return unlistedPort(port.service, port.ports)
  const [target] = port.kind === 'service' ? port.ports.filter((one) => typeof one.target === 'string') : []
  if (target !== undefined)
    return undeclaredPort({ parties }, { kind: 'name', name: String(target.target), protocol: target.protocol })
  if (port.kind !== 'name') return misworded('the question is about no port')
  const workloads = parties.filter((party) => party.kind === 'workload')
  if (meansNothing(parties, port) || workloads.length === 0)
    return misworded(`the port name \`${port.name}\` means nothing outside a pod`, 'give a number')
  const initial = workloads
    .flatMap(({ pods }) => pods.flatMap(({ initPorts }) => initPorts))
    .find(({ name }) => name === port.name)
  const names = workloads.flatMap(({ pods }) =>
    pods.flatMap(({ ports }) => ports.flatMap(({ name }) => (name === null ? [] : [name]))),
  )
  const protocol = port.protocol === null ? '' : ` for ${port.protocol}`
  return matchesNothing(
    `the destination declares no port named \`${port.name}\`${protocol}`,
    initial === undefined
      ? suggestForPort(port.name, names)
      : `an init container declares it as ${initial.port}/${initial.protocol}, and init containers have ended when the pod serves`,
  )
}

/** Why a port of a Service leads to none of its endpoints: their ports have other names. */
function unlistedPort(service: ClusterService, asked: readonly ServicePort[]): Result<never> {
  const text = (name: string) => (name === '' ? 'no name' : `the name \`${name}\``)
  const wanted = asked.map(({ port, protocol, name }) => `\`${port}/${protocol}\`, which has ${text(name ?? '')}`)
  const listed = usedEndpoints(service).flatMap(({ ports }) => ports)
  const known = [...new Set(listed.map(({ port, protocol, name }) => `${port}/${protocol} with ${text(name)}`))]
  return matchesNothing(
    `${serviceName(service)} has no endpoints for its port ${wanted.join(' or ')}`,
    known.length === 0
      ? null
      : `ports are joined by their names, and its endpoints have ${known.slice(0, 4).join(', ')}`,
  )
}
