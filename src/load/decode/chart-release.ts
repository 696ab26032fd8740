import type { Value } from '../../syntax/text/value.js'

type Mapping = Readonly<Record<string, Value>>

/** A chart that something in the cluster is to install, as far as the object says. */
export interface ChartRelease {
  readonly name: string
  readonly namespace: string | null
  /** The name of the chart in its repository; null where the source itself is the chart. */
  readonly chart: string | null
  readonly version: string | null
  /** Where the chart is: an address, or the kind and name of an object that says so. */
  readonly from: { readonly url: string } | { readonly kind: string; readonly name: string }
}

/** An object that says where charts are. */
export interface ChartSource {
  readonly kind: string
  readonly name: string
  readonly url: string
  readonly tag: string | null
}

/** What a HelmRelease of Flux, an Application of Argo CD or a HelmChart of k3s installs; empty where it is in a git repository. */
export function releasesOf(kind: string, group: string, { metadata, spec }: Mapping): readonly ChartRelease[] {
  const [own, inner] = [asMapping(metadata), asMapping(spec)]
  const name = asText(own['name'])
  if (name === null) return []
  const namespace = asText(own['namespace'])
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') return ofFlux(inner, name, namespace)
  if (group === 'argoproj.io' && kind === 'Application') return ofArgo(inner, name)
  const [chart, url] = [asText(inner['chart']), asText(inner['repo'])]
  if (group !== 'helm.cattle.io' || kind !== 'HelmChart' || chart === null || url === null) return []
  const target = asText(inner['targetNamespace']) ?? namespace
  return [{ name, namespace: target, chart, version: asText(inner['version']), from: { url } }]
}

function ofFlux(spec: Mapping, own: string, namespace: string | null): readonly ChartRelease[] {
  const { sourceRef, ...chart } = asMapping(asMapping(spec['chart'])['spec'])
  const reference = asMapping(spec['chartRef'] ?? sourceRef)
  const [kind, source] = [asText(reference['kind']), asText(reference['name'])]
  const isIndirect = kind === 'OCIRepository' || kind === 'HelmRepository'
  if (!isIndirect || source === null) return []
  return [
    {
      name: asText(spec['releaseName']) ?? own,
      namespace: asText(spec['targetNamespace']) ?? namespace,
      chart: asText(chart['chart']),
      version: asText(chart['version']),
      from: { kind, name: source },
    },
  ]
}

function ofArgo({ source, sources, destination }: Mapping, name: string): readonly ChartRelease[] {
  const all = [source, ...(Array.isArray(sources) ? (sources as readonly Value[]) : [])].map(asMapping)
  return all.flatMap((one) => {
    const [chart, url] = [asText(one['chart']), asText(one['repoURL'])]
    const namespace = asText(asMapping(destination)['namespace'])
    return chart === null || url === null
      ? []
      : [{ name, namespace, chart, version: asText(one['targetRevision']), from: { url } }]
  })
}

/** Where charts are, of a HelmRepository or OCIRepository of Flux; null for any other object. */
export function chartSourceOf(kind: string, group: string, { metadata, spec }: Mapping): ChartSource | null {
  if (group !== SOURCES || (kind !== 'HelmRepository' && kind !== 'OCIRepository')) return null
  const [name, url] = [asText(asMapping(metadata)['name']), asText(asMapping(spec)['url'])]
  if (name === null || url === null) return null
  return { kind, name, url, tag: asText(asMapping(asMapping(spec)['ref'])['tag']) }
}

/** The group of objects that {@link chartSourceOf} reads. */
export const SOURCES = 'source.toolkit.fluxcd.io'

function asMapping(value: Value | undefined): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {}
}

function asText(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
