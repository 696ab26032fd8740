import type { Fate, FileDocument } from './documents/document-result.js'
import type { ReadObject } from './decode/decode.js'
import type { Cluster, Inventory, ObjectName } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { collect, familiesOf, mentionedBy, namespacesOf, nodesOf, type Collection } from './cluster/collect.js'
import { remark, severityOf } from './decode/diagnose.js'
import { excerptOf } from './documents/excerpts.js'
import { withoutChartValues } from './documents/chart-values.js'
import { withoutLinkedContent } from './documents/linked-content.js'
import { mergeDuplicates } from './cluster/duplicates.js'
import { readFiles, type BuildOptions, type Input, type ManifestFile } from './documents/input.js'
import { changeObjects, type ChangedObjects } from './what-if/change-objects.js'
import { aboutKustomizations } from './warnings/about-kustomizations.js'
import { choicesOf } from './choices/choices.js'
import { aboutDocuments } from './warnings/skipped.js'
import { withoutPatches } from './documents/patches.js'
import { policiesBehindFaults } from './documents/unparsed.js'
import { refusedObjects, sayLeftOut } from './documents/refused.js'
import { remarksOn } from './warnings/index.js'
import { silence } from './warnings/silence.js'
import { variantsOf, withChoices } from './cluster/overlays.js'
import { servicesOf } from './cluster/services.js'
import { workloadGrouper, type WorkloadGrouper } from './cluster/workloads.js'

/** Turns texts into a cluster. Mistakes in them are diagnostics of the cluster, never exceptions. */
export function buildCluster(
  files: readonly ManifestFile[],
  problems: readonly Diagnostic[],
  options: BuildOptions,
  excluded: readonly string[] = [],
  roots: readonly string[] = [],
): Cluster {
  return assemble({ files, documents: readFiles(files, options), problems, options, excluded, roots })
}

/** A cluster that another is compared with. */
export interface Beside {
  /** Numbered pods are told apart where its policies do, too (D-6). */
  readonly policies: Collection['policies']
  /** One for both, so that they share the workloads of objects that both have. */
  readonly groupWorkloads: WorkloadGrouper
}

