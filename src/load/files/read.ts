import type { Code } from '../../codes/entries.js'
import { bytesAsText, decodeFile } from './decode-bytes.js'
import { isTooCostlyError } from '../../model/too-costly.js'
import { withFileLimit } from './file-limit.js'
import { excluder } from './exclude.js'
import { DISK } from './disk.js'
import { LARGE, WINDOW, type LargeFile } from './large-file.js'
import { heldManifests, leftOutWarning } from './left-out-folders.js'
import { asText, isWithin, leadsNowhere, leadsToFolder, rootOf } from './links.js'
import { isManifest, isNearManifest, nearManifestRemark } from './near-manifests.js'
import type { ReadFile, ReadOptions, ReadProblem, ReadResult } from './read-result.js'
import { reasonOf, sizeText } from './read-failure.js'
import { mayHoldUsedKind, printable } from '../kinds/spelling.js'
import {
  brokenLink,
  kindOf,
  linkWarning,
  LINK_OUT,
  nothingIn,
  notText,
  PIPE_HELP,
  specialWarning,
  yieldsNothing,
} from './unread.js'
import { isLeftOut, wayDown } from './walked.js'

/** What a walk passes over and somebody may miss. */
interface Passed {
  readonly near: string[]
  markdown: number
}

const TWO_GIB = 2 ** 31

