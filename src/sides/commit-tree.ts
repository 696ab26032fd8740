import { sizeText } from '../load/files/read-failure.js'
import { remembered } from '../model/once.js'
import { TooMuchOutput, type Git } from './git.js'
import { readObjects } from './objects.js'
import { entriesIn, type FolderNode, type TreeNode } from './tree-entries.js'

/** The tree of a commit. A folder that it repeats is one: a few thousand bytes can stand for more paths than anybody could go. */
export interface CommitTree {
  readonly root: FolderNode
  /** What stands in a folder, by names as Latin-1. Throws an error where no checkout could have it. */
  readonly childrenOf: (folder: FolderNode) => ReadonlyMap<string, TreeNode>
  /** The hashes of what says where to look, and how files are checked out: links and `.gitattributes`. */
  readonly pointers: readonly string[]
}

export const ATTRIBUTES = '.gitattributes'

/** All folders of a commit, each once, in bytes. Those of a million files take some forty MiB. */
const MOST_BYTES = 2 ** 26
/** Each level is a start of git. */
const DEEPEST = 256

/** Reads the tree of a commit, level by level. One that is too large or too deep throws an error that says so. */
export function readTree(git: Git, commit: string): CommitTree {
  const trees = new Map<string, Buffer>()
  const pointers = new Set<string>()
  const hashLength = commit.length / 2
  let room = MOST_BYTES

  /** Reads folders, and gives the hashes of those in them. */
  function readLevel(wanted: readonly string[]): readonly string[] {
    const below = new Set<string>()
    for (const { hash, content } of readTrees(git, wanted, room)) {
      trees.set(hash, content)
      room -= content.length
      for (const { name, node } of entriesIn(content, hashLength)) {
        if (node.kind === 'folder') below.add(node.hash)
        else if (node.kind === 'link' || (node.kind === 'file' && name === ATTRIBUTES)) pointers.add(node.hash)
      }
    }
    return [...below].filter((hash) => !trees.has(hash))
  }

  let level = readLevel([`${commit}^{tree}`])
  const [root] = trees.keys()
  if (root === undefined) throw new Error('this clone does not have its folders: fetch without --filter')
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new Error(`the commit has folders more than ${DEEPEST} levels deep`)
    level = readLevel(level)
  }
  const childrenOf = remembered((hash: string) => childrenIn(trees.get(hash), hashLength))
  return { root: { kind: 'folder', hash: root }, pointers: [...pointers], childrenOf: ({ hash }) => childrenOf(hash) }
}

function readTrees(git: Git, wanted: readonly string[], room: number): ReturnType<typeof readObjects> {
  try {
    return readObjects(git, 'tree', wanted, room)
  } catch (error) {
    if (!(error instanceof TooMuchOutput)) throw error
    throw new Error(`the folders of the commit are larger than ${sizeText(MOST_BYTES)}`, { cause: error })
  }
}

function childrenIn(tree: Buffer | undefined, hashLength: number): ReadonlyMap<string, TreeNode> {
  if (tree === undefined) throw new Error('this clone does not have the folder: fetch without --filter')
  const children = new Map<string, TreeNode>()
  for (const { name, node } of entriesIn(tree, hashLength)) {
    const isName = name !== '' && name !== '.' && name !== '..' && name.toLowerCase() !== '.git' && !name.includes('/')
    if (!isName || children.has(name)) throw new Error('the commit has paths that no checkout can have')
    children.set(name, node)
  }
  return children
}
