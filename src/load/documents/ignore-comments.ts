import type { Value } from '../../syntax/text/value.js'

/** A comment that silences warnings of its line and of the next one. */
export interface IgnoreComment {
  readonly line: number
  readonly column: number
  readonly codes: readonly string[]
  /** Null where it gives none. */
  readonly reason: string | null
}

const MARK = 'netpol-sim-ignore'
const COMMENT = /# *netpol-sim-ignore[ \t]+((?:NP\d{3}[ \t,]*)+)(?:--[ \t]*(.*))?$/

/** The comments `# netpol-sim-ignore NP105 -- reason` of a text. */
export function ignoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes(MARK)) return []
  return text.split(/\r?\n/).flatMap((line, index) => {
    const found = line.includes(MARK) ? COMMENT.exec(line) : null
    if (found === null) return []
    const [, codes = '', reason = ''] = found
    return [
      {
        line: index + 1,
        column: found.index + 1,
        codes: codesIn(codes),
        reason: reason.trim() === '' ? null : reason.trim(),
      },
    ]
  })
}

/** The codes that the annotation `netpol-sim/ignore: "NP105 NP124"` of an object silences. */
export function ignoresOf(object: Readonly<Record<string, Value>>): readonly string[] {
  const text = memberOf(memberOf(memberOf(object, 'metadata'), 'annotations'), 'netpol-sim/ignore')
  return typeof text === 'string' ? codesIn(text) : []
}

function codesIn(text: string): readonly string[] {
  return text.split(/[ \t,]+/).filter((code) => code !== '')
}

function memberOf(value: Value | undefined, key: string): Value | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, Value>>)[key] : undefined
}
