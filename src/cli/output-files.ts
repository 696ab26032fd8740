import { readFileSync, rmSync } from 'node:fs'
import { writeWhole } from './output-file.js'

/** A file to be written. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/** Writes files, all or none. Returns why that failed, or null. */
export function writeTogether(files: readonly NewFile[]): string | null {
  const before = files.map(({ path }) => ({ path, content: contentOf(path) }))
  for (const [index, { path, text }] of files.entries()) {
    const problem = writeWhole(path, text)
    if (problem === null) continue
    const remaining = before.slice(0, index).flatMap((file) => (putBack(file) ? [] : [`\`${file.path}\``]))
    return remaining.length === 0 ? problem : `${problem}; ${remaining.join(' and ')} could not be put back as before`
  }
  return null
}

function contentOf(path: string): Uint8Array | null {
  try {
    return readFileSync(path)
  } catch {
    return null // There is none, or writing says why
  }
}

function putBack({ path, content }: { readonly path: string; readonly content: Uint8Array | null }): boolean {
  if (content !== null) return writeWhole(path, content) === null
  try {
    rmSync(path)
    return true
  } catch {
    return false
  }
}
