import type { EngineOptions } from '../../../engine/compile.js'
import type { Cluster, ClusterNode, Namespace } from '../../../model/cluster.js'
import type { Labels } from '../../../model/labels.js'
import { NO_SOURCE } from '../../../model/source.js'
import { formatAddress, type Family } from '../../../net/address.js'
import { toCidrs } from '../../../net/cidr.js'
import type { DiffSide } from '../joint-world.js'
import { changeOf, either, textValue, unedited, type Edit, type EditValue, type Mixed } from './edit.js'
import { labelEdits } from './endpoint-edits.js'

/** What a namespace would be after some edits; null where neither side has it. */
export function mixedNamespace(name: string, base: Cluster, head: Cluster): Mixed<Namespace | null> {
  const [old, now] = [base.namespaces.get(name) ?? null, head.namespaces.get(name) ?? null]
  if (old === null || now === null) return unedited(now ?? old)
  const object = { kind: 'Namespace', namespace: null, name }
  const [before, after] = [old.source ?? NO_SOURCE, now.source ?? NO_SOURCE]
  if (old.defined !== now.defined) {
    const side = now.defined ? 'head' : 'base'
    const edit: Edit = {
      area: 'namespace',
      change: now.defined ? 'added' : 'removed',
      of: { object },
      path: [],
      before: old.defined ? { is: 'labels', labels: old.labels } : null,
      after: now.defined ? { is: 'labels', labels: now.labels } : null,
      side,
      source: side === 'head' ? after : before,
    }
    return either<Namespace | null>(edit, old, now)
  }
  const labels = labelEdits(old.labels, now.labels, (key, a, b) => {
    const change = changeOf(a, b)
    const side = change === 'removed' ? 'base' : 'head'
    const path = ['metadata', 'labels', key]
    const values = { before: textValue(a), after: textValue(b) }
    return {
      area: 'namespace',
      change,
      of: { object },
      path,
      ...values,
      side,
      source: side === 'base' ? before : after,
    }
  })
  return { edits: labels.edits, mix: (has) => ({ ...now, labels: labels.mix(has) }) }
}

/** The addresses that a node would have after some edits. */
export function mixedNode(name: string, base: Cluster, head: Cluster): Mixed<ClusterNode['addresses'] | null> {
  const [old, now] = [base.nodes.get(name), head.nodes.get(name)]
  const textOf = (node: ClusterNode | undefined): EditValue | null => {
    const addresses = (node?.addresses ?? []).map(formatAddress).sort()
    return textValue(addresses.length === 0 ? null : addresses.join(', '))
  }
  const [before, after] = [textOf(old), textOf(now)]
  if (JSON.stringify(before) === JSON.stringify(after)) return unedited(now?.addresses ?? null)
  const change = changeOf(before, after)
  const side = change === 'removed' ? 'base' : 'head'
  const source = (side === 'base' ? old : now)?.source ?? NO_SOURCE
  const of = { object: { kind: 'Node', namespace: null, name } }
  const edit: Edit = { area: 'node', change, of, path: ['status', 'addresses'], before, after, side, source }
  return either(edit, old?.addresses ?? [], now?.addresses ?? [])
}

/** The labels that a node would have after some edits; null where no Node object says them (C-17). */
export function mixedNodeLabels(name: string, base: Cluster, head: Cluster): Mixed<ClusterNode['labels']> {
  const [old, now] = [base.nodes.get(name), head.nodes.get(name)]
  const [before, after] = [old?.labels ?? null, now?.labels ?? null]
  const of = { object: { kind: 'Node', namespace: null, name } }
  const placed = (change: Edit['change']) => {
    const side = change === 'removed' ? 'base' : 'head'
    return { area: 'node', change, of, side, source: (side === 'base' ? old : now)?.source ?? NO_SOURCE } as const
  }
  if (before === null || after === null) {
    if (before === after) return unedited(after)
    const values = {
      before: before === null ? null : labelsValue(before),
      after: after === null ? null : labelsValue(after),
    }
    return either({ ...placed(changeOf(before, after)), path: ['metadata', 'labels'], ...values }, before, after)
  }
  return labelEdits(before, after, (key, a, b) => ({
    ...placed(changeOf(a, b)),
    ...{ path: ['metadata', 'labels', key], before: textValue(a), after: textValue(b) },
  }))
}

function labelsValue(labels: Labels): EditValue {
  return { is: 'labels', labels }
}

/** How a cluster is evaluated: settings, and the address families that it shows. */
export interface Evaluation {
  readonly options: EngineOptions
  readonly families: readonly Family[]
}

/** How a cluster would be evaluated after some edits. */
export function mixedSettings(base: DiffSide, head: DiffSide): Mixed<Evaluation> {
  const setting = <Value>(
    name: string,
    old: Value,
    now: Value,
    textOf: (value: Value) => string | null,
  ): Mixed<Value> => {
    const [before, after] = [textOf(old), textOf(now)]
    if (before === after) return unedited(now)
    const values = { before: textValue(before), after: textValue(after) }
    const change = changeOf(before, after)
    const side = change === 'removed' ? 'base' : 'head'
    return either(
      { area: 'setting', change, of: { setting: name }, path: [], ...values, side, source: NO_SOURCE },
      old,
      now,
    )
  }
  const [old, now] = [base.options, head.options]
  const ipblockPods = setting('ipblockPods', old.ipblockPods, now.ipblockPods, (value) => value ?? null)
  const hostNetwork = setting('hostNetwork', old.hostNetwork, now.hostNetwork, (value) => value ?? null)
  const podRanges = setting('podCidr', old.podRanges, now.podRanges, (ranges = []) =>
    ranges.length === 0 ? null : ranges.flatMap(toCidrs).sort().join(', '),
  )
  // No setting of the user, but of the whole input: a Service or a node can show it
  const families = setting('families', base.cluster.families, head.cluster.families, (shown) => shown.join(', '))
  return {
    edits: [ipblockPods, hostNetwork, podRanges, families].flatMap(({ edits }) => edits),
    mix: (has) => ({
      options: { ipblockPods: ipblockPods.mix(has), hostNetwork: hostNetwork.mix(has), podRanges: podRanges.mix(has) },
      families: families.mix(has),
    }),
  }
}
