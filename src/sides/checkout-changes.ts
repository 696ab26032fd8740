import { sizeText } from '../load/files/read-failure.js'
import { remembered } from '../model/once.js'
import type { Blobs } from './blobs.js'
import { ATTRIBUTES, type CommitTree } from './commit-tree.js'
import type { FolderNode, TreeNode } from './tree-entries.js'

type Attribute = 'ident' | 'working-tree-encoding'

/**
 * Where a `.gitattributes` makes a checkout write other bytes than a commit holds: the first line of each attribute, from 1, by what
 * a name must be like for it.
 */
type CheckoutChanges = ReadonlyMap<string, Readonly<Partial<Record<Attribute, number>>>>

const NO_CHANGES: CheckoutChanges = new Map()

const ENCODING = 'working-tree-encoding='
/** A checkout in these is read as the same text. */
const SAME_TEXT = /^utf-?8$|^utf-?16(?:[lb]e-bom)?$/i
/** In bytes; more than anybody writes. */
const MOST_ATTRIBUTES = 2 ** 20

/**
 * The lines of a `.gitattributes` for which a checkout rewrites files: into another encoding, which can make any text of
 * them, or with a hash for `$Id$`. Ends of lines do not count, since YAML and JSON read all of them alike.
 */
function checkoutChanges(attributes: Uint8Array): CheckoutChanges {
  const changes = new Map<string, Partial<Record<Attribute, number>>>()
  const lines = Buffer.from(attributes).toString('latin1').split('\n')
  for (const [index, text] of lines.entries()) {
    const [, pattern = '', rest = ''] = /^[ \t]*("(?:\\.|[^"\\])*"|[^ \t\r]+)(.*)$/s.exec(text) ?? []
    const attribute = pattern.startsWith('#') ? null : attributeIn(rest)
    if (attribute === null) continue
    const likeness = likenessOf(pattern)
    changes.set(likeness, { [attribute]: index + 1, ...changes.get(likeness) })
  }
  return changes
}

function attributeIn(text: string): Attribute | null {
  for (const word of text.split(/[ \t\r]+/)) {
    if (word.startsWith(ENCODING) && !SAME_TEXT.test(word.slice(ENCODING.length))) return 'working-tree-encoding'
    if (word === 'ident') return word
  }
  return null
}

/** Any name; no name has a slash. */
const ANY = '/'

/** What every name that a pattern may be about is like: the name, or how it ends, in lower case. */
function likenessOf(pattern: string): string {
  // A macro gives its attributes to patterns elsewhere, and what is quoted may have escapes
  if (/^(?:\[attr\]|")/.test(pattern)) return ANY
  const last = pattern.slice(pattern.lastIndexOf('/') + 1).toLowerCase()
  return /[*?[\]\\]/.test(last) ? endingOf(last) : last
}

function endingOf(name: string): string {
  const [ending] = /\.\w+$/.exec(name) ?? []
  return ending === undefined ? ANY : `*${ending}`
}

/**
 * Makes a function that throws an error for a file of which a checkout would have another text: whoever reviews the commit
 * would not see what is applied.
 */
export function sameTextInCheckout(
  { root, childrenOf }: CommitTree,
  blobs: Blobs,
): (names: readonly string[], hash: string) => void {
  const changesOf = remembered((hash: string): CheckoutChanges => {
    if (blobs.sizeOf(hash) <= MOST_ATTRIBUTES) return checkoutChanges(blobs.contentOf(hash))
    throw new Error(`a ${ATTRIBUTES} of the commit is larger than ${sizeText(MOST_ATTRIBUTES)}`)
  })
  function changesIn(folder: FolderNode): CheckoutChanges {
    const file = childrenOf(folder).get(ATTRIBUTES)
    return file?.kind === 'file' ? changesOf(file.hash) : NO_CHANGES
  }
  return (names, hash) => {
    const name = (names.at(-1) ?? '').toLowerCase()
    const likenesses = [...new Set([name, endingOf(name), ANY])]
    let folder: TreeNode | undefined = root
    for (const [depth, next] of names.entries()) {
      if (folder?.kind !== 'folder') return
      const changes = changesIn(folder)
      const found = likenesses.map((likeness) => changes.get(likeness) ?? {})
      for (const attribute of ['working-tree-encoding', 'ident'] as const) {
        const line = Math.min(...found.map((lines) => lines[attribute] ?? Infinity))
        if (line === Infinity || (attribute === 'ident' && !Buffer.from(blobs.contentOf(hash)).includes('$Id')))
          continue
        const place = [...names.slice(0, depth), `${ATTRIBUTES}:${line}`].join('/')
        throw new Error(`a checkout has another text of it (${attribute} in ${place})`)
      }
      folder = childrenOf(folder).get(next)
    }
  }
}
