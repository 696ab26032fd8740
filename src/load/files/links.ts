import { realpathSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { FileSystem } from './file-system.js'
import { wayDown } from './walked.js'

/** A path that was named: where it really is, and whether a link leads there. */
export interface Root {
  readonly real: string
  readonly isLinked: boolean
}

/** Where a path really is, as bytes; {@link asText} makes a text of them in which every name is another. */
export function realPath(path: Buffer | string): Buffer {
  return realpathSync.native(path, 'buffer')
}

/** Bytes as Latin-1, since a name need not be UTF-8. */
export function asText(path: Buffer): string {
  return path.toString('latin1')
}

/** What a path of the user stands for; none where there is nothing, which reading it will say. */
export function rootOf(path: string, files: Pick<FileSystem, 'realPath' | 'withoutLinks'>): readonly Root[] {
  try {
    const real = asText(files.realPath(path))
    return [{ real, isLinked: real.toLowerCase() !== files.withoutLinks(path).toLowerCase() }]
  } catch {
    return []
  }
}

/**
 * What the real path is unless there is a link in it. What lies directly in the root folder belongs to the system: some have
 * a link there, from `/tmp` to `/private/tmp`, and whoever can make one needs no other.
 */
export function withoutLinks(path: string): string {
  const [, top = '', ...below] = resolve(path).split('/')
  const system = asText(realPath(`/${top}`))
  return [system === '/' ? '' : system, ...below.map((part) => asText(Buffer.from(part)))].join('/') || '/'
}

/** Whether something really lies in one of the roots, or is one. */
export function isWithin(roots: readonly Root[], real: string): boolean {
  return roots.some((root) => wayDown(root.real, real) !== null)
}

/** Whether a path lies outside of a folder, by its name or by where its links lead. */
export function leadsOut(path: string, folder: string, files: Pick<FileSystem, 'realPath' | 'withoutLinks'>): boolean {
  const lexical = relative(folder, resolve(path))
  if (lexical === '..' || lexical.startsWith('../')) return true
  const root = { real: asText(files.realPath(folder)), isLinked: false }
  return rootOf(path, files).some(({ real }) => !isWithin([root], real))
}

/** Whether something leads to nothing that is there; what cannot be reached may be there. */
export function leadsNowhere(path: Buffer, files: Pick<FileSystem, 'stat'>): boolean {
  try {
    files.stat(path)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(error.code))
  }
}

/** Whether a link leads to a folder; one that leads nowhere does not. */
export function leadsToFolder(path: Buffer, files: Pick<FileSystem, 'stat'>): boolean {
  try {
    return files.stat(path).isDirectory()
  } catch {
    return false
  }
}
