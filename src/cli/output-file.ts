import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

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
