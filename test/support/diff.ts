import { parseCluster, type Cluster } from '../../src/index.js'
import { diffReport, type DiffOptions } from '../../src/report/diff/diff-report.js'
import type { DiffResult } from '../../src/report/diff/diff-result.js'

/** Compares two clusters. */
export function diffOf(base: Cluster, head: Cluster, options: DiffOptions = {}): DiffResult {
  const sideOf = (cluster: Cluster, title: string) => ({
    cluster,
    options: {},
    name: { ref: null, commit: null, path: title },
    title,
    placeOf: (file: string) => file,
  })
  return diffReport(sideOf(base, 'base.yaml'), sideOf(head, 'head.yaml'), options)
}

/** Compares two texts. */
export function diffTexts(base: string, head: string, options: DiffOptions = {}): DiffResult {
  const [before, after] = [base, head].map((text, index) =>
    parseCluster([{ file: index === 0 ? 'base.yaml' : 'head.yaml', text }]),
  )
  if (before === undefined || after === undefined) throw new Error('there are two texts')
  return diffOf(before, after, options)
}
