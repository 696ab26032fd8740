import { readOne } from '../load/files/read-one.js'
import { escapeTerminal } from '../report/escape.js'
import { INCOMPLETE } from '../report/incomplete.js'
import { compareLock, lockLines, lockText } from '../report/matrix/lock.js'
import type { MatrixReport } from '../report/matrix/matrix.js'
import type { Answer } from './command.js'
import type { MatrixFlags } from './matrix-flags.js'
import { EXIT } from './exit-code.js'
import { writeWhole } from './output-file.js'
import type { UsageDetail } from './usage-error.js'

/** Flags that make a matrix one of a part, of which a lock file would say that the rest is closed. */
const PARTIAL = ['from', 'to', 'port', 'within', 'pods'] as const

/** Why there is no answer about a lock file; whoever asked makes a usage error of it. */
export interface LockRefusal {
  readonly refusal: string
  readonly detail: UsageDetail
}

const NO_TEXT: Answer['render'] = () => Promise.resolve([])

/** What is wrong with how a lock file is asked for. */
export function wrongWithLock(flags: MatrixFlags): LockRefusal | null {
  const { update, check, output = [], outputFile: named } = flags
  const [flag, file] = update === undefined ? ['--check', check ?? ''] : ['--update', update]
  const refuse = (refusal: string, help: string | null = null): LockRefusal => ({ refusal, detail: { help } })
  if (update !== undefined && check !== undefined) return refuse('`--update` and `--check` do not go together')
  if (file === '' || file === '-') return refuse(`\`${flag}\` needs the name of a file`)
  const partial = PARTIAL.find((name) => flags[name] !== undefined)
  if (partial !== undefined)
    return refuse(`\`--${partial}\` does not go with \`${flag}\`: a lock file is about the whole matrix`)
  if (update !== undefined && named !== undefined)
    return refuse('`--output-file` does not go with `--update`, which names its file')
  const other = output.find(({ format }) => update !== undefined || !['table', 'json'].includes(format))
  if (other === undefined) return null
  const help = update === undefined ? 'it prints a diff, or JSON with -o json' : 'it writes the file and prints nothing'
  return refuse(`\`-o ${other.format}\` does not go with \`${flag}\``, help)
}

/** `matrix --update FILE` and `matrix --check FILE`, once the matrix is there. */
export function lockAnswer({ update, check = '' }: MatrixFlags, report: MatrixReport): Answer | LockRefusal {
  const lines = lockLines(report)
  if (lines === null) return { code: EXIT.unanswered, render: NO_TEXT }
  const caveat = report.incomplete ? [INCOMPLETE] : []
  if (update !== undefined) {
    const problem = writeWhole(update, lockText(lines))
    if (problem === null) return { code: EXIT.yes, render: NO_TEXT, closing: () => caveat }
    const failed = `error: \`${update}\` could not be written: ${problem}`
    return { code: EXIT.unanswered, render: NO_TEXT, closing: () => [failed] }
  }
  const text = read(check)
  if (typeof text !== 'string') return text
  const found = compareLock(check, text, lines)
  if ('problem' in found) {
    const help = `write it anew with --update ${escapeTerminal(check)}`
    const detail = { code: 'NP038', help, file: check, line: found.line, column: 1 } as const
    return { refusal: `\`${check}\` is not a lock file: ${found.problem}`, detail }
  }
  const howTo = `--update ${check} writes what is now: look at each line before you commit it`
  return {
    code: found.matches ? EXIT.yes : EXIT.no,
    render: (format) => Promise.resolve(format === 'json' ? [found.json] : found.text === '' ? [] : [found.text]),
    closing: () => [...caveat, ...(found.matches ? [] : [howTo])],
  }
}

function read(file: string): string | LockRefusal {
  const found = readOne(file)
  if ('text' in found) return found.text
  const { code, message, help } = found
  return {
    refusal: `the lock file \`${file}\` ${message}`,
    detail: { code, help: help ?? 'write it with --update', file },
  }
}
