import type { Position } from '../../model/source.js'
import { bytesAsText, decodeBytes } from './decode-bytes.js'
import { countBreaks } from '../../syntax/text/position.js'

/** A file that is too large for one text, read in pieces. */
export interface LargeFile {
  readonly size: number
  /** So many bytes are looked at in one piece. */
  readonly window: number
  /** The bytes from one offset to another, fewer at the end of the file. */
  readonly read: (from: number, to: number) => Uint8Array
}

/** Files above this size are read in windows: a text would have to be kept for the places in it. */
export const LARGE = 2 ** 25
/** So much is looked at in one piece, unless a test wants less. */
export const WINDOW = 2 ** 24

/** The bytes as a text of one character each: what separates documents and items is ASCII, and offsets stay. */
export function windowOf({ read, size, window }: LargeFile, from: number, length = window): string {
  return bytesAsText(read(from, Math.min(from + length, size)))
}

/** What cannot be read of a large file, and where. */
export class LargeFileError extends Error {
  readonly position: Position

  constructor(message: string, position: Position) {
    super(message)
    this.position = position
  }
}

/** The text between two offsets; `at` is where it begins, for the message about bytes that are not UTF-8. */
export function textOf({ read }: LargeFile, from: number, to: number, at: Position): string {
  const decoded = decodeBytes(read(from, to))
  if ('text' in decoded) return decoded.text
  const { line, column } = decoded.position
  throw new LargeFileError(decoded.problem, {
    line: at.line + line - 1,
    column: line === 1 ? at.column + column - 1 : column,
  })
}

const lastReread = new WeakMap<LargeFile, { readonly piece: string; readonly value: unknown }>()

/**
 * Reads a piece once more, for a place in it. The last one is kept, because the places of one piece are mostly asked for
 * one after the other: many policies in a piece do not cost a piece each.
 */
export function rereadPiece<Value>(large: LargeFile, piece: string, read: () => Value): Value {
  const last = lastReread.get(large)
  if (last?.piece === piece) return last.value as Value
  const value = read()
  lastReread.set(large, { piece, value })
  return value
}

/** Where a text ends that begins at a place. */
export function placeAfter(text: string, { line, column }: Position): Position {
  const breaks = countBreaks(text)
  if (breaks === 0) return { line, column: column + text.length }
  const last = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
  return { line: line + breaks, column: text.length - last }
}
