import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs'
import type { Code } from '../model/codes.js'
import { decodeBytes } from './decode-bytes.js'

/** A file as text, under the path that messages call it by. */
export interface ReadFile {
  readonly file: string
  readonly text: string
}

/** Why something was not read. */
export interface ReadProblem {
  readonly code: Code
  readonly message: string
  readonly help: string | null
  readonly file: string
  readonly line?: number
  readonly column?: number
}

export interface ReadResult {
  readonly files: readonly ReadFile[]
  readonly problems: readonly ReadProblem[]
}

export interface ReadOptions {
  readonly readStdin?: (() => Uint8Array) | undefined
  /** The most bytes in all. */
  readonly maxBytes?: number | undefined
}

const LEFT_OUT: ReadonlySet<string> = new Set(['.git', 'node_modules', '.terraform'])
const MANIFEST = /\.(?:ya?ml|json)$/
const TWO_GIB = 2 ** 31

/** Reads files, folders and `-`; each file once, however many arguments reach it. */
export function readInputs(paths: readonly string[], { readStdin, maxBytes = TWO_GIB }: ReadOptions): ReadResult {
  const files: ReadFile[] = []
  const problems: ReadProblem[] = []
  const seen = new Set<string>()
  let room = maxBytes
  const fail = (file: string, code: Code, message: string, help: string | null = null) => {
    problems.push({ code, message, help, file })
  }
  const take = (file: string, size: number, read: () => Uint8Array) => {
    if (size > room) {
      fail(file, 'NP028', `the input is larger than ${maxBytes} bytes`, 'raise the limit with --max-input')
      return
    }
    const bytes = attempt(read, (reason) => {
      fail(file, 'NP001', `cannot be read: ${reason}`)
    })
    if (bytes === null) return
    room -= bytes.length
    const decoded = decodeBytes(bytes)
    if ('text' in decoded) files.push({ file, text: decoded.text })
    else problems.push({ code: 'NP002', message: decoded.problem, help: null, file, ...decoded.position })
  }
  const visit = (path: string, named: boolean) => {
    const stats = attempt(
      () => (named ? statSync(path) : lstatSync(path)),
      (reason) => {
        fail(path, 'NP001', `cannot be read: ${reason}`)
      },
    )
    if (stats === null) return
    if (stats.isDirectory()) {
      const names = attempt(
        () => readdirSync(path),
        (reason) => {
          fail(path, 'NP001', `the folder cannot be read: ${reason}`)
        },
      )
      for (const name of [...(names ?? [])].sort(byCodePoint)) {
        if (!LEFT_OUT.has(name)) visit(join(path, name), false)
      }
    } else if (named || MANIFEST.test(path)) {
      const target = stats.isSymbolicLink() ? linkedFile(path) : stats
      if (target?.isFile() !== true) {
        if (named) fail(path, 'NP001', 'is neither a regular file nor a folder')
        return
      }
      const real =
        attempt(
          () => realpathSync(path),
          () => undefined,
        ) ?? path
      if (seen.has(real)) return
      seen.add(real)
      take(path, target.size, () => readFileSync(path))
    }
  }
  for (const path of paths) {
    if (path !== '-') visit(path, true)
    else if (readStdin === undefined) fail('<stdin>', 'NP001', 'there is no standard input here')
    else take('<stdin>', 0, readStdin)
  }
  return { files, problems }
}

/** What a link in a folder leads to, if that is a file; links to folders are not followed. */
function linkedFile(path: string): Stats | null {
  return attempt(
    () => statSync(path),
    () => undefined,
  )
}

function attempt<Value>(action: () => Value, failed: (reason: string) => void): Value | null {
  try {
    return action()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    failed(REASONS[code] ?? (error instanceof Error ? error.message : String(error)))
    return null
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
}

function join(folder: string, name: string): string {
  if (folder === '.') return name
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
