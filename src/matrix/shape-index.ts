import type { Cluster, Namespace } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { labelIndex } from '../model/label-index.js'
import { needsLabel, type Selector } from '../model/labels.js'
import { once } from '../model/once.js'
import type { Shape } from './shapes.js'

/**
 * Finds the namespaces that meet a selector's first positive requirement, and those whose labels are unknown. Clusters that
 * share their namespaces share the index.
 */
export const namespaceIndex = once((namespaces: Cluster['namespaces']) => {
  const all = [...namespaces.values()]
  const byLabel = grouped(
    all.flatMap((namespace) => [...namespace.labels].map(([key, value]) => ({ label: `${key}=${value}`, namespace }))),
    ({ label }) => label,
  )
  const unknown = all.filter(({ defined }) => !defined)
  return ({ requirements }: Selector): readonly Namespace[] => {
    const positive = requirements.find(({ operator }) => operator === 'In')
    if (positive === undefined) return all
    const found = positive.values.flatMap((value) => byLabel.get(`${positive.key}=${value}`) ?? [])
    return [...new Set([...found.map(({ namespace }) => namespace), ...unknown])]
  }
})

/** Finds the shapes that may meet a selector; null where its requirements do not say. */
export function shapeIndex(shapes: readonly Shape[]): (selector: Selector) => readonly Shape[] | null {
  const known = labelIndex(shapes, ({ pod }) => pod.labels)
  const unpredictable = new Map<string, Shape[]>()
  for (const shape of shapes) {
    for (const key of shape.pod.unpredictableLabels) {
      const same = unpredictable.get(key) ?? []
      unpredictable.set(key, same)
      same.push(shape)
    }
  }
  if (unpredictable.size === 0) return known
  return (selector) => {
    const found = known(selector)
    if (found === null) return null
    const positive = selector.requirements.filter(needsLabel)
    return [...new Set([...found, ...positive.flatMap(({ key }) => unpredictable.get(key) ?? [])])]
  }
}
