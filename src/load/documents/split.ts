import type { Position } from '../../model/source.js'
import type { Inherited } from './relevance.js'
import { isJson, LONGEST_READ } from '../../syntax/json/parse-json.js'
import { endOfValue, skipBlanks } from '../../syntax/json/scan.js'
import { itemsIn } from './list-items.js'
import { countBreaks, positions } from '../../syntax/text/position.js'

/** A document as it stands in a file. */
export interface TextDocument {
  readonly text: string
  /** The line of the file on which the text begins. */
  readonly line: number
  /** The column in which the text begins, where that is not the first: JSON objects may share a line. */
  readonly column?: number
  readonly format: 'yaml' | 'json'
  /** Reads the text once more, where the file is too large to keep it. */
  readonly reread?: () => string
  /** Where the text stands in the document that it was cut out of. */
  readonly origin?: Position
  /** Whether it must be JSON, since it is what is left of a text that began with other objects in JSON. */
  readonly onlyJson?: true
  /** Set for an item of a list: the template that helm rendered the list from. */
  readonly template?: string
  /** Set for an item of a list: what the list says of it. */
  readonly inherited?: Inherited | null
}

/** How a text begins that is JSON. */
export const JSON_START = /^\s*(?:\{\s*["}]|\[\s*[{\]])/
const COMMENT = String.raw`#[^\n\r\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*`
const SEPARATOR = new RegExp(String.raw`^---(?:[ \t]+${COMMENT}|[ \t]*)\r?\n?$`)
const BLANK_OR_COMMENT = new RegExp(String.raw`^ *(?:${COMMENT})?\r?\n?$`)

/**
 * Cuts the text of a file into its documents, each to be read alone, so that a bad one hides no other.
 *
 * As in kubectl the lines of `---` decide, whatever stands around them, and a file that begins with a JSON object may go
 * on with more of them. Nothing is left out but comments before the first separator; a separator that is none stays in
 * its document, where it is refused.
 */
export function splitDocuments(text: string): readonly TextDocument[] {
  return JSON_START.test(text) ? splitJson(text) : splitYaml(text, 0, 1)
}

function splitYaml(text: string, from: number, firstLine: number): readonly TextDocument[] {
  const documents: TextDocument[] = []
  let start = from
  let line = firstLine
  for (let at = nextSeparator(text, from); at !== -1; at = nextSeparator(text, start)) {
    const piece = text.slice(start, at)
    if (start !== from || !isNothing(piece)) documents.push({ text: piece, line, format: 'yaml' })
    line += countBreaks(piece) + 1
    start = endOfLine(text, at)
  }
  documents.push({ text: text.slice(start), line, format: 'yaml' })
  return documents
}

/** The offset of the next line that is a separator, or -1. For kubectl only a line feed ends a line here. */
function nextSeparator(text: string, from: number): number {
  for (let at = text.startsWith('---', from) ? from : after(text, from); at !== -1; at = after(text, at)) {
    if (SEPARATOR.test(text.slice(at, endOfLine(text, at)))) return at
  }
  return -1
}

function after(text: string, at: number): number {
  const lineFeed = text.indexOf('\n---', at)
  return lineFeed === -1 ? -1 : lineFeed + 1
}

function endOfLine(text: string, at: number): number {
  const lineFeed = text.indexOf('\n', at)
  return lineFeed === -1 ? text.length : lineFeed + 1
}

function isNothing(piece: string): boolean {
  for (let at = 0; at < piece.length; at = endOfLine(piece, at)) {
    if (!BLANK_OR_COMMENT.test(piece.slice(at, endOfLine(piece, at)))) return false
  }
  return true
}

/**
 * JSON objects one after another; after the first one kubectl also takes a separator and YAML.
 *
 * What is not quite JSON, kubectl reads on from there as one YAML document, so only valid objects may be cut off.
 */
function splitJson(text: string): readonly TextDocument[] {
  const documents: TextDocument[] = []
  const positionOf = positions(text)
  for (let at = skipBlanks(text, 0); at < text.length;) {
    const { line, column } = positionOf(at)
    const startsYaml = text.startsWith('#', at) || (column === 1 && text.startsWith('---', at))
    if (documents.length === 1 && startsYaml) return [...documents, ...splitYaml(text, at, line)]
    const end = endOfObject(text, at)
    const isYaml = end === null || (end < text.length && text.startsWith('[', at))
    if (isYaml && documents.length === 0) return splitYaml(text, 0, 1)
    documents.push({
      text: text.slice(at, end ?? text.length),
      line,
      ...(column === 1 ? {} : { column }),
      format: 'json',
      ...(documents.length > 0 ? { onlyJson: true } : {}),
    })
    at = end === null ? text.length : skipBlanks(text, end)
  }
  return documents
}

/** Whether a text is one value in JSON; for a list that is too long to be read at once, as far as what its items stand in tells. */
function isOneValue(text: string): boolean {
  if (text.length <= LONGEST_READ) return isJson(text)
  const list = itemsIn(text, 'json')
  return list !== null && isJson(list.before + list.after)
}

/** Where the object ends; with the text, if nothing follows; null if it is not valid JSON. */
function endOfObject(text: string, start: number): number | null {
  if (start === 0 && isOneValue(text)) return text.length
  const end = endOfValue(text, start)
  if (skipBlanks(text, end) >= text.length) return text.length
  return end !== -1 && /^[{[]/.test(text.slice(start, start + 1)) && isJson(text.slice(start, end)) ? end : null
}
