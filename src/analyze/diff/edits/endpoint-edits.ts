import type { ContainerPort, Pod, Workload } from '../../../model/cluster.js'
import type { Labels } from '../../../model/labels.js'
import type { Path } from '../../../model/source.js'
import { formatAddress } from '../../../net/address.js'
import type { MatrixEndpoint } from '../../matrix-endpoints.js'
import type { EndpointPair } from '../endpoint-pairs.js'
import { changeOf, either, textValue, unedited, type Edit, type EditValue, type Mixed } from './edit.js'

/** What an endpoint would be after some edits. */
export interface MixedEndpoint {
  readonly workload: Workload
  readonly pods: readonly Pod[]
  readonly another: boolean
}

/** The edits of a workload, each the same object for all of its parts. */
export type EditOnce = (workload: Workload, key: string, make: () => Edit) => Edit

/** What leads from an endpoint of the base to that of the head: labels, port names, host network, replicas, addresses. */
export function mixedEndpoint({ base, head }: EndpointPair, once: EditOnce): Mixed<MixedEndpoint | null> {
  if (base === null || head === null) {
    const found = head ?? base
    if (found === null) throw new Error('a pair is on one side at least')
    const { workload } = found.party
    const side = head === null ? 'base' : 'head'
    const edit = once(workload, '', () => ({
      ...ofWorkload(workload),
      change: changeOf(base, head),
      path: [],
      before: null,
      after: null,
      side,
      source: workload.source,
    }))
    return either<MixedEndpoint | null>(edit, base && asMixed(base), head && asMixed(head))
  }
  const [old, now] = [base.party.pods[0], head.party.pods[0]]
  if (old === undefined || now === undefined) throw new Error('an endpoint has pods')
  const from = base.party.workload
  const to = head.party.workload
  const editOf = (key: string, path: Path, before: EditValue | null, after: EditValue | null): Edit =>
    once(to, key, () => {
      const change = changeOf(before, after)
      const side = change === 'removed' ? 'base' : 'head'
      const { source } = side === 'base' ? from : to
      return { ...ofWorkload(to), change, path, before, after, side, source }
    })
  const template = templatePath(to)
  const pods =
    placeKey(base.party.pods) === placeKey(head.party.pods)
      ? unedited(head.party.pods)
      : either(
          editOf(
            'address',
            ['status'],
            textValue(addressText(base.party.pods)),
            textValue(addressText(head.party.pods)),
          ),
          base.party.pods,
          head.party.pods,
        )
  const labels = labelEdits(old.labels, now.labels, (key, a, b) =>
    editOf(`label ${key}`, [...template, 'metadata', 'labels', key], textValue(a), textValue(b)),
  )
  const ports = portEdits(old.ports, now.ports, (name, a, b) =>
    editOf(`port ${name}`, [...template, 'spec', 'containers'], portsValue(name, a), portsValue(name, b)),
  )
  const hostNetwork =
    old.hostNetwork === now.hostNetwork
      ? unedited(now.hostNetwork)
      : either(
          editOf(
            'hostNetwork',
            [...template, 'spec', 'hostNetwork'],
            textValue(old.hostNetwork ? 'true' : null),
            textValue(now.hostNetwork ? 'true' : null),
          ),
          old.hostNetwork,
          now.hostNetwork,
        )
  const another =
    base.another === head.another
      ? unedited(head.another)
      : either(editOf('replicas', replicasPath(to), countText(base), countText(head)), base.another, head.another)
  const edits = [pods, labels, ports, hostNetwork, another].flatMap((part) => part.edits)
  return {
    edits,
    mix(has) {
      const made = edits.filter(has).length
      if (made === edits.length) return asMixed(head)
      if (made === 0) return { ...asMixed(base), workload: to }
      const isHost = hostNetwork.mix(has)
      const placed = pods
        .mix(has)
        .map((pod): Pod => ({ ...pod, labels: labels.mix(has), ports: ports.mix(has), hostNetwork: isHost }))
      return { workload: to, pods: placed, another: another.mix(has) }
    },
  }
}

