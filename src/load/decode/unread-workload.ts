import { SOURCES } from './chart-release.js'
import { isOfKubernetes } from '../kinds/kinds.js'
import type { Value } from '../../syntax/text/value.js'

type Mapping = Readonly<Record<string, Value>>

/** How far below `spec` a pod template stands: `spec.replicatedJobs[].template.spec.template`. */
const DEEPEST = 4

/** What kinds call it: `template`, `podTemplate`, `workerTemplate`. Patterns that policies compare pods with are none. */
const TEMPLATE = /template$/i

/** Kinds that make pods without showing a template of them. */
const WITHOUT_TEMPLATE: Readonly<Record<string, RegExp>> = {
  'kafka.strimzi.io': /^Kafka(?:Connect|Bridge|MirrorMaker2?)?$/,
  'core.strimzi.io': /^StrimziPodSet$/,
}

/** Objects of which something else makes manifests from a chart, by group. */
const OF_CHARTS: Readonly<Record<string, RegExp>> = {
  'helm.toolkit.fluxcd.io': /^HelmRelease$/,
  'helm.cattle.io': /^HelmChart$/,
  'argoproj.io': /^Application$/,
}

/** Whether an object has a chart rendered and installed: what comes of it is not in the input. */
function installsChart(kind: string, group: string, { spec }: Mapping): boolean {
  if (OF_CHARTS[group]?.test(kind) !== true) return false
  if (kind !== 'Application') return true
  if (!isMapping(spec)) return false
  const sources = [spec.source, ...(Array.isArray(spec.sources) ? (spec.sources as readonly Value[]) : [])]
  return sources.some((source) => isMapping(source) && typeof source.chart === 'string')
}

/** Whether what is told of as not read is what charts are installed by. */
export function isInstaller(name: string): boolean {
  return Object.entries(OF_CHARTS).some(
    ([group, kind]) => name.endsWith(` (${group})`) && kind.test(name.split(' ')[0] ?? ''),
  )
}

/** The name of a kind that is not read although its objects make pods; null where an object makes none, as far as it shows. */
export function unreadWorkload(kind: string, apiVersion: string, object: Mapping): string | null {
  const { spec } = object
  const group = groupOf(apiVersion)
  if (isOfKubernetes(group)) return null
  const makesPods =
    refersToWorkload(object) ||
    WITHOUT_TEMPLATE[group]?.test(kind) === true ||
    installsChart(kind, group, object) ||
    (isMapping(spec) && holdsTemplate(spec, 1))
  return makesPods ? `${kind} (${group})` : null
}

/** Whether a text may hold an object for which {@link unreadWorkload} gives a name, or that says where charts are. */
export function mayBeUnreadWorkload(text: string, apiVersion: string): boolean {
  const group = groupOf(apiVersion)
  return (
    !isOfKubernetes(group) &&
    (group === SOURCES ||
      Object.hasOwn(WITHOUT_TEMPLATE, group) ||
      Object.hasOwn(OF_CHARTS, group) ||
      /containers|[\\!]/.test(text))
  )
}

/** Whether a Rollout takes its template from a workload of its own. */
export function refersToWorkload({ spec }: Mapping): boolean {
  return isMapping(spec) && isMapping(spec.workloadRef) && !isMapping(spec.template)
}

function holdsTemplate(value: Value, depth: number): boolean {
  if (Array.isArray(value)) return value.some((item: Value) => holdsTemplate(item, depth))
  if (!isMapping(value)) return false
  return Object.entries(value).some(
    ([key, part]) => (TEMPLATE.test(key) && isTemplate(part)) || (depth < DEEPEST && holdsTemplate(part, depth + 1)),
  )
}

function isTemplate(value: Value): boolean {
  return isMapping(value) && isMapping(value.spec) && Array.isArray(value.spec.containers)
}

/** The API group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}

function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
