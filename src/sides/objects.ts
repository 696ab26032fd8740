import type { Git } from './git.js'

/** An object of a repository with its content. */
export interface GitObject {
  readonly hash: string
  readonly content: Buffer
}

const LINE_FEED = 0x0a

/**
 * Reads objects by their hashes, or by other names for them, with one start of git; those that the repository lacks, and of
 * another kind, are left out. An answer of more than `most` bytes throws an error.
 */
export function readObjects(
  { run }: Git,
  kind: 'blob' | 'tree',
  names: readonly string[],
  most: number,
): readonly GitObject[] {
  if (names.length === 0) return []
  // Trees are never handed on in pieces
  const memory = kind === 'tree' ? { memory: most } : {}
  const output = run(['cat-file', '--batch'], { input: inLines(names), most, ...memory })
  const objects: GitObject[] = []
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(LINE_FEED, at)
    const [, hash, found, digits] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(output.toString('latin1', at, end)) ?? []
    at = end + 1
    if (hash === undefined) continue
    const size = Number(digits)
    if (found === kind) objects.push({ hash, content: output.subarray(at, at + size) })
    at += size + 1
  }
  return objects
}

/** The sizes of blobs in bytes, by their hashes; without those that the repository lacks. */
export function readSizes({ run }: Git, hashes: readonly string[]): ReadonlyMap<string, number> {
  const lines = run(['cat-file', '--batch-check'], { input: inLines(hashes) })
    .toString()
    .split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [, hash, size] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? []
      return hash === undefined ? [] : [[hash, Number(size)] as const]
    }),
  )
}

function inLines(names: readonly string[]): string {
  return names.map((name) => `${name}\n`).join('')
}
