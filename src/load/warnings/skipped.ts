import type { ReadDocument } from '../documents/document-result.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { shellWord } from '../../model/shell-word.js'
import { grouped } from '../../model/grouped.js'
import { remark } from '../decode/diagnose.js'
import { chartOf } from '../choices/charts.js'
import { isInstaller } from '../decode/unread-workload.js'
import { aboutUnparsed } from '../documents/unparsed.js'
import { folderOf } from '../cluster/overlays.js'

/** What was left out, counted: templates by chart or folder, kustomizations, policies of other systems by kind (D-22). */
export function aboutDocuments(
  documents: readonly (ReadDocument & { readonly file: string })[],
): readonly Diagnostic[] {
  const files = new Set(documents.map(({ file }) => file))
  const templates = grouped(
    documents.filter(({ fate }) => fate === 'template'),
    ({ file }) => chartOf(file, files) ?? folderOf(file),
  )
  const others = grouped(
    documents.flatMap(({ otherPolicies }) => otherPolicies),
    (kind) => kind,
  )
  const workloads = grouped(
    documents.flatMap(({ unreadWorkloads }) => unreadWorkloads),
    (kind) => kind,
  )
  return [
    ...[...templates].map(([folder, skipped]) => {
      const isChart = skipped.some(({ file }) => chartOf(file, files) === folder)
      const command = `helm template ${isChart ? shellWord(folder) : '…'} | netpol-sim … -f -`
      const message = `${counted(skipped.length, 'unrendered template')} skipped`
      return remark(
        {
          code: 'NP101',
          message: isChart ? `${message}; \`${command}\` reads what the chart makes` : message,
          help: `render them first: ${command}`,
        },
        folder,
      )
    }),
    ...[...others].map(([kind, found]) =>
      remark({
        code: 'NP102',
        message: `${counted(found.length, 'object', ` of ${kind}`)} not simulated: verdicts may differ`,
      }),
    ),
    ...[...workloads].map(([kind, found]) =>
      remark({
        code: 'NP138',
        message: `${counted(found.length, 'object', ` of ${kind}`)} not ${isInstaller(kind) ? 'rendered: what the charts make is' : 'read: pods of that kind are'} missing from the answer`,
        help: isInstaller(kind)
          ? 'render the charts with their values and read that as well: helm template … | netpol-sim … -f -'
          : 'add the pods, or the workloads that make them: kubectl get po,deploy,sts -A -o json',
      }),
    ),
    ...aboutUnparsed(documents),
  ]
}

function counted(number: number, thing: string, more = ''): string {
  return number === 1 ? `1 ${thing}${more} was` : `${number} ${thing}s${more} were`
}
