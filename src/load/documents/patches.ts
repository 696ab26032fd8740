import type { FileDocument } from './document-result.js'
import type { ReadObject } from '../decode/decode.js'
import { shellWord } from '../../model/shell-word.js'
import { diagnose } from '../decode/diagnose.js'
import { NOTHING } from './document-result.js'
import { normalPath, parentOf } from '../files/folder-path.js'
import { isIndispensable } from '../kinds/kinds.js'
import { patchFiles } from './kustomization.js'
import type { LoadOptions } from '../decode/load-options.js'
import { warning } from '../decode/problem.js'

/**
 * Leaves out what a kustomization names as a patch, whole as it may look: a workload in it is not there once more. A policy
 * or a Namespace stays, since leaving one out would take more than a guess; then the object stands twice, which is said.
 */
export function withoutPatches(documents: readonly FileDocument[], options: LoadOptions): readonly FileDocument[] {
  const patches = patchFiles(documents)
  if (patches.size === 0) return documents
  return documents.map((document) => {
    const kustomization = patches.get(normalPath(document.file))
    if (kustomization === undefined || !document.objects.some(isDispensable)) return document
    const kept = document.objects.filter((object) => !isDispensable(object))
    const said = document.objects.filter(isDispensable).map(({ name, source }) => {
      const folder = parentOf(normalPath(kustomization))
      const message = `a patch of \`${kustomization}\`: it was left out`
      const help = `build the kustomization: kustomize build ${shellWord(folder === '' ? '.' : folder)} | netpol-sim … -f -`
      return diagnose(warning('NP139', [], message, help), name, source, options)
    })
    return {
      ...(kept.length === 0 ? { ...NOTHING, file: document.file } : document),
      objects: kept,
      diagnostics: [...document.diagnostics, ...said],
      incomplete: true,
    }
  })
}

function isDispensable({ kind }: ReadObject): boolean {
  return !isIndispensable(kind)
}
