import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import type { Code } from '../model/codes.js'
import { decodeBytes } from './decode-bytes.js'
import { excluder } from './exclude.js'
import { LARGE, WINDOW, type LargeFile } from './large-file.js'
import { isManifest, isNearManifest, nearManifestRemark } from './near-manifests.js'
import type { ReadFile, ReadProblem, ReadResult } from './read-result.js'
import { reasonOf, sizeText } from './text-failure.js'
import { kindOf, linkWarning, PIPE_HELP, specialWarning } from './unread.js'
import { isLeftOut, wayDown } from './walked.js'

export interface ReadOptions {
  /** Reads standard input, or so much of it that it is more than `most` bytes. */
  readonly readStdin?: ((most: number) => Uint8Array) | undefined
  /** Globs of what is left out of folders; what is named itself is read all the same. */
  readonly exclude?: readonly string[] | undefined
  /** The most bytes in all. */
  readonly maxBytes?: number | undefined
}

const TWO_GIB = 2 ** 31

/** Reads files, folders with all that is in them, and `-`; each file once, however many paths lead to it. */
export function readInputs(paths: readonly string[], options: ReadOptions): ReadResult {
  const { readStdin, maxBytes = TWO_GIB } = options
  const isExcluded = excluder(options.exclude ?? [])
  const files: ReadFile[] = []
  const problems: ReadProblem[] = []
  const warnings: ReadProblem[] = []
  const remarks: ReadProblem[] = []
  const seen = new Set<string>()
  const roots: string[] = []
  const folderLinks: { readonly path: Buffer; readonly shown: string }[] = []
  let room = maxBytes

  for (const path of new Set(paths)) {
    if (path !== '-') visit(Buffer.from(path), path)
    else if (readStdin === undefined) fail('<stdin>', 'there is no standard input here')
    else take('<stdin>', () => readStdin(room))
  }
  warnAboutLinks()
  return { files, problems, warnings, remarks }

  function fail(file: string, message: string, help: string | null = null, code: Code = 'NP001'): void {
    problems.push({ code, message, help, file })
  }

  /** What the user names is read whatever it is called, and must be something that can be read. */
  function visit(path: Buffer, shown: string): void {
    const stats = attempt(shown, () => statSync(path))
    if (stats === null) return
    if (stats.isDirectory()) walkAll(path, shown)
    else if (stats.isFile()) read(path, shown)
    else fail(shown, `is ${kindOf(stats)}, expected a file or a folder`, PIPE_HELP)
  }

  function walkAll(root: Buffer, shown: string): void {
    const real = attempt(shown, () => realPath(root))
    if (real === null) return
    roots.push(real)
    const passed: string[] = []
    walk(root, '', shown, passed)
    if (passed.length > 0) remarks.push(nearManifestRemark(shown, passed))
  }

  /** Names are bytes, since one that is not UTF-8 could not be opened again; sorted, they are in code point order. */
  function walk(folder: Buffer, below: string, shown: string, passed: string[]): void {
    const entries = attempt(shown, () => readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) ?? []
    for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
      const name = entry.name.toString()
      const path = Buffer.concat([folder, Buffer.from('/'), entry.name])
      const [inner, place] = [`${below}${name}`, join(shown, name)]
      if (isLeftOut(name) || isExcluded(inner, place, entry.isDirectory())) continue
      if (entry.isDirectory()) walk(path, `${inner}/`, place, passed)
      else if (entry.isSymbolicLink() && isFolder(path)) {
        if (!isExcluded(inner, place, true)) folderLinks.push({ path, shown: place })
      } else if (!isManifest(name)) {
        if (isNearManifest(name)) passed.push(place)
      } else if (entry.isFile() || leadsToFile(path, place)) read(path, place)
    }
  }

  /** A link is read if it leads to a file. Nobody waits for a pipe, but one with such a name is mentioned. */
  function leadsToFile(path: Buffer, shown: string): boolean {
    const stats = attempt(shown, () => statSync(path))
    if (stats === null || stats.isFile()) return stats !== null
    if (isFirst(path, shown)) warnings.push(specialWarning(shown, stats))
    return false
  }

  /** A link into what is read anyway hides nothing; which folders are read is known at the end only. */
  function warnAboutLinks(): void {
    for (const { path, shown } of folderLinks) {
      const target = attempt(shown, () => realPath(path))
      if (target === null) continue
      const isRead = roots.some((root) => wayDown(root, target)?.some(isLeftOut) === false)
      if (!isRead && isFirst(path, shown)) warnings.push(linkWarning(shown))
    }
  }

  /** Whether nothing was said yet about what lies there, since several of the named folders may hold it. */
  function isFirst(path: Buffer, shown: string): boolean {
    const stats = attempt(shown, () => lstatSync(path))
    if (stats === null) return false
    const before = seen.size
    return seen.add(`${stats.dev}:${stats.ino}`).size > before
  }

  function read(path: Buffer, shown: string): void {
    const real = attempt(shown, () => realPath(path))
    if (real === null || seen.has(real)) return
    seen.add(real)
    const descriptor = attempt(shown, () => openRegular(path))
    if (descriptor === null) return
    try {
      const { size } = fstatSync(descriptor)
      if (!fits(shown, size)) return
      if (size > LARGE) takeLarge(shown, { size, window: WINDOW, read: (from, to) => readBytes(path, from, to) })
      else take(shown, () => readFileSync(descriptor))
    } finally {
      closeSync(descriptor)
    }
  }

  function take(shown: string, get: () => Uint8Array): void {
    const bytes = attempt(shown, get)
    if (bytes === null || !fits(shown, bytes.length)) return
    if (bytes.length > LARGE) {
      takeLarge(shown, { size: bytes.length, window: WINDOW, read: (from, to) => bytes.subarray(from, to) })
      return
    }
    room -= bytes.length
    const decoded = decodeBytes(bytes)
    if ('text' in decoded) files.push({ file: shown, text: decoded.text })
    else problems.push({ code: 'NP002', message: decoded.problem, help: null, file: shown, ...decoded.position })
  }

  function takeLarge(shown: string, large: LargeFile): void {
    room -= large.size
    files.push({ file: shown, text: '', large })
  }

  /** One problem is enough to say that the input is too large; then nothing more is read. */
  function fits(shown: string, size: number): boolean {
    if (room < 0) return false
    if (size <= room) return true
    fail(shown, `the input is larger than ${sizeText(maxBytes)}`, 'raise the limit with `--max-input`', 'NP028')
    room = -1
    return false
  }

  function attempt<Result>(shown: string, action: () => Result): Result | null {
    try {
      return action()
    } catch (error) {
      fail(shown, `cannot be read: ${reasonOf(error)}`)
      return null
    }
  }
}

/** A part of a file. It is opened each time, so that none stays open for messages that may never come. */
function readBytes(path: Buffer, from: number, to: number): Uint8Array {
  const descriptor = openRegular(path)
  try {
    const bytes = new Uint8Array(to - from)
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(descriptor, bytes, length, bytes.length - length, from + length)
    }
    return bytes.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}

/** Opens a file without waiting for anybody to write: what was a file a moment ago may be a pipe by now. */
function openRegular(path: Buffer): number {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  if (fstatSync(descriptor).isFile()) return descriptor
  closeSync(descriptor)
  throw new Error('it is no regular file any more')
}

/** Whether a link leads to a folder; one that leads nowhere does not. */
function isFolder(path: Buffer): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Bytes as Latin-1, in which every name is another text. */
function realPath(path: Buffer): string {
  return realpathSync.native(path, 'buffer').toString('latin1')
}

function join(folder: string, name: string): string {
  if (folder === '.') return name
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}
