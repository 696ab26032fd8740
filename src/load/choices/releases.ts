import type { FileDocument } from '../documents/document-result.js'
import type { ChartRelease, ChartSource } from '../decode/chart-release.js'
import type { Choice } from '../../model/choice.js'

/** A command for each chart that GitOps objects of the input install and say the place of. None of them is tried. */
export function releaseChoices(documents: readonly FileDocument[]): readonly Choice[] {
  const sources = new Map(
    documents.flatMap(({ chartSources }) => chartSources.map((source) => [`${source.kind} ${source.name}`, source])),
  )
  const seen = new Set<string>()
  return documents.flatMap(({ file, releases }) =>
    releases.flatMap((release) => {
      const render = renderOf(release, sources, file)
      if (render === null) return []
      const key = JSON.stringify({ ...render, release: { ...render.release, file: '' } })
      if (seen.has(key)) return []
      seen.add(key)
      return [{ paths: [], exclude: [], build: null, render, workloads: 0, policies: 0 }]
    }),
  )
}

function renderOf(
  { name, namespace, chart, version, from }: ChartRelease,
  sources: ReadonlyMap<string, ChartSource>,
  file: string,
): Choice['render'] {
  const source = 'url' in from ? { url: from.url, tag: null } : sources.get(`${from.kind} ${from.name}`)
  if (source === undefined) return null
  const { url, tag } = source
  const isRegistry = url.startsWith('oci://')
  if (chart === null && !isRegistry) return null
  // Helm takes a chart of a registry by its whole address, and any other by its name and that of its repository
  const address = isRegistry && chart !== null ? `${url.replace(/\/$/, '')}/${chart}` : isRegistry ? url : (chart ?? '')
  // What begins with a dash would be a flag of Helm, such as one that runs a program
  if (name.startsWith('-') || address.startsWith('-')) return null
  const release = { name, namespace, repository: isRegistry ? null : url, version: version ?? tag, file }
  return { chart: address, templates: 0, release }
}