/** Builds a cluster from what was read of its files, by itself or `beside` another. */
export function assemble(
  { files, documents: found, problems, options, excluded, roots }: Input,
  beside: Beside = { policies: [], groupWorkloads: workloadGrouper() },
): Cluster {
  const read = withoutChartValues(withoutPatches(found, options))
  const objects = objectsIn(read)
  const merged = mergeDuplicates(objectsIn(read.filter(({ isInstead }) => isInstead !== true)))
  const instead = mergeDuplicates(objectsIn(read.filter(({ isInstead }) => isInstead === true)))
  const refused = new Set([...merged.refused, ...instead.refused])
  const changed = changeObjects(merged.objects, instead.objects, options)
  const fates = read.map(({ fate, objects: own }) => (own.some((o) => refused.has(o)) ? 'error' : fate))
  const collection = collect(changed.objects)
  const documents = sayLeftOut(read, collection.pods.length + collection.workloads.length > 0, options)
  const namespaces = namespacesOf(collection)
  const nodes = nodesOf(collection)
  const mentioned = mentionedBy(collection.policies)
  const told = beside.policies.length === 0 ? mentioned : mentionedBy([...collection.policies, ...beside.policies])
  const workloads = beside.groupWorkloads(collection.pods, collection.workloads, nodes, told)
  const facts = { namespaces, workloads, policies: collection.policies, nodes }
  const remarks = remarksOn({
    cluster: facts,
    collection,
    mentioned,
    objects: changed.objects,
    incompleteIn: new Set(documents.flatMap(({ leftOut }) => leftOut.map(({ name }) => name?.namespace ?? ''))),
    namespaceChosen: options.namespace !== undefined,
    isRead:
      options.keepGoing === true ||
      !documents.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error')),
  })
  const inventory = count(files.length, fates)
  const kustomizations = aboutKustomizations(documents)
  const said = [
    ...problems,
    // Before what stands in the overlays: patches are not whole objects, and would be complained about one by one.
    ...variantsOf(merged.apart),
    ...documents.flatMap((document) => document.diagnostics),
    ...merged.diagnostics,
    ...instead.diagnostics,
    ...changed.done,
    ...[...aboutDocuments(documents), ...kustomizations, ...remarks].map((diagnostic) => ({
      ...diagnostic,
      severity: severityOf(diagnostic.code, diagnostic.severity, options),
    })),
  ]
  const diagnostics = withoutLinkedContent(silence(said, files, objects, options), files)
  const blocking = diagnostics.filter(({ severity }) => severity === 'error')
  // A change that cannot be made is not forgiven: the answer would be one about something else
  const isUnmade = [...problems, ...changed.problems].some(({ code }) => code === 'NP055')
  const answerable = merged.objects.length > 0 && !isUnmade && (blocking.length === 0 || options.keepGoing === true)
  // To try parts of what is too large would take the time again that the limit saves
  const isTooMuch = problems.some(({ code }) => code === 'NP028')
  const left = nothingUsable(inventory, merged.objects.length, blocking, roots)
  const choices =
    (answerable && workloads.length > 0) || isUnmade || isTooMuch || options.trying === 'trial'
      ? null
      : choicesOf(documents, problems, roots, linkedOf(files), options.trying)
  return {
    ...facts,
    services: servicesOf(isChanged(changed) ? changed.objects : objects),
    finishedPods: collection.pods.filter(({ finished }) => finished).map(({ metadata }) => nameOf('Pod', metadata)),
    refused: refusedObjects(documents),
    families: familiesOf(collection, nodes),
    inventory,
    namespaceChosen: options.namespace !== undefined,
    excluded,
    diagnostics: [...changed.problems, ...withChoices(diagnostics, choices), ...left],
    answerable,
    choices,
    incomplete:
      blocking.length > 0 ||
      kustomizations.length > 0 ||
      documents.some((document) => document.incomplete) ||
      policiesBehindFaults(documents).length > 0,
    excerpt: (file, line) => excerptOf(files, file, line),
  }
}

function objectsIn(documents: readonly FileDocument[]): readonly ReadObject[] {
  return documents.flatMap(({ objects }) => objects)
}

function isChanged({ done, problems }: ChangedObjects): boolean {
  return done.length + problems.length > 0
}

function linkedOf(files: readonly ManifestFile[]): ReadonlySet<string> {
  return new Set(files.filter(({ isLinked }) => isLinked === true).map(({ file }) => file))
}

function count(files: number, fates: readonly Fate[]): Inventory {
  const counts: Record<Fate, number> = { used: 0, irrelevant: 0, empty: 0, template: 0, error: 0 }
  for (const fate of fates) counts[fate]++
  return { files, ...counts }
}

/** An input in which nothing can be used must never look like a cluster without policies. */
function nothingUsable(
  { files, used, template, error }: Inventory,
  objects: number,
  blocking: readonly Diagnostic[],
  roots: readonly string[],
): readonly Diagnostic[] {
  if (used + objects > 0) return []
  // Whatever could not be read has said why; with --keep-going it is still nothing.
  if (blocking.length > 0 && (error > 0 || files === 0)) return []
  if (blocking.some(({ code }) => code === 'NP027')) return []
  const where =
    roots.length === 0 ? '' : ` in ${roots.map((root) => `\`${root === '-' ? '<stdin>' : root}\``).join(', ')}`
  const message = `${files === 0 ? 'no manifests were' : 'nothing usable was'} found${where}`
  const help =
    template > 0 ? 'render the templates first: helm template … | netpol-sim … -f -' : 'name manifests with -f'
  return [remark({ code: 'NP027', message, help })]
}

function nameOf(kind: string, { namespace, name }: { namespace: string; name: string }): ObjectName {
  return { kind, namespace, name }
}
