import type { ReadDocument } from './document-result.js'
import type { Position } from '../../model/source.js'
import { readDocument, readImpostor, readItem, readUnclean, tooLarge, verified } from './read-document.js'
import { together } from './document-result.js'
import { JSON_START, splitDocuments, type TextDocument } from './split.js'
import { LargeFileError, placeAfter, rereadPiece, textOf, windowOf, type LargeFile } from '../files/large-file.js'
import { cutLargeList } from './large-list.js'
import { excessText, limitsOf } from './limits.js'
import { itemsAsDocuments } from './list.js'
import type { LoadOptions } from '../decode/load-options.js'
import { recognise } from '../kinds/placeholders.js'
import { reasonOf } from '../files/read-failure.js'
import { endOfValue, skipBlanks } from '../../syntax/json/scan.js'

/** No text can hold more than about twice of this. */
const LONGEST_OBJECT = 2 ** 28

/**
 * Reads the documents of a file that is too large for one text: in pieces of many documents, and of a long list in
 * pieces of many items. Nothing of a piece is kept but the objects in it, which read their text again where needed.
 */
export function readLarge(large: LargeFile, file: string, options: LoadOptions): readonly ReadDocument[] {
  const documents: ReadDocument[] = []
  try {
    const { documents: most } = limitsOf(options)
    for (const document of piecesOf(large, file, options)) {
      if (documents.length === most) {
        documents.push(tooLarge(`there are more than ${most} documents`, { line: 1 }, file))
        break
      }
      documents.push(document)
    }
  } catch (error) {
    documents.push(
      error instanceof LargeFileError
        ? readUnclean('NP002', error.message, error.position, file)
        : readUnclean('NP001', `cannot be read: ${reasonOf(error)}`, null, file),
    )
  }
  return documents
}

function* piecesOf(large: LargeFile, file: string, options: LoadOptions): Generator<ReadDocument> {
  let at = startOf(large)
  let place: Position = { line: 1, column: 1 }
  while (at < large.size) {
    const window = windowOf(large, at)
    // A conflict may begin in one piece and end in the next
    const impostor = recognise(window.includes('<<<<<<<') ? windowOf(large, at, 2 * large.window) : window)
    if (impostor !== null) {
      // Of what stands below nobody knows which side it is of
      yield readImpostor({ ...impostor, line: place.line + impostor.line - 1 }, file)
      return
    }
    const format = JSON_START.test(window) ? 'json' : 'yaml'
    const isLast = at + window.length >= large.size
    const length = isLast ? window.length : format === 'json' ? endOfObjects(window) : window.lastIndexOf('\n---') + 1
    let end = at + length
    if (length > 0) {
      const documents = splitDocuments(textOf(large, at, end, place))
      const reread = rereading(large, at, end, place)
      for (const [index, document] of documents.entries()) {
        const whole = placed(document, place, () => reread(index))
        yield verified(readDocument(whole, file, options), whole, file, options)
      }
    } else {
      end = format === 'json' ? large.size : endOfDocument(large, at)
      const list = cutLargeList(large, at, end, place, format)
      if (list === null) yield oneObject({ large, at, end, place, format }, file, options)
      else {
        end = list.end
        const parts: ReadDocument[] = []
        for (const piece of list.pieces) {
          for (const item of itemsAsDocuments(piece.document(), piece.items(), list.inherited)) {
            parts.push(readItem(item, file, options))
          }
        }
        yield together(parts)
      }
    }
    place = placeOfEnd(large, at, end, place)
    at = end
    // Blanks at the end of a file of JSON are not document.
    if (format === 'json' && windowOf(large, at).trim() === '') break
  }
}

/** The first byte after a mark; a text that is not UTF-8 cannot be read in pieces. */
function startOf({ read }: LargeFile): number {
  const [first = 0, second = 0, third = 0] = read(0, 3)
  if (first >= 0xfe || (first === 0 && second === 0)) {
    throw new LargeFileError('the text is UTF-16 or UTF-32, expected UTF-8', { line: 1, column: 1 })
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0
}

/** Where the last object ends that stands whole in a text of JSON objects. */
function endOfObjects(text: string): number {
  let end = 0
  for (let at = skipBlanks(text, 0); text.charAt(at) === '{'; at = skipBlanks(text, end)) {
    const next = endOfValue(text, at)
    if (next === -1) break
    end = next
  }
  return end
}

function endOfDocument(large: LargeFile, start: number): number {
  for (let at = start; at < large.size; at += large.window - 4) {
    const separator = windowOf(large, at).indexOf('\n---')
    if (separator !== -1) return at + separator + 1
  }
  return large.size
}

interface OneObject {
  readonly large: LargeFile
  readonly at: number
  readonly end: number
  readonly place: Position
  readonly format: 'yaml' | 'json'
}

/** What is not a list that could be cut is one object, larger than a window; a raised limit may let it pass. */
function oneObject({ large, at, end, place, format }: OneObject, file: string, options: LoadOptions): ReadDocument {
  const limit = Math.min(limitsOf(options).object, LONGEST_OBJECT)
  if (end - at > limit) return tooLarge(excessText(limit), place, file)
  const reread = (): string => textOf(large, at, end, place)
  return readDocument(placed({ text: reread(), line: 1, format }, place, reread), file, options)
}

function rereading(large: LargeFile, from: number, to: number, place: Position): (index: number) => string {
  const read = () => splitDocuments(textOf(large, from, to, place))
  return (index) => rereadPiece(large, `documents ${from}`, read)[index]?.text ?? ''
}

/** A document of a piece as one of the file. */
function placed(document: TextDocument, place: Position, reread: () => string): TextDocument {
  const column = document.line === 1 ? (document.column ?? 1) + place.column - 1 : document.column
  const line = document.line + place.line - 1
  return { ...document, line, ...(column === undefined || column === 1 ? {} : { column }), reread }
}

function placeOfEnd(large: LargeFile, from: number, to: number, start: Position): Position {
  let place = start
  for (let at = from; at < to;) {
    const window = windowOf(large, at, Math.min(large.window, to - at))
    // What would part a carriage return from its line feed would count two lines
    const part = window.length > 1 && window.endsWith('\r') && at + window.length < to ? window.slice(0, -1) : window
    place = placeAfter(part, place)
    at += part.length
  }
  return place
}
