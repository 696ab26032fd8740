import { Option, type Command } from 'commander'
import { INCOMPLETE } from '../../report/incomplete.js'
import type { MatrixReport } from '../../report/matrix/matrix.js'
import type { MatrixFormat } from '../../report/matrix/print.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { loadInputs } from '../load-inputs.js'
import { withCommonFlags, withLimit, type CommonFlags } from '../options.js'
import { progressOn } from '../progress.js'
import { say, settingsOf, type Session } from '../session.js'

interface MatrixFlags extends CommonFlags {
  readonly output: MatrixFormat
  readonly from?: string
  readonly to?: string
  readonly port?: string
  readonly within?: string
  readonly pods?: true
  readonly limit: number
}

const FORMATS: readonly MatrixFormat[] = ['table', 'list', 'json', 'csv', 'markdown']

/** Formats that have no place for a sentence. */
const LINES_ONLY: readonly MatrixFormat[] = ['list', 'csv', 'markdown']

/** Ten thousand pods that may all talk to each other have a hundred million. */
const MOST_CONNECTIONS = 100_000

/** Pieces are written together, since each write is a call to the system. */
const BATCH = 65_536

/** `matrix`: who may reach whom, on which ports? */
export function addMatrix(
  program: Command,
  run: (action: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const command = program
    .command('matrix')
    .description('who may reach whom, on which ports?')
    .argument('[paths...]', 'manifest files and folders, the same as -f')
    .addOption(new Option('--from <peer>', 'only connections from here'))
    .addOption(new Option('--to <peer>', 'only connections to here: `matrix --to shop/db` says who can reach it'))
    .addOption(new Option('--port <port>', 'only these ports: 8080, 53/UDP, http, 8000-8100/TCP'))
    .addOption(new Option('--within <ns>', 'only connections with an end in this namespace; globs are allowed'))
    .addOption(new Option('--pods', 'a row for each pod instead of each workload'))
  withLimit(command, 'connections', MOST_CONNECTIONS)
  withCommonFlags(command, FORMATS).action((_paths: readonly string[], flags: MatrixFlags) =>
    run((session) => runMatrix(session, flags)),
  )
}

async function runMatrix(session: Session, flags: MatrixFlags): Promise<ExitCode> {
  const { stdout, stderr } = session.io
  const cluster = loadInputs(session, flags)
  const { matrixReport, printMatrix } = await import('../../report/matrix/print.js')
  const report = matrixReport(cluster, { ...flags, podCidrs: flags.podCidr })
  await say(session, cluster, report.diagnostics, flags)
  if (flags.namespace !== undefined && flags.within === undefined && flags.quiet !== true) {
    const within = `--within ${flags.namespace}`
    stderr.write(
      `-n names the namespace of objects and peers that have none; ${within} keeps what concerns ${flags.namespace}\n`,
    )
  }
  const progress = progressOn(session.io, flags, (done) => `row ${done} of ${report.endpoints.length}`)
  const style = await session.style('stdout')
  let batch = ''
  const pieces = printMatrix(report, {
    format: flags.output,
    ...settingsOf(session, cluster),
    style,
    isTerminal: stdout.isTerminal,
    quiet: flags.quiet === true,
    onRow: progress.report,
  })
  for (const piece of pieces) {
    batch += piece
    if (batch.length < BATCH) continue
    stdout.write(batch)
    batch = ''
  }
  progress.end()
  if (batch !== '') stdout.write(batch)
  const left = leftOut(report)
  if (left !== null) stderr.write(`${left}\n`)
  if (report.incomplete && LINES_ONLY.includes(flags.output)) stderr.write(`${INCOMPLETE}\n`)
  return report.connections === null ? EXIT.unanswered : EXIT.yes
}

/** What the limit left out, for people; JSON says it as well. */
function leftOut({ omitted }: MatrixReport): string | null {
  const { count, isAll } = omitted()
  if (count === 0) return null
  const more = isAll ? `${count} more connections are` : `more than ${count} further connections are`
  return `${more} not shown; --limit 0 shows all, --from and --to narrow it`
}
