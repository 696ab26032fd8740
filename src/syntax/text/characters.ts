import { positionAt } from './position.js'
import type { TextProblem } from './syntax-problem.js'

/* eslint-disable no-control-regex, no-misleading-character-class -- odd characters are what is looked for */
const SUSPECT =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|\udb40[\udc00-\udc7f]/
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/
/** U+200D after an emoji only joins it to the next. */
const HIDDEN =
  /[\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udc7f]|(?<![\u2600-\u27bf\udc00-\udfff\ufe0f])\u200d/
/* eslint-enable no-control-regex, no-misleading-character-class */

const WRITE_ESCAPED = 'remove it, or write it as an escape in a double-quoted string'

interface Suspicion extends Pick<TextProblem, 'code' | 'severity' | 'message' | 'help'> {
  readonly pattern: RegExp
  /** JSON has no line breaks but those of ASCII, so nobody can differ. */
  readonly onlyYaml?: true
}

const SUSPICIONS: readonly Suspicion[] = [
  {
    pattern: CONTROL,
    code: 'NP002',
    severity: 'error',
    message: 'control characters are not allowed',
    help: 'remove it',
  },
  {
    pattern: /[\x85\u2028\u2029]/,
    onlyYaml: true,
    code: 'NP006',
    severity: 'error',
    message: 'Kubernetes ends the line here, other YAML readers do not',
    help: WRITE_ESCAPED,
  },
  {
    pattern: /\ufeff/,
    onlyYaml: true,
    code: 'NP006',
    severity: 'error',
    message: 'a byte order mark is inside the text, expected only at its start',
    help: 'remove it; save files that are to be joined without one',
  },
  {
    pattern: HIDDEN,
    code: 'NP130',
    severity: 'warning',
    message: 'the character is invisible or changes the direction of the text, what is read may not be what you see',
    help: WRITE_ESCAPED,
  },
]

const LONE_RETURN = /\r(?!\n)/

/** Whether a carriage return alone ends a line somewhere. Most texts have none at all, which is found much faster. */
export function hasLoneReturn(text: string): boolean {
  return text.includes('\r') && LONE_RETURN.test(text)
}

/** Whether a text has any character that {@link characterProblem} may complain about. */
export function hasOddCharacters(text: string): boolean {
  return SUSPECT.test(text)
}

/**
 * Looks for characters that no manifest needs: some the server refuses, some only it takes for line breaks, some deceive
 * the eye. Says the worst, at the first place.
 */
export function characterProblem(text: string, format: 'yaml' | 'json'): TextProblem | null {
  if (!SUSPECT.test(text)) return null
  for (const { pattern, onlyYaml, ...said } of SUSPICIONS) {
    const offset = onlyYaml === true && format === 'json' ? -1 : text.search(pattern)
    if (offset === -1) continue
    const name = `U+${(text.codePointAt(offset) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    return { ...said, message: `${name}: ${said.message}`, position: positionAt(text, offset) }
  }
  return null
}
