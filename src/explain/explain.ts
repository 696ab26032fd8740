import { closest } from '../model/closest.js'
import { ENTRIES, type Code } from '../codes/entries.js'
import type { Example } from '../codes/entry.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { listText, pageText } from './page-text.js'
import { jsonText } from '../report/escape.js'
import type { Formats } from '../report/formats.js'
import { PLAIN } from '../report/style.js'

/** The formats of `explain`. */
export const EXPLAIN_FORMATS: Formats<ExplainResult> = {
  text: async ({ code, codes }, { style }) => {
    if (code !== null) return [pageText(code, await style())]
    return codes.length === 0 ? [] : [listText(codes, await style())]
  },
  json: (result) => [jsonText(result)],
}

/** What `explain -o json` prints. */
export interface ExplainResult {
  readonly schemaVersion: 1
  readonly command: 'explain'
  /** The code that was asked for; null where none was, or where there is no such code. */
  readonly code: Code | null
  readonly title: string | null
  /** The whole page as it is printed through a pipe. */
  readonly text: string | null
  readonly meaning: string | null
  readonly fix: string | null
  readonly wrong: Example | null
  readonly right: Example | null
  /** Every code, where none was asked for. */
  readonly codes: readonly { readonly code: Code; readonly title: string }[]
  readonly diagnostics: readonly Diagnostic[]
}

const NOTHING: ExplainResult = {
  schemaVersion: 1,
  command: 'explain',
  code: null,
  title: null,
  text: null,
  meaning: null,
  fix: null,
  wrong: null,
  right: null,
  codes: [],
  diagnostics: [],
}

const ALL = Object.keys(ENTRIES).sort() as readonly Code[]

/** The page of a code as people write it, the list of all codes, or why there is no page (NP030). */
export function explain(word: string | undefined): ExplainResult {
  if (word === undefined) return { ...NOTHING, codes: ALL.map((code) => ({ code, title: ENTRIES[code].title })) }
  const code = codeOf(word)
  if (code === null) return { ...NOTHING, diagnostics: [unknown(word)] }
  const { title, meaning, fix, wrong, right } = ENTRIES[code]
  return { ...NOTHING, code, title, text: pageText(code, PLAIN), meaning, fix, wrong, right }
}

/** `NP012`, `np12`, `12` and what a message shows, `error[NP012]`: a number has one meaning, so none is ambiguous. */
function codeOf(word: string): Code | null {
  const [, digits] = /^(?:(?:error|warning|info)?\[)?(?:np)?(\d{1,3})\]?:?$/i.exec(word.trim()) ?? []
  const wanted = `NP${(digits ?? '').padStart(3, '0')}`
  return ALL.find((code) => code === wanted) ?? null
}

function unknown(word: string): Diagnostic {
  const meant = suggestionsFor(word)
  return {
    code: 'NP030',
    severity: 'error',
    message: `there is no code \`${word}\`${meant.length === 0 ? '' : `, did you mean ${meant.join(' or ')}?`}`,
    help: 'netpol-sim explain lists all codes',
    object: null,
    path: null,
    file: null,
    line: null,
    column: null,
  }
}

const MOST_SUGGESTIONS = 3

/** The nearest code, or those whose titles have the word: `explain cidr`. */
function suggestionsFor(word: string): readonly string[] {
  const wanted = word.toLowerCase()
  const titled = /[a-z]{3}/.test(wanted) ? ALL.filter((code) => ENTRIES[code].title.toLowerCase().includes(wanted)) : []
  if (titled.length > 0) return titled.slice(0, MOST_SUGGESTIONS).map((code) => `${code} (${ENTRIES[code].title})`)
  const code = closest(/^\d+$/.test(word) ? `NP${word}` : word, ALL)
  return code === null ? [] : [code]
}
