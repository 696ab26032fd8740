import type { Git } from './git.js'

/** The contents of the files of commits, by their hashes. */
export interface Blobs {
  /** In bytes. */
  readonly sizeOf: (hash: string) => number
  readonly contentOf: (hash: string) => Uint8Array
  /** Reads many at once, up to so many bytes in all: one start of git is dear. */
  readonly prefetch: (hashes: readonly string[], most: number) => void
}

const LINE_FEED = 0x0a

export function blobsOf({ run }: Git): Blobs {
  const sizes = new Map<string, number>()
  const contents = new Map<string, Uint8Array>()
  const linesOf = (hashes: readonly string[]) => hashes.map((hash) => `${hash}\n`).join('')

  function readSizes(hashes: readonly string[]): void {
    for (const line of run(['cat-file', '--batch-check'], linesOf(hashes)).toString().split('\n')) {
      const [, hash, size] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? []
      if (hash !== undefined) sizes.set(hash, Number(size))
    }
  }

  function readContents(hashes: readonly string[]): void {
    const output = run(['cat-file', '--batch'], linesOf(hashes))
    for (let at = 0; at < output.length;) {
      const end = output.indexOf(LINE_FEED, at)
      const [, hash, size] = /^([0-9a-f]+) blob (\d+)$/.exec(output.toString('latin1', at, end)) ?? []
      at = end + 1
      if (hash === undefined) continue
      contents.set(hash, output.subarray(at, at + Number(size)))
      at += Number(size) + 1
    }
  }

  function known<Value>(from: Map<string, Value>, hash: string, read: (hashes: readonly string[]) => void): Value {
    if (!from.has(hash)) read([hash])
    const found = from.get(hash)
    if (found === undefined) throw new Error('this clone does not have its content: fetch without --filter')
    return found
  }

  return {
    sizeOf: (hash) => known(sizes, hash, readSizes),
    contentOf: (hash) => known(contents, hash, readContents),
    prefetch(hashes, most) {
      const wanted = [...new Set(hashes)].filter((hash) => !contents.has(hash))
      if (wanted.length === 0) return
      readSizes(wanted)
      let sum = 0
      const fitting = wanted.filter((hash) => (sum += sizes.get(hash) ?? Infinity) <= most)
      if (fitting.length > 0) readContents(fitting)
    },
  }
}
