import type { Position } from '../../model/source.js'
import type { TextDocument } from './split.js'
import type { Inherited } from './relevance.js'
import { placeAfter, rereadPiece, textOf, windowOf, type LargeFile } from '../files/large-file.js'
import { jsonItems, yamlItems, type ItemRange, type ItemsStart } from './list-items.js'
import { inheritedOf } from './list.js'
import { endOfValue, skipBlanks } from '../../syntax/json/scan.js'

/** Some of the items of a list: their text, and where they stand in it. */
export interface ItemPiece {
  readonly document: () => TextDocument
  readonly items: () => readonly ItemRange[]
}

/** A list in pieces. */
export interface LargeList {
  readonly inherited: Inherited | null
  readonly pieces: Iterable<ItemPiece>
  /** Where the list ends in the file. */
  readonly end: number
}

interface Piece {
  readonly from: number
  readonly to: number
  readonly place: Position
}

/** What stands after the items is short: the kind, and what was written about the list as a whole. */
const LONGEST_END = 2 ** 20

/** Cuts a list that is longer than a window; null where it is none, or one item of it is longer than a window. */
export function cutLargeList(
  large: LargeFile,
  at: number,
  end: number,
  start: Position,
  format: 'yaml' | 'json',
): LargeList | null {
  const head = windowOf(large, at)
  const found = format === 'json' ? jsonItems(head) : yamlItems(head)
  if (found === null) return null
  const before = head.slice(0, found.start)
  const cut = piecesOf(large, at + found.start, end, placeAfter(before, start), found)
  if (cut === null) return null
  const after = afterItems(large, cut.end, end, format)
  const about = after === null ? null : inheritedOf(before, after, format)
  if (after === null || about === null) return null
  return {
    inherited: about.inherited,
    pieces: textsOf(large, cut.pieces, start, found, format),
    end: cut.end + after.length,
  }
}

/** The rest of the list, up to its closing bracket. */
function afterItems(large: LargeFile, from: number, end: number, format: 'yaml' | 'json'): string | null {
  const rest = windowOf(large, from, Math.min(LONGEST_END, end - from))
  if (format === 'yaml') return from + rest.length < end ? null : rest
  const opened = '{"items":['
  const length = endOfValue(opened + rest, 0)
  return length === -1 ? null : rest.slice(0, length - opened.length)
}

/** Where the pieces begin and end, found before any is read: what the list is may be written at its end. */
function piecesOf(large: LargeFile, first: number, end: number, start: Position, { find }: ItemsStart) {
  const pieces: Piece[] = []
  let place = start
  for (let from = first; ;) {
    const window = windowOf(large, from, Math.min(large.window, end - from))
    const skipped = pieces.length === 0 ? 0 : afterComma(window)
    const found = find(window, skipped, from + window.length >= end)
    if (found === null) return null
    const last = found.items.at(-1)
    if (last === undefined && found.end === null) return null
    if (last !== undefined) {
      place = placeAfter(window.slice(0, skipped), place)
      pieces.push({ from: from + skipped, to: from + last.end, place })
      place = placeAfter(window.slice(skipped, last.end), place)
    }
    if (found.end !== null) return { pieces, end: from + found.end }
    from += last?.end ?? 0
  }
}

function afterComma(window: string): number {
  const at = skipBlanks(window, 0)
  return window.charAt(at) === ',' ? at + 1 : 0
}

function* textsOf(
  large: LargeFile,
  pieces: readonly Piece[],
  list: Position,
  { find }: ItemsStart,
  format: 'yaml' | 'json',
): Generator<ItemPiece> {
  for (const { from, to, place } of pieces) {
    const text = textOf(large, from, to, place)
    const { line, column } = place
    const origin = { line: line - list.line + 1, column }
    const reread = rereading(large, from, to, place)
    yield {
      document: () => ({ text, line, ...(column === 1 ? {} : { column }), format, origin, reread }),
      items: () => find(text, 0, true)?.items ?? [],
    }
  }
}

/** On its own, so that it does not hold on to the text that it reads again. */
function rereading(large: LargeFile, from: number, to: number, place: Position): () => string {
  return () => rereadPiece(large, `items ${from}`, () => textOf(large, from, to, place))
}
