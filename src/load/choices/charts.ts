import type { FileDocument } from '../documents/document-result.js'
import type { Choice } from '../../model/choice.js'
import { grouped } from '../../model/grouped.js'

/** The folder of the Helm chart that a template belongs to: the one that has a Chart.yaml and the templates below it. */
export function chartOf(file: string, files: ReadonlySet<string>): string | null {
  for (const { index } of `/${file}`.matchAll(/\/templates\//g)) {
    const folder = file.slice(0, Math.max(0, index - 1)) || (file.startsWith('/') ? '' : '.')
    if (files.has(folder === '.' ? 'Chart.yaml' : `${folder}/Chart.yaml`)) return folder
  }
  return null
}

/** A command for each chart of an input that stands in no other chart, the one with most templates first. None of them is tried. */
export function chartChoices(documents: readonly FileDocument[]): readonly Choice[] {
  const files = new Set(documents.map(({ file }) => file))
  const templates = grouped(
    documents.flatMap(({ file, fate }) => (fate === 'template' ? (chartOf(file, files) ?? []) : [])),
    (chart) => chart,
  )
  const isOuter = (chart: string) =>
    !/\/charts\//.test(chart) || !files.has(`${chart.replace(/\/charts\/.*$/, '')}/Chart.yaml`)
  return [...templates]
    .filter(([chart]) => isOuter(chart))
    .map(([chart, { length }]) => ({ ...NO_INPUT, render: { chart, templates: length } }))
    .sort((a, b) => b.render.templates - a.render.templates || (a.render.chart < b.render.chart ? -1 : 1))
}

const NO_INPUT = { paths: [], exclude: [], build: null, workloads: 0, policies: 0 } as const
