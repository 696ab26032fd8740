import { readFileSync, rmSync } from 'node:fs'
import { outputFile } from './output-file.js'

/** A file to be written. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/** Writes files, all or none. Returns why that failed, or null. */
export function writeTogether(files: readonly NewFile[]): string | null {
  const before = files.map(({ path }) => ({ path, text: textOf(path) }))
  for (const [index, { path, text }] of files.entries()) {
    const problem = write(path, text)
    if (problem === null) continue
    const remaining = before.slice(0, index).flatMap((file) => (putBack(file) ? [] : [`\`${file.path}\``]))
    return remaining.length === 0 ? problem : `${problem}; ${remaining.join(' and ')} could not be put back as before`
  }
  return null
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // There is none, or writing says why
  }
}

function write(path: string, text: string): string | null {
  const file = outputFile(path)
  file.write(text)
  return file.close()
}

function putBack({ path, text }: { readonly path: string; readonly text: string | null }): boolean {
  if (text !== null) return write(path, text) === null
  try {
    rmSync(path)
    return true
  } catch {
    return false
  }
}
