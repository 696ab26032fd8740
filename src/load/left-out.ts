import type { Diagnostic } from '../model/diagnostic.js'
import { shellWord } from '../model/shell-word.js'
import { grouped } from '../model/grouped.js'
import { remark } from './diagnose.js'
import type { ReadDocument } from './document.js'
import { aboutUnparsed } from './unparsed.js'
import { folderOf } from './variants.js'

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
        message: `${counted(found.length, 'object', ` of ${kind}`)} not read: pods of that kind are missing from the answer`,
        help: 'add the pods, or the workloads that make them: kubectl get po,deploy,sts -A -o json',
      }),
    ),
    ...aboutUnparsed(documents),
  ]
}

/** The folder of the Helm chart that a template belongs to: the one that has a Chart.yaml and the templates below it. */
function chartOf(file: string, files: ReadonlySet<string>): string | null {
  for (const { index } of `/${file}`.matchAll(/\/templates\//g)) {
    const folder = file.slice(0, Math.max(0, index - 1)) || (file.startsWith('/') ? '' : '.')
    if (files.has(folder === '.' ? 'Chart.yaml' : `${folder}/Chart.yaml`)) return folder
  }
  return null
}

function counted(number: number, thing: string, more = ''): string {
  return number === 1 ? `1 ${thing}${more} was` : `${number} ${thing}s${more} were`
}
