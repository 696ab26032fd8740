import type { Blobs } from './blobs.js'
import type { FolderNode, TreeNode } from './commit-tree.js'

/** A line of a `.gitattributes` that makes a checkout write other bytes than a commit holds. */
interface CheckoutChange {
  readonly pattern: string
  /** From 1. */
  readonly line: number
  readonly attribute: 'ident' | 'working-tree-encoding'
}

const ENCODING = 'working-tree-encoding='
/** A checkout in these is read as the same text. */
const SAME_TEXT = /^utf-?8$|^utf-?16(?:[lb]e-bom)?$/i

/**
 * The lines of a `.gitattributes` for which a checkout rewrites files: into another encoding, which can make any text of
 * them, or with a hash for `$Id$`. Ends of lines do not count, since YAML and JSON read all of them alike.
 */
function checkoutChanges(attributes: Uint8Array): readonly CheckoutChange[] {
  const lines = Buffer.from(attributes).toString('latin1').split('\n')
  return lines.flatMap((text, index) => {
    const [, pattern = '', rest = ''] = /^[ \t]*("(?:\\.|[^"\\])*"|[^ \t\r]+)(.*)$/s.exec(text) ?? []
    if (pattern.startsWith('#')) return []
    const attribute = rest
      .split(/[ \t\r]+/)
      .map((word) =>
        word.startsWith(ENCODING) && !SAME_TEXT.test(word.slice(ENCODING.length))
          ? 'working-tree-encoding'
          : word === 'ident'
            ? word
            : null,
      )
      .find((one) => one !== null)
    return attribute === undefined ? [] : [{ pattern, line: index + 1, attribute }]
  })
}

/** Whether a line may be about a file of this name; false is a proof. */
function mayApply({ pattern, attribute }: CheckoutChange, name: string, content: () => Uint8Array): boolean {
  if (attribute === 'ident' && !Buffer.from(content()).includes('$Id')) return false
  // A macro gives its attributes to patterns elsewhere, and what is quoted may have escapes
  if (/^(?:\[attr\]|")/.test(pattern)) return true
  const last = pattern.slice(pattern.lastIndexOf('/') + 1).toLowerCase()
  if (!/[*?[\]\\]/.test(last)) return last === name.toLowerCase()
  const [, ending] = /(\.\w+)$/.exec(last) ?? []
  return ending === undefined || name.toLowerCase().endsWith(ending)
}

/**
 * Makes a function that throws an error for a file of which a checkout would have another text: whoever reviews the commit
 * would not see what is applied.
 */
export function sameTextInCheckout(root: FolderNode, blobs: Blobs): (names: readonly string[], hash: string) => void {
  const known = new Map<FolderNode, readonly CheckoutChange[]>()
  function changesIn(folder: FolderNode): readonly CheckoutChange[] {
    const before = known.get(folder)
    if (before !== undefined) return before
    const file = folder.children.get('.gitattributes')
    const changes = file?.kind === 'file' ? checkoutChanges(blobs.contentOf(file.hash)) : []
    known.set(folder, changes)
    return changes
  }
  return (names, hash) => {
    let folder: TreeNode | undefined = root
    for (const [depth, name] of names.entries()) {
      if (folder?.kind !== 'folder') return
      const change = changesIn(folder).find((one) => mayApply(one, names.at(-1) ?? '', () => blobs.contentOf(hash)))
      if (change !== undefined) {
        const place = [...names.slice(0, depth), `.gitattributes:${change.line}`].join('/')
        throw new Error(`a checkout has another text of it (${change.attribute} in ${place})`)
      }
      folder = folder.children.get(name)
    }
  }
}
