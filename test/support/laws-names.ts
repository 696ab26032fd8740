import type { End, Question } from '../reference/evaluate.js'
import { NAME_LABEL } from '../reference/generate-universe.js'
import { dictOf, isDict, isKind, listOf, nameOf, namespaceOf, textOf, type Dict, type Json } from './laws-json.js'
import type { Random } from './laws-random.js'

/** From old names to new ones. */
export type Names = ReadonlyMap<string, string>

/** New names, partly the old ones in other places. */
export function anew(names: readonly string[], more: readonly string[], random: Random): Names {
  const all = random.shuffled([...names, ...more])
  return new Map(names.map((name, index) => [name, all[index] ?? name]))
}

/** The new name of what has one. */
export const to = (names: Names, name: string): string => names.get(name) ?? name

/** Every mapping and text of a value, from the inside out. */
export function rewrite(value: Json, change: (mapping: Dict, key: string) => Dict, key = ''): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => rewrite(item, change, key))
  if (!isDict(value)) return value
  return change(
    Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rewrite(part, change, name)])),
    key,
  )
}

/** Renames what the predicate says in all labels and selectors; a blank value is the empty one (B-31). */
export function relabelled(
  objects: readonly Dict[],
  key: (key: string) => string,
  value: (of: string, text: string) => string,
) {
  const renameAll = (labels: Dict): Dict =>
    Object.fromEntries(
      Object.entries(labels).map(([name, text]) => [key(name), value(name, typeof text === 'string' ? text : '')]),
    )
  return objects.map((object) =>
    dictOf(
      rewrite(object, (mapping, where) => {
        if (where === 'labels' || where === 'matchLabels') return renameAll(mapping)
        if (where !== 'matchExpressions') return mapping
        const own = textOf(mapping['key'])
        const values = listOf(mapping['values']).map((text) => value(own, textOf(text)))
        return { ...mapping, key: key(own), ...(values.length === 0 ? {} : { values }) }
      }),
    ),
  )
}

/** Everything with its namespaces called otherwise, where labels say their names too. */
export function withNamespaces(objects: readonly Dict[], names: Names): Dict[] {
  return relabelled(
    objects,
    (key) => key,
    (key, value) => (key === NAME_LABEL ? to(names, value) : value),
  ).map((object) => {
    const metadata = dictOf(object['metadata'])
    if (isKind(object, 'Namespace')) return { ...object, metadata: { ...metadata, name: to(names, nameOf(object)) } }
    if (isKind(object, 'Node')) return object
    return { ...object, metadata: { ...metadata, namespace: to(names, namespaceOf(object)) } }
  })
}

/** The question about pods that are called otherwise. */
export const askAbout =
  (name: (namespace: string, pod: string) => string) =>
  (question: Question): Question => {
    const end = (one: End): End => {
      if (!('pod' in one)) return one
      const [namespace = '', pod = ''] = one.pod.split('/')
      return { pod: name(namespace, pod) }
    }
    return { ...question, from: end(question.from), to: end(question.to) }
  }
