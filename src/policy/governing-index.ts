import type { Pod } from '../model/cluster.js'
import { grouped } from '../model/grouped.js'
import { needsLabel } from '../model/labels.js'
import type { RuleForm } from './rule-form.js'

/** Finds what may govern some pods, in the order of the list: all else certainly governs none of them. */
export type GoverningIndex<Item> = (pods: readonly Pick<Pod, 'labels' | 'unpredictableLabels'>[]) => readonly Item[]

/**
 * Indexes policies, or what holds some forms of one, by a label that their pods must have, so that not every policy of a
 * namespace is asked about each of its pods. Labels that a controller adds may have any value (D-5).
 */
export function governingIndex<Item>(
  items: readonly Item[],
  formsOf: (item: Item) => readonly RuleForm[],
): GoverningIndex<Item> {
  const required = items.flatMap((item, index) =>
    formsOf(item)
      .flatMap(requiredLabels)
      .map((label) => ({ ...label, index })),
  )
  const byLabel = grouped(required, ({ text }) => text)
  const byKey = grouped(required, ({ key }) => key)
  return (pods) => {
    const labels = pods.flatMap((pod) => [...pod.labels].flatMap(([key, value]) => [key, labelText(key, value)]))
    const unknown = pods.flatMap((pod) => pod.unpredictableLabels)
    const found = new Set<number>()
    for (const label of [ANY, ...labels]) for (const { index } of byLabel.get(label) ?? []) found.add(index)
    for (const key of unknown) for (const { index } of byKey.get(key) ?? []) found.add(index)
    if (found.size === items.length) return items
    return [...found].sort((a, b) => a - b).flatMap((index) => items[index] ?? [])
  }
}

/** A label that a pod must have, and its key: all that `Exists` asks for. */
interface RequiredLabel {
  readonly key: string
  readonly text: string
}

/** No key is empty. */
const ANY = ''

/** Of these labels a pod must have one to be a subject; `ANY` where the form asks for none. */
function requiredLabels({ subject: { namespaces, pods } }: RuleForm): readonly RequiredLabel[] {
  const required = namespaces === null ? pods?.requirements.find(needsLabel) : undefined
  if (required === undefined) return [{ key: ANY, text: ANY }]
  const { key, operator, values } = required
  return operator === 'Exists' ? [{ key, text: key }] : values.map((value) => ({ key, text: labelText(key, value) }))
}

function labelText(key: string, value: string): string {
  return `${key}=${value}`
}
