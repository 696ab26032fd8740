import type { FileDocument, ReadDocument } from '../documents/document-result.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { shellWord } from '../../model/shell-word.js'
import { remark } from '../decode/diagnose.js'
import { isBelow, normalPath, parentOf } from '../files/folder-path.js'
import { buildOf, isKustomizationFile, kustomizationsOf, type Build } from '../documents/kustomization.js'

const AS_THEY_LIE = 'the manifests beside it were read unmodified'

/**
 * A remark for each kustomization that builds something else than what was read in its folder: objects changed, files
 * listed and not read, files read and not listed, objects that stay behind (D-26). Answers are incomplete then.
 */
export function aboutKustomizations(documents: readonly FileDocument[]): readonly Diagnostic[] {
  const kustomizations = kustomizationsOf(documents)
  const read = new Set(documents.map(({ file }) => normalPath(file)))
  const used = new Set(documents.filter(matters).map(({ file }) => normalPath(file)))
  const local = new Set(documents.filter(staysBehind).map(({ file }) => normalPath(file)))
  return documents.flatMap(({ file, kustomization }) => {
    if (kustomization === null || kustomization.isComponent) return []
    const build = buildOf(parentOf(normalPath(file)), kustomizations, read)
    const reasons = isKustomizationFile(file)
      ? reasonsFor(build, used, local)
      : kustomization.changes
        ? [AS_THEY_LIE]
        : []
    if (reasons.length === 0) return []
    return [
      remark(
        {
          code: 'NP131',
          severity: 'warning',
          message: `the kustomization was not built: ${reasons.join('; ')}`,
          help: `kustomize build ${shellWord(build.folder === '' ? '.' : build.folder)} | netpol-sim … -f -`,
        },
        file,
      ),
    ]
  })
}

/** Whether there is something in a document that an answer may rest on. */
function matters({ objects, fate, incomplete }: ReadDocument): boolean {
  return objects.length > 0 || incomplete || fate === 'error'
}

function staysBehind({ objects }: ReadDocument): boolean {
  return objects.some(({ isLocal }) => isLocal)
}

function reasonsFor(build: Build, used: ReadonlySet<string>, local: ReadonlySet<string>): readonly string[] {
  const { folder, files, unread, changes } = build
  const unlisted = [...used].filter((file) => isBelow(file, folder) && !files.has(file))
  const behind = [...files].filter((file) => local.has(file))
  return [
    ...(changes ? [AS_THEY_LIE] : []),
    ...(unread.length > 0 ? [`${some(unread)} listed and not read`] : []),
    ...(unlisted.length > 0 ? [`${some(unlisted)} read and not listed`] : []),
    ...(behind.length > 0
      ? [`${some(behind)} partly left out of what it builds (\`config.kubernetes.io/local-config\`)`]
      : []),
  ]
}

/** The first of several paths, and how many more. */
function some(paths: readonly string[]): string {
  const [first = ''] = paths
  return paths.length === 1 ? `\`${first}\` is` : `\`${first}\` and ${paths.length - 1} more are`
}
