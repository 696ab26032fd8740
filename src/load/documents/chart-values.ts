import type { Diagnostic } from '../../model/diagnostic.js'
import { shellWord } from '../../model/shell-word.js'
import { remark } from '../decode/diagnose.js'
import { normalPath, parentOf } from '../files/folder-path.js'
import { NOTHING, type FileDocument, type ReadDocument } from './document-result.js'

/** `values.yaml`, `values-prod.yaml`, `prod-values.yaml`, `values.prod.yml`. */
const VALUES = /^(?:.*[-_.])?values(?:[-_.].*)?\.ya?ml$/
const RELEASE = 'HelmRelease (helm.toolkit.fluxcd.io)'

/**
 * Calls values of a chart what they are, where reading them as an object came to a complaint: a file of that name beside a
 * Chart.yaml or a HelmRelease, in which a document has no apiVersion, no kind, or is no whole object. What a cluster would take
 * for an object, valid or not, stays one.
 */
export function withoutChartValues(documents: readonly FileDocument[]): readonly FileDocument[] {
  if (!documents.some((document) => mayBeValues(document))) return documents
  const charts = new Set(
    documents.flatMap(({ file }) => (/(?:^|\/)Chart\.yaml$/.test(file) ? [parentOf(normalPath(file))] : [])),
  )
  const releases = new Set(
    documents.flatMap(({ file, unreadWorkloads }) =>
      unreadWorkloads.includes(RELEASE) ? [parentOf(normalPath(file))] : [],
    ),
  )
  return documents.map((document) => {
    if (!mayBeValues(document)) return document
    const { file } = document
    const folder = parentOf(normalPath(file))
    const isOfChart = charts.has(folder)
    if (!isOfChart && !releases.has(folder)) return document
    const [{ line, column } = { line: null, column: null }] = complaintsOf(document)
    const chart = isOfChart ? shellWord(folder === '' ? '.' : folder) : '…'
    const own = isOfChart && /(?:^|\/)values\.yaml$/.test(file) ? '' : ` -f ${shellWord(file)}`
    const said = remark(
      {
        code: 'NP139',
        message: `values of a ${isOfChart ? 'chart' : 'HelmRelease'}, not an object: they were left out`,
        help: `render the chart with them: helm template ${chart}${own} | netpol-sim … -f -`,
      },
      file,
      line === null ? null : { line, column: column ?? 1 },
    )
    return { ...NOTHING, file, diagnostics: [said] }
  })
}

/** Whether a document is in a file of that name, and nothing but a misunderstanding as an object. */
function mayBeValues(document: FileDocument): boolean {
  const { file, objects, otherPolicies, unreadWorkloads } = document
  if (objects.length + otherPolicies.length + unreadWorkloads.length > 0) return false
  const complaints = complaintsOf(document)
  return (
    complaints.length > 0 && complaints.every(isAboutNoObject) && VALUES.test(file.slice(file.lastIndexOf('/') + 1))
  )
}

function complaintsOf({ diagnostics, leftOut }: ReadDocument): readonly Diagnostic[] {
  return [...diagnostics, ...leftOut.flatMap((object) => object.diagnostics)]
}

function isAboutNoObject({ code, path }: Diagnostic): boolean {
  return code === 'NP139' || (code === 'NP010' && (path === 'kind' || path === 'apiVersion'))
}
