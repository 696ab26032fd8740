import { Buffer, isUtf8 } from 'node:buffer'
import type { Position } from '../../model/source.js'
import { positionAt } from '../../syntax/text/position.js'
import { GIT_CRYPT } from '../kinds/placeholders.js'

/**
 * Decodes the bytes of a file: UTF-8 strictly, or UTF-16 where a byte order mark says so.
 *
 * Kubernetes would put U+FFFD in the place of bytes that are not UTF-8 and go on with a text that nobody wrote.
 */
export function decodeBytes(bytes: Uint8Array): { text: string } | { problem: string; position: Position } {
  const encoding = encodingOf(bytes)
  const start = { line: 1, column: 1 }
  if (encoding === 'utf-32') return { problem: 'the text is UTF-32, expected UTF-8', position: start }
  if (encoding === 'utf-8') return decodeUtf8(bytes)
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch {
    return { problem: 'the text is not valid UTF-16', position: start }
  }
}

/** Decodes a whole file: of one that git-crypt encrypted, only what says so, as the rest is no text. */
export function decodeFile(bytes: Uint8Array): ReturnType<typeof decodeBytes> {
  const isEncrypted = bytesAsText(bytes.subarray(0, GIT_CRYPT.length)) === GIT_CRYPT
  return isEncrypted ? { text: GIT_CRYPT } : decodeBytes(bytes)
}

/** How many bytes a text has in UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

/** Bytes as a text of one character each: what is ASCII can be found in it, and offsets stay. */
export function bytesAsText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** Some bytes of UTF-8 as they are shown, not read: what is not valid, or cut off, becomes U+FFFD. */
export function decodeLossy(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** Checks and decodes without a TextDecoder, which takes longer to make than most files to read. */
function decodeUtf8(bytes: Uint8Array): { text: string } | { problem: string; position: Position } {
  if (!isUtf8(bytes)) return { problem: 'the text is not valid UTF-8', position: firstBadUtf8(bytes) }
  return { text: decodeLossy(bytes) }
}

const BYTE_ORDER_MARK = '\ufeff'

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32' {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'utf-32' : 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0 && second === 0 && third === 0xfe && fourth === 0xff ? 'utf-32' : 'utf-8'
}

/** Halves the bytes until the first bad one stands alone: what stands before it decodes in a stream without a fault. */
function firstBadUtf8(bytes: Uint8Array): Position {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isPrefixOfUtf8(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, good), { stream: true })
  return positionAt(before, before.length)
}

function isPrefixOfUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
