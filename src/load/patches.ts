import { shellWord } from '../model/shell-word.js'
import { diagnose } from './diagnose.js'
import type { ReadDocument, ReadObject } from './document.js'
import { NOTHING } from './document-parts.js'
import { normalPath, parentOf } from './folder-path.js'
import { isIndispensable } from './kinds.js'
import { patchFiles } from './kustomization.js'
import type { LoadOptions } from './options.js'
import { warning } from './problem.js'

type FileDocument = ReadDocument & { readonly file: string }

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
