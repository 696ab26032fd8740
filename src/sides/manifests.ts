import { isManifest } from '../load/files/near-manifests.js'
import { remembered } from '../model/once.js'
import type { CommitTree } from './commit-tree.js'
import type { FolderNode } from './tree-entries.js'

/** What in a folder of a commit has the name of a manifest. */
export interface Manifests {
  /** The hashes of the files. */
  readonly files: ReadonlySet<string>
  /** The names that lead to links, from the root. */
  readonly links: readonly (readonly string[])[]
}

/** As many links are looked at: more only means that what they lead to is read one by one. */
const MOST_LINKS = 50_000

/**
 * Makes a function that finds all manifests of a folder and below. What the commit repeats is gone through once, unless there
 * are links in it, which may lead elsewhere from each place.
 */
export function manifestsOf({ childrenOf }: CommitTree): (folder: FolderNode, names: readonly string[]) => Manifests {
  const hasLinks = remembered((hash: string): boolean =>
    [...childrenOf({ kind: 'folder', hash })].some(([name, node]) =>
      node.kind === 'folder' ? hasLinks(node.hash) : node.kind === 'link' && isManifest(name),
    ),
  )

  return (start, names) => {
    const files = new Set<string>()
    const links: (readonly string[])[] = []
    const seen = new Set<string>()
    const visit = (folder: FolderNode, way: readonly string[]): void => {
      const isFirst = seen.size < seen.add(folder.hash).size
      if (!isFirst && (links.length > MOST_LINKS || !hasLinks(folder.hash))) return
      for (const [name, node] of childrenOf(folder)) {
        if (node.kind === 'folder') visit(node, [...way, name])
        else if (node.kind !== 'submodule' && isManifest(name)) {
          if (node.kind === 'file') files.add(node.hash)
          else links.push([...way, name])
        }
      }
    }
    visit(start, names)
    return { files, links }
  }
}
