import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { excluder, type Exclude } from '../load/exclude.js'
import { isManifest } from '../load/near-manifests.js'
import { isLeftOut, wayDown } from '../load/walked.js'

const MOST_LINKS = 40

/**
 * Writes a file whole or not at all: beside it first, then in its place. Permissions stay, a link is written through, and
 * what is no regular file, such as a pipe or `/dev/stdout`, is written directly. Returns why it could not be written, or
 * null; a reader that has seen enough is no failure.
 */
export function writeOutputFile(path: string, text: string): string | null {
  const bytes = Buffer.from(text)
  try {
    const known = statSync(path, { throwIfNoEntry: false })
    if (known !== undefined && !known.isFile()) writeDirectly(path, bytes)
    else replace(throughLinks(path), bytes, known)
    return null
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return 'code' in error && error.code === 'EPIPE' ? null : error.message
  }
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

/** An answer that an earlier run left in a folder is no manifest, though it has the name of one. */
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

function writeDirectly(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, constants.O_WRONLY)
  try {
    writeAll(descriptor, bytes)
  } finally {
    closeSync(descriptor)
  }
}

function replace(target: string, bytes: Uint8Array, known: Stats | undefined): void {
  if (known !== undefined) accessSync(target, constants.W_OK)
  const temporary = `${dirname(target)}/.netpol-sim-${process.pid}-${Date.now()}.tmp`
  const descriptor = openSync(temporary, 'wx')
  try {
    try {
      if (known !== undefined) fchmodSync(descriptor, known.mode & 0o7777)
      writeAll(descriptor, bytes)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Where a chain of links ends, whether there is something or not. */
function throughLinks(path: string): string {
  let target = resolve(path)
  for (let links = 0; links < MOST_LINKS; links++) {
    target = join(realpathSync(dirname(target)), basename(target))
    if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return target
    target = resolve(dirname(target), readlinkSync(target))
  }
  return target
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
}
