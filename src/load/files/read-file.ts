import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'

/** How much is made room for at a time where a file does not say how large it is, as those under /proc. */
const PIECE = 65_536

/**
 * Opens a file by its real path, without waiting for anybody to write and without going through a link: what was a file a
 * moment ago may be a pipe by now, or a link to somewhere else.
 */
export function openRegular(realPath: Buffer): number {
  const descriptor = openSync(realPath, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    if (fstatSync(descriptor).isFile()) return descriptor
    throw new Error('it is not a regular file any more')
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** Reads a file to its end, or so much of it that it is more than `most` bytes. It must stay the same meanwhile. */
export function readWhole(descriptor: number, most: number): Uint8Array {
  const before = fstatSync(descriptor)
  // One byte more than there should be shows a file that grows.
  let bytes = new Uint8Array(before.size === 0 ? PIECE : before.size + 1)
  let length = 0
  for (let read = -1; read !== 0 && length <= most; length += read) {
    if (length === bytes.length) {
      if (before.size > 0) break
      bytes = enlarged(bytes)
    }
    read = readSync(descriptor, bytes, length, bytes.length - length, null)
  }
  if (length <= most) insistOnSame(before, fstatSync(descriptor), before.size === 0 ? 0 : length)
  return bytes.subarray(0, length)
}

/** A part of a file that was opened before. It is opened each time, so that none stays open for messages that may never come. */
export function readPart(realPath: Buffer, known: Stats, from: number, to: number): Uint8Array {
  const descriptor = openRegular(realPath)
  try {
    const wanted = Math.max(0, Math.min(to, known.size) - from)
    const bytes = new Uint8Array(wanted)
    let length = 0
    for (let read = -1; read !== 0 && length < wanted; length += read) {
      read = readSync(descriptor, bytes, length, wanted - length, from + length)
    }
    insistOnSame(known, fstatSync(descriptor), known.size - wanted + length)
    return bytes
  } finally {
    closeSync(descriptor)
  }
}

/** A file that somebody writes to is neither what it was nor what it will be. */
function insistOnSame(before: Stats, after: Stats, length: number): void {
  const isSame = before.ino === after.ino && before.dev === after.dev && before.mtimeMs === after.mtimeMs
  if (!isSame || after.size !== before.size || length !== before.size) throw new Error('it changed while it was read')
}

function enlarged(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2)
  larger.set(bytes)
  return larger
}
