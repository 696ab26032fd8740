import type { Mark } from 'js-yaml'
import type { Code } from '../../codes/entries.js'
import { columnAt, positionAt } from '../text/position.js'
import type { TextProblem } from '../text/syntax-problem.js'
import { startOf } from './node.js'

interface Wording {
  readonly code?: Code
  readonly message: string
  readonly help?: string
  /** Whether to say what stands at the place. */
  readonly found?: true
}

const QUOTE = 'text that begins with a special character must be quoted'

/** js-yaml's reasons, in the words of somebody who looks at the file. */
const WORDINGS: readonly (readonly [reason: RegExp, wording: Wording])[] = [
  [/^nesting exceeded/, { code: 'NP005', message: 'the document is nested too deeply' }],
  [
    /^tab characters/,
    { message: 'found a tab in the indentation, expected spaces', help: 'YAML is indented with spaces only' },
  ],
  [
    /^bad indentation of a (mapping|sequence) entry/,
    {
      found: true,
      message: 'expected an entry at the indentation of its neighbours',
      help: 'indent it like them, or quote the value above',
    },
  ],
  [
    /^can not read an implicit mapping pair|multiline key/,
    { found: true, message: 'expected `key: value`', help: 'the line is neither a key nor part of the value above it' },
  ],
  [/^incomplete explicit mapping pair/, { found: true, message: 'expected a key before `:`' }],
  [/^a whitespace character is expected after/, { found: true, message: 'expected a blank after `:`' }],
  [/^missed comma/, { found: true, message: 'expected `,` or the end of the list or mapping' }],
  [/^expected the node content/, { found: true, message: 'expected a value before `,`' }],
  [/^unexpected end of the stream within a flow/, { message: 'a `[` or `{` is never closed' }],
  [/^unexpected end .* within a (single|double) quoted/, { message: 'a quote is never closed' }],
  [/^unexpected end .* verbatim tag/, { message: 'a `!<` is never closed' }],
  [/^expected hexadecimal/, { found: true, message: 'expected a hexadecimal digit' }],
  [
    /^unknown escape/,
    {
      found: true,
      message: 'expected an escape that YAML knows',
      help: 'write `\\\\` for a backslash, or use single quotes',
    },
  ],
  [
    /^repeat of |^bad explicit indentation/,
    { found: true, message: 'expected `|` or `>` with at most one of `+`, `-` and a digit from 1 to 9' },
  ],
  [/^missing indentation for block/, { found: true, message: 'expected indented text after `|` or `>`' }],
  [/^a line break is expected/, { found: true, message: 'expected the end of the line' }],
  [/^unidentified alias/, { message: 'the alias names an anchor that is not defined before it', help: QUOTE }],
  [/^alias node should not/, { message: 'an alias cannot have an anchor or a tag' }],
  [/^name of an? (anchor|alias)/, { found: true, message: 'expected a name after `&` or `*`', help: QUOTE }],
  [/^duplication of/, { found: true, message: 'expected one anchor and one tag at most' }],
  [/\btag\b/, { found: true, message: 'the tag is not valid', help: QUOTE }],
  [/^end of the stream or a document/, { found: true, message: 'expected the end of the document', help: QUOTE }],
  [
    /^expected a single document/,
    { code: 'NP006', message: 'a second document begins inside this one, Kubernetes would ignore it' },
  ],
]

/** Words what js-yaml complains of; its own message carries a picture of the file and names no remedy. */
export function parserProblem(text: string, reason: string, mark: Mark | undefined): TextProblem {
  const wording = WORDINGS.find(([pattern]) => pattern.test(reason))?.[1] ?? { found: true, message: reason }
  const offset = mark === undefined ? secondDocument(text) : Math.min(startOfFault(text, reason, mark), text.length)
  const found = wording.found === true ? `found ${foundAt(text, offset)}, ` : ''
  return {
    code: wording.code ?? 'NP003',
    severity: 'error',
    message: `${found}${wording.message}`,
    help: wording.help ?? null,
    position: positionAt(text, offset),
  }
}

/** js-yaml has gone past an alias, or a line without a key, when it finds the fault. */
function startOfFault(text: string, reason: string, { position }: Mark): number {
  const alias = /^unidentified alias "(.*)"$/s.exec(reason)?.[1]
  if (alias !== undefined) return position - alias.length - 1
  const isPast = /mapping pair|multiline key/.test(reason) && /^[\r\n]*$/.test(text.charAt(position - 1))
  return isPast ? lastLine(text, position) : position
}

/** The first character of the last line before an offset that has any. */
function lastLine(text: string, offset: number): number {
  const end = text.slice(0, offset).trimEnd().length
  return startOf(text, end - columnAt(text, end) + 1)
}

function foundAt(text: string, offset: number): string {
  const rest = /^[^\r\n]*/.exec(text.slice(offset, offset + 31))?.[0].trimEnd() ?? ''
  if (rest === '') return offset >= text.length ? 'the end of the document' : 'the end of the line'
  return `\`${rest.length > 30 ? `${rest.slice(0, 30)}…` : rest}\``
}

function secondDocument(text: string): number {
  const first = startOf(text, 0)
  const separator = /^---(?=[ \t\r\n]|$)/gm
  separator.lastIndex = first + 1
  return separator.exec(text)?.index ?? first
}
