import type { PodOwner } from '../../model/cluster.js'
import type { Labels } from '../../model/labels.js'
import type { Source } from '../../model/source.js'
import { asInteger, asMap, asString, get, type Field, type MapField } from './fields.js'
import { checkTraffic, revisionLabels, revisionName, revisionPorts } from './knative.js'
import { readLabels, readMetadata, type Metadata } from './metadata.js'
import { readPodTemplate, type PodTemplate } from './pod-template.js'
import { refusal, softened, warning } from './problem.js'

/** The kinds that own pods and hold a template for them (D-2 to D-4). */
export const WORKLOAD_KINDS = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicationController',
  'Rollout',
  'DeploymentConfig',
  'CloneSet',
  'KnativeService',
] as const

export type WorkloadKind = (typeof WORKLOAD_KINDS)[number]

/** An object that owns pods. */
export interface WorkloadObject {
  readonly kind: WorkloadKind
  readonly metadata: Metadata
  readonly source: Source
  readonly template: PodTemplate
  /** How many pods it asks for; null where only the cluster knows: a DaemonSet's nodes, a Knative Service's load. */
  readonly replicas: number | null
  /** The number of the first of its numbered pods; null where its pods have no numbers. */
  readonly firstOrdinal: number | null
  /** How many numbers there are, where that may be more than the pods of one moment: an indexed Job has completions. */
  readonly ordinals: number
  /** The name that the template of a Knative Service gives its revision; null where Knative makes one up, and for other kinds. */
  readonly revision: string | null
  /** The labels that the Jobs of a CronJob get, and their pods do not; empty for other kinds. */
  readonly jobLabels: Labels
}

/** Reads an owner of pods: the template, and how many pods come of it (D-6). */
export function readWorkload(
  kind: WorkloadKind,
  root: MapField,
  source: Source,
  defaultNamespace: string,
): WorkloadObject | null {
  const metadata = readMetadata(root, defaultNamespace, 'subdomain')
  const outer = asMap(get(root, 'spec'))
  const spec = kind === 'CronJob' ? jobSpec(outer) : outer
  const templateMap = spec === null ? null : asMap(get(spec, 'template'))
  if (spec === null || templateMap === null) {
    const path = kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template']
    root.report(refusal('NP010', path, 'Required value', 'without a template there are no pods'))
    return null
  }
  if (metadata === null) return null
  const revision = kind === 'KnativeService' ? revisionName(templateMap) : null
  if (kind === 'KnativeService') checkTraffic(spec, revision)
  const template = kind === 'KnativeService' ? readRevision(templateMap) : readPodTemplate(templateMap)
  if (kind !== 'Job' && kind !== 'CronJob' && kind !== 'KnativeService') checkSelector(spec, template.labels, kind)
  const replicas = readReplicas(kind, spec)
  const firstOrdinal = readFirstOrdinal(kind, spec)
  const completions = kind === 'Job' || kind === 'CronJob' ? asCount(get(spec, 'completions')) : null
  return {
    kind,
    metadata,
    source,
    template,
    replicas,
    firstOrdinal,
    ordinals: completions ?? replicas ?? 1,
    revision,
    jobLabels: readJobLabels(kind, outer),
  }
}

/** An owner as messages about its pods call it. */
export function asOwner({ kind, metadata, template, jobLabels }: WorkloadObject): PodOwner {
  const missing = (labels: Labels) => new Map([...labels].filter(([key, value]) => template.labels.get(key) !== value))
  const strayLabels = template.strayLabels ?? new Map<string, string>()
  return { kind, labels: missing(metadata.labels), jobLabels: missing(jobLabels), strayLabels }
}

function readRevision(template: MapField): PodTemplate {
  const read = readPodTemplate(template, (spec) => ({ ports: revisionPorts(spec), initPorts: [] }))
  return { ...read, labels: revisionLabels(read.labels) }
}

function readJobLabels(kind: WorkloadKind, spec: MapField | null): Labels {
  const template = kind === 'CronJob' && spec !== null ? asMap(get(spec, 'jobTemplate')) : null
  const metadata = template === null ? null : asMap(get(template, 'metadata', softened(template.report)))
  return metadata === null ? new Map() : readLabels(get(metadata, 'labels', softened(metadata.report)))
}

function jobSpec(spec: MapField | null): MapField | null {
  const template = spec === null ? null : asMap(get(spec, 'jobTemplate'))
  return template === null ? null : asMap(get(template, 'spec'))
}

function readReplicas(kind: WorkloadKind, spec: MapField): number | null {
  if (kind === 'DaemonSet' || kind === 'KnativeService') return null
  return asCount(get(spec, kind === 'Job' || kind === 'CronJob' ? 'parallelism' : 'replicas')) ?? 1
}

/** StatefulSets number their pods from `spec.ordinals.start`, indexed Jobs from 0 (D-5). */
function readFirstOrdinal(kind: WorkloadKind, spec: MapField): number | null {
  if (kind === 'Job' || kind === 'CronJob') return asString(get(spec, 'completionMode')) === 'Indexed' ? 0 : null
  if (kind !== 'StatefulSet') return null
  const ordinals = asMap(get(spec, 'ordinals'))
  return ordinals === null ? 0 : (asCount(get(ordinals, 'start')) ?? 0)
}

/** Numbers of pods are never below zero: the API server refuses them. */
function asCount(field: Field): number | null {
  const value = asInteger(field)
  if (value === null || value >= 0) return value
  field.report(refusal('NP009', field.path, { invalid: value }, 'must be greater than or equal to 0'))
  return null
}

/** The API server refuses a workload whose selector does not match its template (B-42); its pods have the template's labels. */
function checkSelector(spec: MapField, labels: Labels, kind: WorkloadKind): void {
  const field = get(spec, 'selector', softened(spec.report))
  const selector = asMap(field)
  if (selector === null) return
  const wanted = readLabels(
    kind === 'ReplicationController' || kind === 'DeploymentConfig' ? field : get(selector, 'matchLabels'),
  )
  for (const [key, value] of wanted) {
    if (labels.get(key) === value) continue
    const found = labels.get(key)
    spec.report(
      warning(
        'NP125',
        field.path,
        `the selector wants ${key}=${value}, the template has ${found === undefined ? `no ${key}` : `${key}=${found}`}`,
      ),
    )
  }
}
