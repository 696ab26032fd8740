/** Something in the tree of a commit; what stands in a folder is known by its hash. */
export type TreeNode =
  FolderNode | { readonly kind: 'file' | 'link'; readonly hash: string } | { readonly kind: 'submodule' }

export interface FolderNode {
  readonly kind: 'folder'
  readonly hash: string
}

/** What stands in a folder as git keeps it: the name as Latin-1. */
export interface TreeEntry {
  readonly name: string
  readonly node: TreeNode
}

const [BLANK, ZERO, SEVEN] = [0x20, 0x30, 0x37]

/** The entries of a folder: `MODE NAME`, a zero byte, and the bytes of a hash. */
export function* entriesIn(tree: Buffer, hashLength: number): Iterable<TreeEntry> {
  for (let at = 0; at < tree.length;) {
    if (tree[at] === BLANK) throw broken()
    let mode = 0
    for (; tree[at] !== BLANK; at++) {
      const digit = tree[at] ?? 0
      if (digit < ZERO || digit > SEVEN) throw broken()
      mode = (mode << 3) | (digit - ZERO)
    }
    const end = tree.indexOf(0, at)
    if (end === -1 || end + hashLength >= tree.length) throw broken()
    const name = tree.toString('latin1', at + 1, end)
    at = end + 1 + hashLength
    yield { name, node: nodeOf(mode, tree.toString('hex', end + 1, at)) }
  }
}

/** The kinds of files under Unix. What is none of these is a commit to git. */
function nodeOf(mode: number, hash: string): TreeNode {
  const kind = KINDS[(mode >> 12) & 0o17]
  return kind === undefined ? { kind: 'submodule' } : { kind, hash }
}

const KINDS: Readonly<Record<number, 'folder' | 'file' | 'link'>> = { 0o04: 'folder', 0o10: 'file', 0o12: 'link' }

function broken(): Error {
  return new Error('a folder of the commit is broken')
}
