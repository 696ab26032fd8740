import { closest } from '../model/closest.js'
import type { Cluster, Workload } from '../model/cluster.js'
import type { Selector } from '../model/labels.js'
import { matchesGlob } from './glob.js'
import type { NameReading } from './peer.js'

/** What the user may have meant by a name that matches nothing: a namespace, a kind or a name near to theirs. */
export function suggestForName(cluster: Cluster, readings: readonly NameReading[]): string | null {
  const [first] = readings
  if (first !== undefined && readings.length === 1 && first.object === null && cluster.namespaces.has(first.name)) {
    return `\`${first.name}\` is a namespace: \`${first.name}/any\` means all of its workloads`
  }
  for (const reading of readings) {
    const suggestion = suggestForReading(cluster, reading)
    if (suggestion !== null) return suggestion
  }
  return null
}

function suggestForReading(
  { workloads, nodes, namespaces }: Cluster,
  { namespace, object, name }: NameReading,
): string | null {
  if (object === 'Node') {
    const near = closest(name, nodes.keys())
    return near === null ? null : didYouMean('', `node/${near}`)
  }
  const there = workloads.filter((workload) => matchesGlob(namespace, workload.namespace))
  if (there.length === 0) {
    const near = closest(namespace, namespaces.keys())
    const elsewhere = workloads.filter((workload) => workload.name === name)
    if (near !== null && near !== namespace)
      return didYouMean('', [near, ...(object === null ? [] : [object]), name].join('/'))
    if (elsewhere.length > 0) return `there is ${list(elsewhere.map(({ id }) => id))}`
    return namespaces.has(namespace)
      ? `the namespace \`${namespace}\` has no workloads in the input`
      : namespacesIn(workloads)
  }
  const sameName = there.filter((workload) => workload.name === name)
  if (sameName.length > 0) return didYouMean('', sameName[0]?.id ?? null)
  const near = closest(
    name,
    there.map((workload) => workload.name),
  )
  if (near !== null) return didYouMean('', there.find((workload) => workload.name === near)?.id ?? null)
  const akin = there.filter((workload) => workload.name.includes(name) || name.startsWith(`${workload.name}-`))
  if (akin.length > 0)
    return `did you mean ${list(
      akin.map(({ id }) => id),
      ' or ',
    )}?`
  const elsewhere = workloads.filter((workload) => workload.name === name)
  return elsewhere.length > 0
    ? `there is ${list(elsewhere.map(({ id }) => id))}`
    : `\`${namespace}\` has ${list([...new Set(there.map((workload: Workload) => workload.name))])}`
}

/** What the user may have meant by labels that no pod has: a namespace or a label key near to theirs. */
export function suggestForLabels(
  { workloads, namespaces }: Cluster,
  namespace: string,
  { requirements }: Selector,
): string | null {
  const there = workloads.filter((workload) => matchesGlob(namespace, workload.namespace))
  if (there.length === 0) {
    if (namespaces.has(namespace)) return `the namespace \`${namespace}\` has no workloads in the input`
    if (namespace.includes('.')) return `the part before the first \`/\` is a namespace: NAMESPACE/${namespace}/…`
    const near = closest(namespace, namespaces.keys())
    return near === null ? namespacesIn(workloads) : didYouMean('the namespace ', near)
  }
  const labels = there.flatMap(({ pods }) => pods.flatMap((pod) => [...pod.labels]))
  const keys = new Set(labels.map(([key]) => key))
  for (const { key, operator, values } of requirements) {
    if (operator === 'NotIn' || operator === 'DoesNotExist') continue
    if (!keys.has(key)) {
      const near = closest(key, keys)
      return near === null ? `the label keys there are ${list([...keys])}` : didYouMean('the label key ', near)
    }
    const known = new Set(labels.filter(([other]) => other === key).map(([, value]) => value))
    if (operator === 'Exists' || values.some((value) => known.has(value))) continue
    const near = values.map((value) => closest(value, known)).find((value) => value !== null)
    return near === undefined
      ? `the values of \`${key}\` there are ${list([...known])}`
      : didYouMean('', `${key}=${near}`)
  }
  return 'each of these requirements holds for some pod, but not all of them for one'
}

/** A port name near to one that no destination declares. */
export function suggestForPort(name: string, declared: readonly string[]): string | null {
  if (declared.includes(name)) return 'the name stands for another protocol there'
  const near = closest(name, declared)
  if (near !== null) return didYouMean('', near)
  return declared.length === 0 ? 'it declares no named port' : `it declares ${list([...new Set(declared)])}`
}

/** The namespace that was meant by one that has no workloads, or those that have some. */
export function suggestForNamespace(name: string, namespaces: readonly string[]): string {
  const near = closest(name, namespaces)
  return didYouMean('', near) ?? `the namespaces are ${list(namespaces)}`
}

function namespacesIn(workloads: readonly Workload[]): string {
  return `the namespaces are ${list([...new Set(workloads.map(({ namespace }) => namespace))])}`
}

function didYouMean(before: string, word: string | null): string | null {
  return word === null ? null : `did you mean ${before}\`${word}\`?`
}

function list(words: readonly string[], between = ', '): string {
  const few = words.slice(0, 8).map((word) => `\`${word}\``)
  return words.length > few.length ? `${few.join(between)} and ${words.length - few.length} more` : few.join(between)
}
