import { Option, type Command } from 'commander'
import { check } from '../../report/check.js'
import { escapeAll, escapeTerminal, jsonText } from '../../report/escape.js'
import { doubtIn } from '../../report/flow-line.js'
import type { CheckResult } from '../../report/check-result.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { loadInputs } from '../load-inputs.js'
import { withCommonFlags, withLimit, type CommonFlags } from '../options.js'
import { say, settingsOf, type Session } from '../session.js'

interface CheckFlags extends CommonFlags {
  readonly expect?: 'allow' | 'deny'
  readonly acceptUncertain?: true
  readonly limit: number
}

/** So many reasons for doubt are named. */
const MOST_SETTLING = 3

/** More flows than anybody reads; the verdict is over all. */
const MOST_FLOWS = 1000

/** `check FROM TO[:PORT]`: may FROM open a connection to TO, and which rules say so? */
export function addCheck(
  program: Command,
  run: (action: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const command = program
    .command('check')
    .description('may FROM open a connection to TO, and which rules say so?')
    .argument(
      '<from>',
      'who connects: shop/web, shop/Deployment/web, shop/app=web, 10.0.0.0/8, any, internet, external',
    )
    .argument(
      '<to[:port]>',
      'to whom: shop/db:5432, shop/dns:53/UDP, shop/web:http, 8000-8100/TCP, any; without a port: all',
    )
    .addOption(
      new Option(
        '--expect <verdict>',
        'exit with 0 if the verdict is this one, with 1 if not, with 2 if it is uncertain or incomplete',
      ).choices(['allow', 'deny']),
    )
    .option('--accept-uncertain', 'with --expect: take the verdict as it stands')
  withLimit(command, 'flows', MOST_FLOWS)
  withCommonFlags(command, ['text', 'json']).action((from: string, to: string, flags: CheckFlags) =>
    run((session) => runCheck(session, from, to, flags)),
  )
}

async function runCheck(session: Session, from: string, to: string, flags: CheckFlags): Promise<ExitCode> {
  const cluster = loadInputs(session, flags)
  const result = check(cluster, { from, to }, { ...flags, podCidrs: flags.podCidr })
  await say(session, cluster, result.diagnostics, flags)
  if (flags.output === 'json') session.io.stdout.write(jsonText({ ...result, ...settingsOf(session, cluster) }))
  else {
    const { checkText } = await import('../../report/check-text.js')
    const style = await session.style('stdout', result.flows.length > 1)
    session.io.stdout.write(
      checkText(escapeAll(result), style, flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal'),
    )
  }
  return flags.expect === undefined ? exitCode(result) : expected(session, result, flags)
}

/** The exit code under `--expect`, which takes only an answer that is certain and complete; stderr says why it is not 0. */
function expected({ io }: Session, result: CheckResult, { expect, acceptUncertain }: CheckFlags): ExitCode {
  const { verdict, flows } = result
  if (verdict === null) return EXIT.unanswered
  const doubt = doubtIn(result)
  if (doubt !== null && acceptUncertain !== true) {
    const settle = new Set(
      flows.flatMap(({ notes }) =>
        notes.flatMap(({ certainty, message }) => (certainty === 'certain' ? [] : [message])),
      ),
    )
    const lines = [
      `error[NP032]: --expect takes only certain and complete answers, and this one is ${doubt}`,
      ...[...settle].slice(0, MOST_SETTLING).map((message) => `  = note: ${message}`),
      '  = help: settle it as the notes and messages say, or take the verdict as it stands with --accept-uncertain',
    ]
    io.stderr.write(lines.map((line) => `${escapeTerminal(line)}\n`).join(''))
    return EXIT.unanswered
  }
  if (verdict === expect) return EXIT.yes
  io.stderr.write(`expected ${expect ?? ''}, and the verdict is ${verdict}\n`)
  return EXIT.no
}

/** Several flows are a yes only if all of them are allowed. */
function exitCode({ verdict }: CheckResult): ExitCode {
  if (verdict === null) return EXIT.unanswered
  return verdict === 'allow' ? EXIT.yes : EXIT.no
}
