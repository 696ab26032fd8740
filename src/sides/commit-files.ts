import { resolve } from 'node:path'
import { remembered } from '../model/once.js'
import type { Entry, FileSystem, Stats } from '../load/files/file-system.js'
import { asText } from '../load/files/links.js'
import { MOST_CONTENT, type Blobs } from './blobs.js'
import { sameTextInCheckout } from './checkout-changes.js'
import type { CommitTree } from './commit-tree.js'
import type { TreeNode } from './tree-entries.js'
import { manifestsOf } from './manifests.js'

/** Where a commit would be checked out; both are real paths, absolute, as bytes in Latin-1. */
export interface Checkout {
  readonly top: string
  readonly cwd: string
}

/** A commit as files. */
export interface CommitFiles extends FileSystem {
  /** Reads manifests below some paths at once: reading each by itself would take long. So many bytes may be read in all. */
  readonly prefetch: (paths: readonly string[], most?: number) => void
}

/** Where a path leads: into the commit, or to some path outside of it. */
type Place =
  | { readonly isInside: true; readonly names: readonly string[]; readonly node: TreeNode }
  | { readonly isInside: false; readonly path: string }

/** Where a link leads, as it says; the names are the next one last. */
type Target =
  | { readonly isAbsolute: true; readonly path: string }
  | { readonly isAbsolute: false; readonly names: readonly string[] }

/** In bytes. */
const MOST_OF_POINTERS = 2 ** 26

/** As many links on one way as Linux follows. */
const MOST_LINKS = 40

/** As long as a path may be on Linux, and so what a link holds. */
const LONGEST_PATH = 4096

/** So many names are gone over by way of links: each of them may lead over thousands. */
const MOST_LINKED = 10_000_000

/**
 * The files of a commit as its clean checkout would have them, with nothing around them: links are followed inside the
 * commit; one that leads out of it leads to something that cannot be opened.
 */
export function commitFiles(tree: CommitTree, blobs: Blobs, { top, cwd }: Checkout): CommitFiles {
  const { root, childrenOf } = tree
  const textOf = (path: Buffer | string) => asText(typeof path === 'string' ? Buffer.from(path) : path)
  const insistOnSame = sameTextInCheckout(tree, blobs)
  const manifestsIn = manifestsOf(tree)
  const pathTo = (names: readonly string[]) => [top, ...names].join('/')
  let linked = 0

  const targetOf = remembered((hash: string): Target => {
    if (blobs.sizeOf(hash) >= LONGEST_PATH) throw failed('ENAMETOOLONG')
    const text = asText(Buffer.from(blobs.contentOf(hash)))
    if (text === '') throw failed('ENOENT')
    return text.startsWith('/')
      ? { isAbsolute: true, path: text }
      : { isAbsolute: false, names: namesIn(text).reverse() }
  })

  function find(path: string, followLast = true): Place {
    let links = 0
    /** The names that are still to go, the next one last. */
    let left: string[] = []
    let names: string[] = []
    let nodes: TreeNode[] = [root]
    /** Goes to a path from the root of the system; one outside of the commit is given back. */
    const start = (to: string): string | null => {
      const absolute = to.startsWith('/') ? to : `${cwd}/${to}`
      if (absolute !== top && !absolute.startsWith(`${top}/`)) return absolute
      ;[names, nodes] = [[], [root]]
      left.push(...namesIn(absolute.slice(top.length)).reverse())
      return null
    }
    const elsewhere = start(path)
    if (elsewhere !== null) return { isInside: false, path: elsewhere }
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (name === '..') {
        if (names.pop() === undefined) {
          // Out through the top, and perhaps in again by its name
          const outside = resolve(top, '..', ...left.reverse())
          left = []
          const away = start(outside)
          if (away !== null) return { isInside: false, path: away }
          continue
        }
        nodes.pop()
        continue
      }
      const here = nodes.at(-1) ?? root
      if (here.kind === 'submodule') throw inSubmodule()
      const node = here.kind === 'folder' ? childrenOf(here).get(name) : undefined
      if (node === undefined) throw failed(here.kind === 'folder' ? 'ENOENT' : 'ENOTDIR')
      if (node.kind === 'link' && (followLast || left.length > 0)) {
        if (++links > MOST_LINKS) throw failed('ELOOP')
        const target = targetOf(node.hash)
        const before = left.length
        if (target.isAbsolute) {
          const away = start(target.path)
          if (away !== null) return { isInside: false, path: away }
        } else left.push(...target.names)
        linked += left.length - before
        if (linked > MOST_LINKED) throw new Error(`links of the commit lead over more than ${MOST_LINKED} names`)
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
    return [...childrenOf(place.node)].map(([name, { kind }]) => ({
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
        part() {
          const bytes = content()
          return (from, to) => bytes.subarray(from, to)
        },
        close: () => undefined,
      }
    },
    prefetch(paths, most = MOST_CONTENT) {
      // Each of these would be a start of git by itself
      blobs.prefetch(tree.pointers, MOST_OF_POINTERS)
      const hashes = paths.flatMap((path): readonly string[] => {
        const place = attempt(() => find(textOf(path)))
        if (place?.isInside !== true) return []
        if (place.node.kind === 'file') return [place.node.hash]
        if (place.node.kind !== 'folder') return []
        const { files, links } = manifestsIn(place.node, place.names)
        const targets = links.map((names) => attempt(() => find(pathTo(names))))
        return [
          ...files,
          ...targets.flatMap((one) => (one?.isInside === true && one.node.kind === 'file' ? [one.node.hash] : [])),
        ]
      })
      blobs.prefetch(hashes, most)
    },
  }
}

function namesIn(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.')
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