/** Reads files, folders with all that is in them, and `-`; each file once, however many paths lead to it. */
export function readInputs(paths: readonly string[], options: ReadOptions): ReadResult {
  const { readStdin, maxBytes = TWO_GIB } = options
  const fileSystem = withFileLimit(options.fileSystem ?? DISK, options.maxFiles)
  const leftOut = withFileLimit(options.fileSystem ?? DISK)
  const files: ReadFile[] = []
  const problems: ReadProblem[] = []
  const warnings: ReadProblem[] = []
  const remarks: ReadProblem[] = []
  const excluded: string[] = []
  const seen = new Set<string>()
  const folderLinks: { readonly path: Buffer; readonly shown: string }[] = []
  let room = maxBytes
  let candidates = 0

  const named = [...new Set(paths)]
  const roots = named.flatMap((path) => (path === '-' ? [] : rootOf(path, fileSystem)))
  const direct = roots.filter(({ isLinked }) => !isLinked)
  const isExcluded = excluder(options.exclude ?? [])
  for (const path of named) {
    if (path !== '-') visit(Buffer.from(path), path)
    else if (readStdin === undefined) fail('<stdin>', 'there is no standard input here')
    else take('<stdin>', () => readStdin(room), { isNamed: true, isLinked: false })
  }
  warnAboutLinks()
  return { files, problems, warnings, remarks, excluded }

  function fail(file: string, message: string, help: string | null = null, code: Code = 'NP001'): void {
    problems.push({ code, message, help, file })
  }

  /** What the user names is read whatever it is called, and must be something that can be read. */
  function visit(path: Buffer, shown: string): void {
    const stats = attempt(shown, () => fileSystem.stat(path))
    if (stats === null) return
    if (stats.isDirectory()) walkAll(path, shown)
    else if (stats.isFile()) read(path, shown, { isNamed: true })
    else fail(shown, `is ${kindOf(stats)}, expected a file or a folder`, PIPE_HELP)
  }

  function walkAll(root: Buffer, shown: string): void {
    const passed: Passed = { near: [], markdown: 0 }
    const [seenBefore, excludedBefore] = [candidates, excluded.length]
    walk(root, '', shown, passed)
    if (passed.near.length > 0) remarks.push(nearManifestRemark(shown, passed.near))
    if (candidates === seenBefore && room >= 0)
      problems.push(nothingIn(shown, excluded.length > excludedBefore, passed.markdown))
  }

  /** Names are bytes, since one that is not UTF-8 could not be opened again; sorted, they are in code point order. */
  function walk(folder: Buffer, below: string, shown: string, passed: Passed): void {
    const entries = attempt(shown, () => fileSystem.list(folder)) ?? []
    for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
      if (room < 0) return
      const name = entry.name.toString()
      const path = Buffer.concat([folder, Buffer.from('/'), entry.name])
      const [inner, place] = [`${below}${name}`, join(shown, name)]
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && leadsToFolder(path, fileSystem))
      const isOut = attempt(place, () => isExcluded(inner, place, isFolder))
      if (isOut === true) {
        if (name !== '.git' && (isFolder || isManifest(name))) excluded.push(isFolder ? `${place}/` : place)
      } else if (isLeftOut(name)) {
        if (entry.isDirectory() && name !== '.git') warnIfManifests(path, place)
      } else if (entry.isDirectory()) walk(path, `${inner}/`, place, passed)
      else if (isFolder) folderLinks.push({ path, shown: place })
      else if (isManifest(name)) {
        candidates += 1
        if (entry.isFile() || leadsToFile(path, place)) read(path, place, { isNamed: false })
      } else if (isNearManifest(name)) passed.near.push(place)
      else if (name.endsWith('.md')) passed.markdown += 1
    }
  }

  function warnIfManifests(path: Buffer, shown: string): void {
    const held = attempt(shown, () => heldManifests(path, options.ownPackage ?? null, leftOut))
    if (held !== null && held !== 'none' && isFirst(path, shown)) warnings.push(leftOutWarning(shown, held))
  }

  /** A link is read if it leads to a file. Nobody waits for a pipe, but one with such a name is mentioned. */
  function leadsToFile(path: Buffer, shown: string): boolean {
    if (leadsNowhere(path, fileSystem)) {
      warnings.push(brokenLink(shown))
      return false
    }
    const stats = attempt(shown, () => fileSystem.stat(path))
    if (stats === null || stats.isFile()) return stats !== null
    if (isFirst(path, shown)) warnings.push(specialWarning(shown, stats))
    return false
  }

  /** A link into what is read anyway hides nothing; which folders are read is known at the end only. */
  function warnAboutLinks(): void {
    for (const { path, shown } of folderLinks) {
      const target = attempt(shown, () => fileSystem.realPath(path))
      if (target === null) continue
      const isRead = roots.some(({ real }) => wayDown(real, asText(target))?.some(isLeftOut) === false)
      if (!isRead && isFirst(path, shown)) warnings.push(linkWarning(shown))
    }
  }

  /** Whether nothing was said yet about what lies there, since several of the named folders may hold it. */
  function isFirst(path: Buffer, shown: string): boolean {
    const identity = attempt(shown, () => fileSystem.identity(path))
    if (identity === null) return false
    const before = seen.size
    return seen.add(identity).size > before
  }

  function read(path: Buffer, shown: string, { isNamed }: { readonly isNamed: boolean }): void {
    const real = attempt(shown, () => fileSystem.realPath(path))
    if (real === null || seen.has(asText(real))) return
    seen.add(asText(real))
    if (options.followLinks !== true && !isWithin(roots, asText(real))) {
      fail(shown, ...LINK_OUT)
      return
    }
    const file = attempt(shown, () => fileSystem.open(real))
    if (file === null) return
    const isLinked = !isWithin(direct, asText(real))
    try {
      const size = attempt(shown, file.size)
      if (size === null || !fits(shown, size)) return
      if (size <= LARGE) take(shown, () => file.whole(room), { isNamed, isLinked })
      else {
        const part = attempt(shown, file.part)
        if (part !== null) takeLarge(shown, { size, window: WINDOW, read: part }, isLinked)
      }
    } finally {
      file.close()
    }
  }

  function take(shown: string, get: () => Uint8Array, how: { isNamed: boolean; isLinked: boolean }): void {
    const bytes = attempt(shown, get)
    if (bytes === null || !fits(shown, bytes.length)) return
    if (bytes.length > LARGE) {
      const read = (from: number, to: number) => bytes.subarray(from, to)
      takeLarge(shown, { size: bytes.length, window: WINDOW, read }, how.isLinked)
      return
    }
    room -= bytes.length
    const decoded = decodeFile(bytes)
    if ('problem' in decoded) {
      if (!how.isNamed && !mayHoldUsedKind(printable(bytesAsText(bytes)))) {
        warnings.push(notText(shown, decoded.problem, decoded.position))
        return
      }
      problems.push({ code: 'NP002', message: decoded.problem, help: null, file: shown, ...decoded.position })
      return
    }
    files.push({ file: shown, text: decoded.text, isLinked: how.isLinked })
    if (how.isNamed && yieldsNothing(shown, decoded.text)) problems.push(nothingIn(shown))
  }

  function takeLarge(shown: string, large: LargeFile, isLinked: boolean): void {
    room -= large.size
    files.push({ file: shown, text: '', large, isLinked })
  }

  function fits(shown: string, size: number): boolean {
    if (room >= 0 && size <= room) return true
    tooMuch(shown, `the input is larger than ${sizeText(maxBytes)}`, 'raise the limit with `--max-input`')
    return false
  }

  /** One problem is enough to say that the input is too large; then nothing more is read. */
  function tooMuch(shown: string, message: string, help: string | null): void {
    if (room >= 0) fail(shown, message, help, 'NP028')
    room = -1
  }

  function attempt<Result>(shown: string, action: () => Result): Result | null {
    try {
      return action()
    } catch (error) {
      if (isTooCostlyError(error)) tooMuch(shown, error.message, error.help)
      else fail(shown, `cannot be read: ${reasonOf(error)}`)
      return null
    }
  }
}

function join(folder: string, name: string): string {
  if (folder === '.') return name
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}
