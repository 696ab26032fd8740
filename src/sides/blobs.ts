import { sizeText } from '../load/files/read-failure.js'
import type { Git } from './git.js'
import { readObjects, readSizes } from './objects.js'

/** The contents of the files of commits, by their hashes. */
export interface Blobs {
  /** In bytes. */
  readonly sizeOf: (hash: string) => number
  readonly contentOf: (hash: string) => Uint8Array
  /** Reads many at once, the small ones first: one start of git is dear. From now on so many bytes may be read in all. */
  readonly prefetch: (hashes: readonly string[], most: number) => void
}

/** So many bytes are read in all unless more is asked for: they stay in memory, where a file would be read in pieces. */
export const MOST_CONTENT = 2 ** 27

/** So often git is started for a single file. What an input names is read at once, so only odd links come near. */
const MOST_STARTS = 500

/** Room for what git says before the content of each. */
const HEADER = 100

export function blobsOf(git: Git): Blobs {
  const sizes = new Map<string, number>()
  const contents = new Map<string, Uint8Array>()
  let [limit, room, starts] = [MOST_CONTENT, MOST_CONTENT, 0]

  function learnSizes(hashes: readonly string[]): void {
    for (const [hash, size] of readSizes(git, hashes)) sizes.set(hash, size)
  }

  function learnContents(hashes: readonly string[], bytes: number): void {
    room -= bytes
    for (const { hash, content } of readObjects(git, 'blob', hashes, bytes + HEADER * hashes.length))
      contents.set(hash, content)
  }

  function readAlone(hash: string): void {
    const size = sizeOf(hash)
    if (size > room)
      throw new Error(`the files of the commit are larger than ${sizeText(limit)}, which --max-input raises`)
    countStart()
    learnContents([hash], size)
  }

  function countStart(): void {
    if (++starts > MOST_STARTS)
      throw new Error(`links lead to more than ${MOST_STARTS} files that are not among the inputs`)
  }

  function sizeOf(hash: string): number {
    if (!sizes.has(hash)) {
      countStart()
      learnSizes([hash])
    }
    return present(sizes.get(hash))
  }

  return {
    sizeOf,
    contentOf(hash) {
      if (!contents.has(hash)) readAlone(hash)
      return present(contents.get(hash))
    },
    prefetch(hashes, most) {
      ;[limit, room] = [most, room + most - limit]
      const wanted = [...new Set(hashes)].filter((hash) => !contents.has(hash))
      if (wanted.length === 0) return
      learnSizes(wanted)
      let sum = 0
      const known = wanted.flatMap((hash) => (sizes.has(hash) ? [{ hash, size: sizeOf(hash) }] : []))
      const sorted = known.sort((a, b) => a.size - b.size)
      const fitting = sorted.filter(({ size }) => (sum += size) <= room)
      learnContents(
        fitting.map(({ hash }) => hash),
        fitting.reduce((total, { size }) => total + size, 0),
      )
    },
  }
}

function present<Value>(found: Value | undefined): Value {
  if (found === undefined) throw new Error('this clone does not have its content: fetch without --filter')
  return found
}
