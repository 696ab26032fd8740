import { Argument, Option } from 'commander'
import { CHECK_FORMATS } from '../../report/check-formats.js'
import { check } from '../../report/check.js'
import { doubtIn } from '../../report/flow-line.js'
import type { CheckResult } from '../../report/check-result.js'
import { NOTHING_READ, type CommandDefinition } from '../command.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { loadInputs } from '../load-inputs.js'
import { limitOption, type CommonFlags } from '../options.js'
import { rendererOf } from '../renderer.js'
import { say, settingsOf } from '../session.js'

interface CheckFlags extends CommonFlags {
  readonly expect?: 'allow' | 'deny'
  readonly acceptUncertain?: true
  readonly limit: number
}

/** An exit code, and the lines that say why on stderr. */
interface Outcome {
  readonly code: ExitCode
  readonly lines: readonly string[]
}

/** So many reasons for doubt are named. */
const MOST_SETTLING = 3

/** More flows than anybody reads; the verdict is over all. */
const MOST_FLOWS = 1000

/** `check FROM TO[:PORT]`: may FROM open a connection to TO, and which rules say so? */
export const CHECK: CommandDefinition<CheckFlags> = {
  name: 'check',
  summary: 'may FROM open a connection to TO, and which rules say so?',
  arguments: () => [
    new Argument(
      '<from>',
      'who connects: shop/web, shop/Deployment/web, shop/app=web, 10.0.0.0/8, any, internet, external',
    ),
    new Argument(
      '<to[:port]>',
      'to whom: shop/db:5432, shop/dns:53/UDP, shop/web:http, 8000-8100/TCP, any; without a port: all',
    ),
  ],
  options: () => [
    new Option(
      '--expect <verdict>',
      'exit with 0 if the verdict is this one, with 1 if not, with 2 if it is uncertain or incomplete',
    ).choices(['allow', 'deny']),
    new Option('--accept-uncertain', 'with --expect: take the verdict as it stands'),
    limitOption('flows', MOST_FLOWS),
  ],
  readsInput: true,
  formats: Object.keys(CHECK_FORMATS),
  examples: [
    'netpol-sim check -f k8s/ shop/web shop/db:5432',
    'netpol-sim check -f k8s/ internet shop/web:443 --expect allow',
    'helm template shop ./chart | netpol-sim check -f - shop/web shop/db:5432',
    'kubectl get ns,no,po,svc,netpol -A -o json | netpol-sim check -f - any shop/db',
  ],
  topics: ['peers', 'ports', 'exit codes'],
  unanswered: {
    certainty: 'indeterminate',
    incomplete: false,
    inventory: NOTHING_READ,
    flows: [],
  },
  async run(session, [from = '', to = ''], flags) {
    const cluster = loadInputs(session, flags)
    const result = check(cluster, { from, to }, { ...flags, podCidrs: flags.podCidr })
    await say(session, cluster, result.diagnostics, flags)
    const { code, lines } = flags.expect === undefined ? { code: exitCode(result), lines: [] } : expected(result, flags)
    return {
      code,
      closing: () => lines,
      render: rendererOf(CHECK_FORMATS, { ...result, ...settingsOf(session, cluster) }),
    }
  },
}

/** What comes of `--expect`, which takes only an answer that is certain and complete: the exit code, and why it is not 0. */
function expected(result: CheckResult, { expect, acceptUncertain }: CheckFlags): Outcome {
  const { verdict, flows } = result
  if (verdict === null) return { code: EXIT.unanswered, lines: [] }
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
    return { code: EXIT.unanswered, lines }
  }
  if (verdict === expect) return { code: EXIT.yes, lines: [] }
  return { code: EXIT.no, lines: [`expected ${expect ?? ''}, and the verdict is ${verdict}`] }
}

/** Several flows are a yes only if all of them are allowed. */
function exitCode({ verdict }: CheckResult): ExitCode {
  if (verdict === null) return EXIT.unanswered
  return verdict === 'allow' ? EXIT.yes : EXIT.no
}