function asMixed({ party: { workload, pods }, another }: MatrixEndpoint): MixedEndpoint {
  return { workload, pods, another }
}

function ofWorkload({ kind, namespace, name }: Workload): Pick<Edit, 'area' | 'of'> {
  return { area: 'workload', of: { object: { kind, namespace, name } } }
}

/** Where the pod template of a workload stands; a Pod is its own. */
function templatePath({ kind }: Workload): Path {
  if (kind === 'Pod') return []
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template']
}

function replicasPath({ kind }: Workload): Path {
  if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'parallelism']
  return ['spec', kind === 'Job' ? 'parallelism' : 'replicas']
}

function countText({ pods }: MatrixEndpoint): EditValue | null {
  return textValue(pods === null ? 'one for each node' : String(pods))
}

/** What does not come of the labels and the PodSpec: addresses, nodes, and labels that only a controller knows. */
function placeKey(pods: readonly Pod[]): string {
  return JSON.stringify(
    pods
      .map(({ addresses, node, nodeAddresses, unpredictableLabels, numberedLabels }) => [
        addresses.map(formatAddress).sort(),
        node,
        // Those of a node are its own
        node === null ? nodeAddresses.map(formatAddress).sort() : [],
        [...unpredictableLabels].sort(),
        [...numberedLabels].sort(),
      ])
      .map((parts) => JSON.stringify(parts))
      .sort(),
  )
}

function addressText(pods: readonly Pod[]): string | null {
  const texts = pods.flatMap(({ addresses, node }) => [
    ...addresses.map(formatAddress),
    ...(node === null ? [] : [`on ${node}`]),
  ])
  return texts.length === 0 ? null : [...new Set(texts)].sort().join(', ')
}

/** Mixes two maps of labels, an edit for each key that differs. */
export function labelEdits(
  before: Labels,
  after: Labels,
  editOf: (key: string, before: string | null, after: string | null) => Edit,
): Mixed<Labels> {
  const edits = new Map<string, Edit>()
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(key) ?? null, after.get(key) ?? null]
    if (old !== now) edits.set(key, editOf(key, old, now))
  }
  return {
    edits: [...edits.values()],
    mix(has) {
      if (edits.size === 0) return after
      const labels = new Map(after)
      for (const [key, edit] of edits) {
        const value = has(edit) ? after.get(key) : before.get(key)
        if (value === undefined) labels.delete(key)
        else labels.set(key, value)
      }
      return labels
    },
  }
}

/** Only names of ports say something to policies. */
function portEdits(
  before: readonly ContainerPort[],
  after: readonly ContainerPort[],
  editOf: (name: string, before: readonly ContainerPort[], after: readonly ContainerPort[]) => Edit,
): Mixed<readonly ContainerPort[]> {
  const nameOf = ({ name, protocol }: ContainerPort) => `${name ?? ''}/${protocol}`
  const named = (ports: readonly ContainerPort[], key: string) =>
    ports.filter((port) => port.name !== null && nameOf(port) === key)
  const numbers = (ports: readonly ContainerPort[]) =>
    ports
      .map(({ port }) => port)
      .sort((a, b) => a - b)
      .join()
  const keys = new Set([...before, ...after].flatMap((port) => (port.name === null ? [] : [nameOf(port)])))
  const edits = new Map<string, Edit>()
  for (const key of [...keys].sort()) {
    const [old, now] = [named(before, key), named(after, key)]
    if (numbers(old) !== numbers(now)) edits.set(key, editOf(key, old, now))
  }
  return {
    edits: [...edits.values()],
    mix(has) {
      if (edits.size === 0) return after
      const unnamed = after.filter(({ name }) => name === null)
      const kept = [...keys].flatMap((key) => {
        const edit = edits.get(key)
        return named(edit === undefined || has(edit) ? after : before, key)
      })
      return [...unnamed, ...kept]
    },
  }
}

function portsValue(name: string, ports: readonly ContainerPort[]): EditValue | null {
  return textValue(
    ports.length === 0
      ? null
      : ports.map(({ port }) => `${name.split('/')[0] ?? ''}: ${port}/${name.split('/')[1] ?? ''}`).join(', '),
  )
}
