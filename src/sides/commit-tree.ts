import type { Git } from './git.js'

/** Something in the tree of a commit; names are bytes as Latin-1. */
export type TreeNode =
  | { readonly kind: 'folder'; readonly children: Map<string, TreeNode> }
  | { readonly kind: 'file' | 'link'; readonly hash: string }
  | { readonly kind: 'submodule' }

export type FolderNode = Extract<TreeNode, { readonly kind: 'folder' }>

/** No system opens a longer path. */
const LONGEST_PATH = 4096

/** Reads the tree of a commit. One that no checkout could make throws an error. */
export function readTree({ run }: Git, commit: string): FolderNode {
  const root: FolderNode = { kind: 'folder', children: new Map() }
  const listed = run(['ls-tree', '-r', '-z', '--full-tree', commit]).toString('latin1')
  for (const line of listed.split('\0')) {
    if (line === '') continue
    const [, mode = '', , hash = '', path = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t([^]*)$/.exec(line) ?? []
    if (path === '') throw new Error('git lists the commit in a way that is not known')
    put(root, path, nodeOf(mode, hash))
  }
  return root
}

function nodeOf(mode: string, hash: string): TreeNode {
  if (mode === '160000') return { kind: 'submodule' }
  return { kind: mode === '120000' ? 'link' : 'file', hash }
}

function put(root: FolderNode, path: string, node: TreeNode): void {
  const names = path.split('/')
  const last = names.pop() ?? ''
  let folder = root
  for (const name of names) {
    const next = folder.children.get(name) ?? { kind: 'folder', children: new Map() }
    if (next.kind !== 'folder') throw impossible()
    folder.children.set(name, next)
    folder = next
  }
  const isName = (name: string) => name !== '' && name !== '.' && name !== '..' && name.toLowerCase() !== '.git'
  if (path.length > LONGEST_PATH || ![...names, last].every(isName) || folder.children.has(last)) throw impossible()
  folder.children.set(last, node)
}

function impossible(): Error {
  return new Error('the commit has paths that no checkout can have')
}
