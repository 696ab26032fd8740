import { isOfKubernetes } from './kinds.js'
import type { Value } from './value.js'

type Mapping = Readonly<Record<string, Value>>

/** How far below `spec` a pod template stands: `spec.replicatedJobs[].template.spec.template`. */
const DEEPEST = 4

/** Kinds that make pods without showing a template of them. */
const WITHOUT_TEMPLATE: Readonly<Record<string, RegExp>> = {
  'kafka.strimzi.io': /^Kafka(?:Connect|Bridge|MirrorMaker2?)?$/,
  'core.strimzi.io': /^StrimziPodSet$/,
}

/** The name of a kind that is not read although its objects make pods; null where an object makes none, as far as it shows. */
export function unreadWorkload(kind: string, apiVersion: string, object: Mapping): string | null {
  const { spec } = object
  const group = groupOf(apiVersion)
  if (isOfKubernetes(group)) return null
  const makesPods =
    refersToWorkload(object) ||
    WITHOUT_TEMPLATE[group]?.test(kind) === true ||
    (isMapping(spec) && holdsTemplate(spec, 1))
  return makesPods ? `${kind} (${group})` : null
}

/** Whether a text may hold an object for which {@link unreadWorkload} gives a name. */
export function mayBeUnreadWorkload(text: string, apiVersion: string): boolean {
  const group = groupOf(apiVersion)
  return !isOfKubernetes(group) && (Object.hasOwn(WITHOUT_TEMPLATE, group) || /containers|[\\!]/.test(text))
}

/** Whether a Rollout takes its template from a workload of its own. */
export function refersToWorkload({ spec }: Mapping): boolean {
  return isMapping(spec) && isMapping(spec.workloadRef) && !isMapping(spec.template)
}

function holdsTemplate(value: Value, depth: number): boolean {
  if (Array.isArray(value)) return value.some((item: Value) => holdsTemplate(item, depth))
  if (!isMapping(value)) return false
  return Object.entries(value).some(
    ([key, part]) => (key === 'template' && isTemplate(part)) || (depth < DEEPEST && holdsTemplate(part, depth + 1)),
  )
}

function isTemplate(value: Value): boolean {
  return isMapping(value) && isMapping(value.spec) && Array.isArray(value.spec.containers)
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}

function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
