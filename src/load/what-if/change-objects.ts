import { NAMESPACE_NAME_LABEL, type Labels } from '../../model/labels.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { placeOf } from '../../model/source.js'
import type { LoadOptions } from '../decode/load-options.js'
import { remark } from '../decode/diagnose.js'
import type { ReadObject } from '../decode/decode.js'
import { finderIn, type NamedObjects } from './named-objects.js'
import { readLabelChange, type LabelChange } from './what-if.js'

/** The objects of an input after a what-if, what was done, and what could not be. */
export interface ChangedObjects {
  readonly objects: readonly ReadObject[]
  /** What each flag did, one remark each (NP150). */
  readonly done: readonly Diagnostic[]
  /** What names nothing or several objects, or has no labels to change (NP055): no answer without it. */
  readonly problems: readonly Diagnostic[]
}

/**
 * The objects of an input as a what-if has them: objects `instead` take the place of those of their name or are added, then
 * some are removed and others labelled. Only what is read is changed: an object that a cluster would refuse stays refused.
 */
export function changeObjects(
  objects: readonly ReadObject[],
  instead: readonly ReadObject[],
  { without = [], label = [] }: Pick<LoadOptions, 'without' | 'label'>,
): ChangedObjects {
  const done: Diagnostic[] = []
  const problems: Diagnostic[] = []
  const refuse = (flag: string, problem: string, help: string | null): void => {
    problems.push(remark({ code: 'NP055', message: `\`${flag}\` ${problem}`, help }))
  }
  // Without a what-if a large input is not to be gone through
  if (instead.length + without.length + label.length === 0) return { objects, done, problems }
  let current = replaced(objects, instead, done)
  const all = finderIn(current)
  for (const name of without) {
    const found = all(name)
    if ('problem' in found) refuse(`--without ${name}`, found.problem, found.help)
    else {
      const gone = new Set(found.objects)
      current = current.filter((object) => !gone.has(object))
      done.push(told(`what-if: without ${found.id}`, found.objects[0]))
    }
  }
  for (const text of label) {
    const change = readLabelChange(text)
    if ('problem' in change) {
      refuse(`--label ${text}`, change.problem, change.help)
      continue
    }
    // Found anew each time: what was labelled is another object now
    const found = finderIn(current)(change.name)
    const problem = 'problem' in found ? found : unlabelled(found, change)
    if (problem !== null) refuse(`--label ${text}`, problem.problem, problem.help)
    if (problem !== null || 'problem' in found) continue
    const meant = new Set(found.objects)
    current = current.map((object) => (meant.has(object) ? labelled(object, change) : object))
    const what = change.value === null ? `${change.key} removed` : `${change.key}=${change.value}`
    done.push(told(`what-if: ${found.id} with the label ${what}`, found.objects[0]))
  }
  return { objects: current, done, problems }
}

function replaced(
  objects: readonly ReadObject[],
  instead: readonly ReadObject[],
  done: Diagnostic[],
): readonly ReadObject[] {
  const taken = new Set(instead.map(({ name }) => name))
  const before = new Set(objects.map(({ name }) => name))
  for (const object of instead) {
    done.push(told(`what-if: ${object.name} ${before.has(object.name) ? 'replaced' : 'added'}`, object))
  }
  return [...objects.filter(({ name }) => !taken.has(name)), ...instead]
}

/** Why labels of this are not changed, or null. */
function unlabelled(
  { kind, objects }: NamedObjects,
  { key }: LabelChange,
): { problem: string; help: string | null } | null {
  if (!objects.some(({ decoded: { is } }) => is === 'namespace' || is === 'pod' || is === 'workload'))
    return { problem: `names a ${kind}, whose labels decide nothing`, help: 'label a workload, a Pod or a Namespace' }
  if (kind === 'Namespace' && key === NAMESPACE_NAME_LABEL)
    return { problem: 'changes a label that the API server always sets to the name of the namespace', help: null }
  return null
}

function labelled(object: ReadObject, change: LabelChange): ReadObject {
  const { decoded } = object
  if (decoded.is === 'namespace')
    return {
      ...object,
      decoded: { is: 'namespace', object: { ...decoded.object, labels: changed(decoded.object.labels, change) } },
    }
  if (decoded.is === 'workload') {
    const { template } = decoded.object
    const labels = changed(template.labels, change)
    return { ...object, decoded: { is: 'workload', object: { ...decoded.object, template: { ...template, labels } } } }
  }
  if (decoded.is !== 'pod') return object
  const { template, metadata } = decoded.object
  const labels = changed(template.labels, change)
  return {
    ...object,
    decoded: {
      is: 'pod',
      object: { ...decoded.object, metadata: { ...metadata, labels }, template: { ...template, labels } },
    },
  }
}

function changed(labels: Labels, { key, value }: LabelChange): Labels {
  const others = [...labels].filter(([other]) => other !== key)
  return new Map(value === null ? others : [...others, [key, value]])
}

function told(message: string, object: ReadObject | undefined): Diagnostic {
  const said = remark({ code: 'NP150', message })
  return object === undefined ? said : { ...said, object: object.name, ...placeOf(object.source, []) }
}
