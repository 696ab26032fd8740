import type { Diagnostic } from '../model/diagnostic.js'
import { jsonText } from '../report/escape.js'
import { COMMANDS } from './commands/index.js'
import type { UsageError } from './usage-error.js'

/** Whether the words of a command line ask for JSON, as far as can be told of words that are wrong. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  const formats = words.flatMap((word, at) => {
    const [, joined] = /^(?:--output=|-[qvR]*o=?)(.+)$/.exec(word) ?? []
    if (joined !== undefined) return [joined]
    return word === '--output' || /^-[qvR]*o$/.test(word) ? [words[at + 1]] : []
  })
  return formats.includes('json')
}

/** A mistake in the command line as the answer of the command that could not be asked. */
export function usageJson(argv: readonly string[], message: string, detail: UsageError['detail']): string {
  const [words = '', suggestion] = message.replace(/^error: /, '').split('\n')
  const { code = 'NP030', help, file = null, line = null, column = null } = detail
  const diagnostic: Diagnostic = {
    code,
    severity: 'error',
    message: words,
    help: help ?? suggestion?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean `$1`?') ?? null,
    object: null,
    path: null,
    file,
    line,
    column,
  }
  const command = argv[0]?.startsWith('-') === true ? null : (argv[0] ?? null)
  const empty = COMMANDS.find(({ name }) => name === command)?.unanswered ?? {}
  return jsonText({ schemaVersion: 1, command, verdict: null, ...empty, diagnostics: [diagnostic] })
}
