import type { ContainerPort } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { suggestForPort } from '../query/did-you-mean.js'
import type { Parties, Party } from '../query/party.js'
import type { PortQuestion } from '../query/port.js'
import { matchesNothing, misworded, type Result } from '../query/question-error.js'

/** The ports that a destination declares, each once; none outside the cluster. */
export function declaredPorts(party: Party): readonly ContainerPort[] {
  if (party.kind !== 'workload') return []
  const same = grouped(party.pods[0]?.ports ?? [], ({ port, protocol }) => `${port}/${protocol}`)
  return [...same.values()].flatMap(([first]) => (first === undefined ? [] : [first]))
}

/** The ports of a destination that a name stands for. */
export function portsNamed(party: Party, name: string): readonly ContainerPort[] {
  return party.kind === 'workload' ? (party.pods[0]?.ports ?? []).filter((port) => port.name === name) : []
}

/** Whether a port is asked by a name although the destination has addresses outside the cluster (A-54d). */
export function meansNothing(parties: readonly Party[], { kind }: PortQuestion): boolean {
  return kind === 'name' && parties.some((party) => party.kind === 'outside')
}

/** Why a question about a port name found no port. */
export function undeclaredPort({ parties }: Parties, port: PortQuestion): Result<never> {
  if (port.kind !== 'name') return misworded('the question is about no port')
  const workloads = parties.filter((party) => party.kind === 'workload')
  if (meansNothing(parties, port) || workloads.length === 0)
    return misworded(`the port name \`${port.name}\` means nothing outside a pod`, 'give a number')
  const names = workloads.flatMap(({ pods }) =>
    pods.flatMap(({ ports }) => ports.flatMap(({ name }) => (name === null ? [] : [name]))),
  )
  const protocol = port.protocol === null ? '' : ` for ${port.protocol}`
  return matchesNothing(
    `the destination declares no port named \`${port.name}\`${protocol}`,
    suggestForPort(port.name, names),
  )
}
