import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, normalize, resolve } from 'node:path'
import { excluder, type Exclude } from '../load/files/exclude.js'
import { isManifest } from '../load/files/near-manifests.js'
import { isLeftOut, wayDown } from '../load/files/walked.js'
import { writeAll } from './write-all.js'

/** Devices of a process; what else lies in /dev may be a disk. */
const DEVICES = /^\/dev\/(?:stdout|stderr|fd\/\d+)$/

/** What a file is that is written, and how. */
type Target = 'whole' | 'directly' | { readonly problem: string }

/** A file that an answer is written to, whole or not at all. */
export interface OutputFile {
  readonly write: (content: string | Uint8Array) => void
  /** Puts the file in its place. Returns why it could not be written, or null. Without any text what was there stays. */
  readonly close: () => string | null
  /** Leaves what was there. */
  readonly abandon: () => void
}

/**
 * Writes a file whole or not at all: beside it first, then in its place, with its permissions. A pipe that somebody reads and
 * a device such as `/dev/stdout` are written directly. Anything else is refused: a link in a pull request could lead to any
 * file of the machine. A reader that has seen enough is not a failure.
 */
export function outputFile(path: string): OutputFile {
  let open: Opened | null = null
  let problem: string | null = null
  const abandon = () => {
    open?.abandon()
    open = null
  }
  const attempt = (action: () => void) => {
    if (problem !== null) return
    try {
      action()
    } catch (error) {
      problem = problemOf(path, error)
      abandon()
    }
  }
  return {
    write: (content) => {
      attempt(() => {
        // What stands before `..` may be a link to a folder with another parent
        open ??= openTarget(normalize(path))
        writeAll(open.descriptor, typeof content === 'string' ? Buffer.from(content) : content)
      })
    },
    close: () => {
      attempt(() => {
        open?.commit()
        open = null
      })
      return problem === '' ? null : problem
    },
    abandon,
  }
}

/** Writes all of a file. Returns why that failed, or null. */
export function writeWhole(path: string, content: string | Uint8Array): string | null {
  const file = outputFile(path)
  file.write(content)
  return file.close()
}

/** A descriptor to write to; then one of the others is called, once. */
interface Opened {
  readonly descriptor: number
  readonly commit: () => void
  readonly abandon: () => void
}

/** Why a file could not be written; empty where its reader has seen enough, so that nothing more need be written. */
function problemOf(path: string, error: unknown): string {
  if (!(error instanceof Error)) throw error
  const code = 'code' in error ? error.code : null
  if (code === 'ENXIO') return `nobody reads the pipe \`${path}\``
  return code === 'EPIPE' ? '' : error.message
}

function openTarget(path: string): Opened {
  const target = targetOf(path)
  if (typeof target !== 'string') throw new Error(target.problem)
  return target === 'directly' ? openDirectly(path) : openReplacement(path)
}

function targetOf(path: string): Target {
  if (DEVICES.test(resolve(path))) return 'directly'
  if (leadsAway(path)) return { problem: `\`${path}\` lies behind a link that leads out of the current folder` }
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined || stats.isFile()) return 'whole'
  if (stats.isFIFO() || (stats.isCharacterDevice() && resolve(path).startsWith('/dev/'))) return 'directly'
  const kind = stats.isSymbolicLink() ? 'link' : stats.isDirectory() ? 'folder' : 'special file'
  return { problem: `\`${path}\` is a ${kind}, expected a file` }
}

/** Whether a path below the current folder really leads elsewhere: the folder may have been made a link. */
function leadsAway(path: string): boolean {
  const here = realpathSync('.')
  return wayDown(here, resolve(here, path)) !== null && wayDown(here, realpathSync(dirname(path))) === null
}

/** Whether writing there would replace what is read: an input that is named, or a manifest in a folder that is. */
export function replacesInput(path: string, inputs: readonly string[], exclude: readonly string[]): boolean {
  const real = realFile(path)
  if (real === null) return false
  // A link in a folder is read there, wherever it leads.
  const places = [real, join(realpathSync(dirname(path)), basename(path))]
  const isExcluded = excluder(exclude)
  return inputs.some((input) => input !== '-' && places.some((place) => isRead(place, input, isExcluded)))
}

/** Where a file really is; null where there is none yet, or something that is not replaced, such as a pipe. */
function realFile(path: string): string | null {
  try {
    return statSync(path).isFile() ? realpathSync(path) : null
  } catch {
    return null // Writing says why
  }
}

function isRead(place: string, input: string, isExcluded: Exclude): boolean {
  const way = existsSync(input) ? wayDown(realpathSync(input), place) : null
  if (way === null || way.length === 0) return way !== null
  if (!isManifest(place) || way.some(isLeftOut) || isEarlierAnswer(place)) return false
  return !way.some((_, index) => {
    const below = way.slice(0, index + 1).join('/')
    return isExcluded(below, join(input, below), index < way.length - 1)
  })
}

/** An answer that an earlier run left in a folder is not a manifest, though it has the name of one. */
function isEarlierAnswer(place: string): boolean {
  const start = Buffer.alloc(200)
  const descriptor = openSync(place, 'r')
  try {
    readSync(descriptor, start)
  } finally {
    closeSync(descriptor)
  }
  return /^\{\s*"schemaVersion": *\d+,\s*"command": *"/.test(start.toString('latin1'))
}

function openDirectly(path: string): Opened {
  // Without waiting for somebody to read, and never into what has become a file or another link meanwhile
  const descriptor = openSync(path, constants.O_WRONLY | (DEVICES.test(resolve(path)) ? 0 : DIRECT))
  const close = () => {
    closeSync(descriptor)
  }
  return { descriptor, commit: close, abandon: close }
}

const DIRECT = constants.O_NONBLOCK | constants.O_NOFOLLOW

/** A file beside the target, which takes its place. */
function openReplacement(target: string): Opened {
  const known = lstatSync(target, { throwIfNoEntry: false })
  if (known !== undefined) accessSync(target, constants.W_OK)
  const temporary = join(dirname(target), `.netpol-sim-${randomBytes(16).toString('hex')}.tmp`)
  const descriptor = openSync(temporary, 'wx')
  let isOpen = true
  const close = () => {
    if (isOpen) closeSync(descriptor)
    isOpen = false
  }
  const abandon = () => {
    close()
    rmSync(temporary, { force: true })
  }
  try {
    if (known !== undefined) fchmodSync(descriptor, known.mode & 0o777)
  } catch (error) {
    abandon()
    throw error
  }
  const commit = () => {
    fsyncSync(descriptor)
    close()
    renameSync(temporary, target)
  }
  return { descriptor, commit, abandon }
}
