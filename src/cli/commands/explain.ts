import { Option, type Command } from 'commander'
import { diagnosticText } from '../../report/diagnostic-text.js'
import { escapeAll, jsonText } from '../../report/escape.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import type { Session } from '../session.js'

/** `explain CODE`: the page of an error code. */
export function addExplain(
  program: Command,
  run: (action: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  program
    .command('explain')
    .description('what a code such as NP012 means, and what to do about it; without a code: all of them')
    .argument('[code]', 'the code of a message: NP012, np12 or 12')
    .addOption(new Option('-o, --output <format>', 'how to print the answer').choices(['text', 'json']).default('text'))
    .action((code: string | undefined, { output }: { readonly output: string }) =>
      run((session) => runExplain(session, code, output)),
    )
}

async function runExplain(
  { io, style: styleOf }: Session,
  word: string | undefined,
  output: string,
): Promise<ExitCode> {
  const { explain, listText, pageText } = await import('../../explain/explain.js')
  const result = explain(word)
  for (const problem of result.diagnostics) {
    const text = diagnosticText(escapeAll(problem), problem, () => null, await styleOf('stderr'))
    io.stderr.write(`${text}\n`)
  }
  if (output === 'json') io.stdout.write(jsonText(result))
  else if (result.code !== null) io.stdout.write(pageText(result.code, await styleOf('stdout')))
  else if (word === undefined) io.stdout.write(listText(result.codes, await styleOf('stdout')))
  return result.diagnostics.length > 0 ? EXIT.unanswered : EXIT.yes
}
