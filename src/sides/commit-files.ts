import { resolve } from 'node:path'
import type { Entry, FileSystem, Stats } from '../load/files/file-system.js'
import { asText } from '../load/files/links.js'
import { isManifest } from '../load/files/near-manifests.js'
import type { Blobs } from './blobs.js'
import { sameTextInCheckout } from './checkout-changes.js'
import type { FolderNode, TreeNode } from './commit-tree.js'

/** Where a commit would be checked out; both are real paths, absolute, as bytes in Latin-1. */
export interface Checkout {
  readonly top: string
  readonly cwd: string
}

/** A commit as files. */
export interface CommitFiles extends FileSystem {
  /** Reads manifests below some paths at once, up to so many bytes: reading each by itself would take long. */
  readonly prefetch: (paths: readonly string[], most: number) => void
}

/** Where a path leads: into the commit, or to some path outside of it. */
type Place =
  | { readonly isInside: true; readonly names: readonly string[]; readonly node: TreeNode }
  | { readonly isInside: false; readonly path: string }

/** In bytes. */
const MOST_OF_POINTERS = 2 ** 26

/** As many links on one way as Linux follows. */
const MOST_LINKS = 40

/**
 * The files of a commit as its clean checkout would have them, with nothing around them: links are followed inside the
 * commit; one that leads out of it leads to something that cannot be opened.
 */
export function commitFiles(root: FolderNode, blobs: Blobs, { top, cwd }: Checkout): CommitFiles {
  const textOf = (path: Buffer | string) => asText(typeof path === 'string' ? Buffer.from(path) : path)
  const insistOnSame = sameTextInCheckout(root, blobs)
  const pathTo = (names: readonly string[]) => [top, ...names].join('/')

  function find(path: string, followLast = true): Place {
    let links = 0
    let left: readonly string[] = []
    let names: string[] = []
    let nodes: TreeNode[] = [root]
    /** Goes to a path; one outside of the commit is given back. */
    const start = (to: string, below: readonly string[]): string | null => {
      const absolute = to.startsWith('/') ? to : `${cwd}/${to}`
      if (absolute !== top && !absolute.startsWith(`${top}/`)) return absolute
      ;[left, names, nodes] = [[...absolute.slice(top.length).split('/'), ...below], [], [root]]
      return null
    }
    const elsewhere = start(path, [])
    if (elsewhere !== null) return { isInside: false, path: elsewhere }
    for (let [name, ...rest] = left; name !== undefined; [name, ...rest] = left) {
      left = rest
      if (name === '' || name === '.') continue
      if (name === '..') {
        if (names.pop() === undefined) {
          // Out through the top, and perhaps in again by its name
          const away = start(resolve(top, '..', ...left), [])
          if (away !== null) return { isInside: false, path: away }
          continue
        }
        nodes.pop()
        continue
      }
      const here = nodes.at(-1) ?? root
      if (here.kind === 'submodule') throw inSubmodule()
      const node = here.kind === 'folder' ? here.children.get(name) : undefined
      if (node === undefined) throw failed(here.kind === 'folder' ? 'ENOENT' : 'ENOTDIR')
      if (node.kind === 'link' && (followLast || left.some((one) => one !== ''))) {
        if (++links > MOST_LINKS) throw failed('ELOOP')
        const target = asText(Buffer.from(blobs.contentOf(node.hash)))
        if (target.startsWith('/')) {
          const away = start(target, left)
          if (away !== null) return { isInside: false, path: away }
        } else left = [...(target === '' ? ['\0'] : target.split('/')), ...left]
        continue
      }
      names.push(name)
      nodes.push(node)
    }
    return { isInside: true, names, node: nodes.at(-1) ?? root }
  }

  function stat(path: Buffer | string): Stats {
    const place = find(textOf(path))
    const isFolder = place.isInside && (place.node.kind === 'folder' || place.node.kind === 'submodule')
    return { isDirectory: () => isFolder, isFile: () => !isFolder, isFIFO: () => false, isSocket: () => false }
  }

  function list(folder: Buffer): readonly Entry[] {
    const place = find(textOf(folder))
    if (!place.isInside) throw failed('ENOENT')
    if (place.node.kind === 'submodule') throw inSubmodule()
    if (place.node.kind !== 'folder') throw failed('ENOTDIR')
    return [...place.node.children].map(([name, { kind }]) => ({
      name: Buffer.from(name, 'latin1'),
      isDirectory: () => kind === 'folder' || kind === 'submodule',
      isFile: () => kind === 'file',
      isSymbolicLink: () => kind === 'link',
    }))
  }

  function hashOf(path: Buffer | string): string {
    const place = find(textOf(path))
    if (!place.isInside) throw new Error('it lies outside of the commit')
    if (place.node.kind !== 'file') throw new Error('it is not a file')
    insistOnSame(place.names, place.node.hash)
    return place.node.hash
  }

  /** What says where to look, and how files are checked out. */
  function* pointersIn(folder: FolderNode): Iterable<string> {
    for (const [name, node] of folder.children) {
      if (node.kind === 'folder') yield* pointersIn(node)
      else if (node.kind === 'link' || (node.kind === 'file' && name === '.gitattributes')) yield node.hash
    }
  }

  /** The manifests of a folder and below, and what links with such names lead to. */
  function* manifestsIn(folder: FolderNode, names: readonly string[]): Iterable<string> {
    for (const [name, node] of folder.children) {
      if (node.kind === 'folder') yield* manifestsIn(node, [...names, name])
      else if (node.kind === 'file' && isManifest(name)) yield node.hash
      else if (node.kind === 'link' && isManifest(name)) {
        const target = attempt(() => find(pathTo([...names, name])))
        if (target?.isInside === true && target.node.kind === 'file') yield target.node.hash
      }
    }
  }

  return {
    stat,
    list,
    identity(path) {
      const place = find(textOf(path), false)
      return place.isInside ? pathTo(place.names) : place.path
    },
    realPath(path) {
      const place = find(textOf(path))
      return Buffer.from(place.isInside ? pathTo(place.names) : place.path, 'latin1')
    },
    withoutLinks: (path) => resolve(cwd, textOf(path)),
    open(real) {
      const hash = hashOf(real)
      const content = () => blobs.contentOf(hash)
      return {
        size: () => blobs.sizeOf(hash),
        whole: content,
        part: () => (from, to) => content().subarray(from, to),
        close: () => undefined,
      }
    },
    prefetch(paths, most) {
      // Each of these would be a start of git by itself
      blobs.prefetch([...pointersIn(root)], MOST_OF_POINTERS)
      const hashes = paths.flatMap((path): readonly string[] => {
        const place = attempt(() => find(textOf(path)))
        if (place?.isInside !== true) return []
        if (place.node.kind === 'folder') return [...manifestsIn(place.node, place.names)]
        return place.node.kind === 'file' ? [place.node.hash] : []
      })
      blobs.prefetch(hashes, most)
    },
  }
}

function attempt<Result>(find: () => Result): Result | null {
  try {
    return find()
  } catch {
    return null
  }
}

function failed(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function inSubmodule(): Error {
  return new Error('it is a submodule, and what it holds is not in the commit')
}
