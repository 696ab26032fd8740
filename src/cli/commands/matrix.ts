import { Argument, Option } from 'commander'
import { INCOMPLETE } from '../../report/incomplete.js'
import { MATRIX_FORMATS } from '../../report/matrix/formats.js'
import type { MatrixReport } from '../../report/matrix/matrix.js'
import { NOTHING_READ, type Answer, type CommandDefinition } from '../command.js'
import { EXIT } from '../exit-code.js'
import { loadInputs } from '../load-inputs.js'
import type { MatrixFlags } from '../matrix-flags.js'
import { limitOption, refuseWhatIf } from '../options.js'
import type { LockRefusal } from '../lock.js'
import { progressOn } from '../progress.js'
import { rendererOf } from '../renderer.js'
import { refuseToReplace } from '../output.js'
import { say, settingsOf, type Session } from '../session.js'
import { UsageError } from '../usage-error.js'

/** Formats that have no place for a sentence. */
const LINES_ONLY: readonly string[] = ['list', 'csv', 'markdown']

/** Ten thousand pods that may all talk to each other have a hundred million. */
const MOST_CONNECTIONS = 100_000

/** `matrix`: who may reach whom, on which ports? */
export const MATRIX: CommandDefinition<MatrixFlags> = {
  name: 'matrix',
  summary: 'who may reach whom, on which ports?',
  arguments: () => [new Argument('[paths...]', 'manifest files and folders, the same as -f')],
  options: () => [
    new Option('--from <peer>', 'only connections from here'),
    new Option('--to <peer>', 'only connections to here: `matrix --to shop/db` says who can reach it'),
    new Option('--port <port>', 'only these ports: 8080, 53/UDP, http, 8000-8100/TCP'),
    new Option('--within <ns>', 'only connections with an end in this namespace; globs are allowed'),
    new Option('--pods', 'a row for each pod instead of each workload'),
    new Option('--update <file>', 'write the lock file: who may reach whom, to be kept beside the policies'),
    new Option('--check <file>', 'compare the lock file with the present; exit with 1 and a diff where they differ'),
    limitOption('connections', MOST_CONNECTIONS),
  ],
  readsInput: true,
  formats: Object.keys(MATRIX_FORMATS),
  examples: [
    'netpol-sim matrix k8s/',
    'netpol-sim matrix k8s/ --to shop/db',
    'netpol-sim matrix k8s/ --from internet --port 443 -o list',
    'netpol-sim matrix k8s/ --check netpol.lock',
    'kubectl kustomize overlays/prod | netpol-sim matrix -f - -o json',
  ],
  topics: ['peers', 'exit codes'],
  unanswered: {
    incomplete: false,
    inventory: NOTHING_READ,
    endpoints: [],
    connections: null,
  },
  async run(session, _paths, flags) {
    if (flags.update !== undefined || flags.check !== undefined) return lock(session, flags)
    // Before the inputs, since the compiled form of this part counts only for a V8 with the flags of the start
    const { matrixReport } = await import('../../report/matrix/print.js')
    const cluster = loadInputs(session, flags)
    const report = matrixReport(cluster, { ...flags, podCidrs: flags.podCidr })
    await say(session, cluster, report.diagnostics, flags)
    if (flags.namespace !== undefined && flags.within === undefined && flags.quiet !== true) {
      const within = `--within ${flags.namespace}`
      session.io.stderr.write(
        `-n names the namespace of objects and peers that have none; ${within} keeps what concerns ${flags.namespace}\n`,
      )
    }
    const progress = progressOn(session.io, flags, (done) => `row ${done} of ${report.endpoints.length}`)
    const render = rendererOf(MATRIX_FORMATS, { report, ...settingsOf(session, cluster), onRow: progress.report })
    return {
      code: report.connections === null ? EXIT.unanswered : EXIT.yes,
      render: async (format, page) => endingWith(await render(format, page), progress.end),
      closing: (formats) => closing(report, formats),
    }
  },
}

/** The lock file of the matrix, written or compared. */
async function lock(session: Session, flags: MatrixFlags): Promise<Answer> {
  const { lockAnswer, wrongWithLock } = await import('../lock.js')
  const refuse = ({ refusal, detail }: LockRefusal): never => {
    throw new UsageError(refusal, detail)
  }
  const wrong = wrongWithLock(flags)
  if (wrong !== null) return refuse(wrong)
  const { update, filename = ['.'], exclude = [] } = flags
  if (update !== undefined) refuseWhatIf(flags, '--update')
  if (update !== undefined) await refuseToReplace({ format: 'lock', file: update }, filename, exclude, update)
  const { matrixReport } = await import('../../report/matrix/print.js')
  const cluster = loadInputs(session, flags)
  const report = matrixReport(cluster, { ...flags, podCidrs: flags.podCidr, limit: 0 })
  // Equal is silence, as diff has it
  const isQuiet = report.connections !== null && flags.verbose !== true
  await say(session, cluster, report.diagnostics, isQuiet ? { ...flags, quiet: true } : flags)
  if (report.connections === null) {
    const render = rendererOf(MATRIX_FORMATS, { report, ...settingsOf(session, cluster), onRow: () => undefined })
    return { code: EXIT.unanswered, render }
  }
  const answer = lockAnswer(flags, report)
  return 'refusal' in answer ? refuse(answer) : answer
}

/** The same pieces; `end` is called behind the last one. */
function* endingWith(pieces: Iterable<string>, end: () => void): Iterable<string> {
  yield* pieces
  end()
}

/** What the limit left out, for people (JSON says it as well), and that the input is incomplete where the format cannot. */
function closing(
  { omitted, estimated, incomplete }: MatrixReport,
  formats: readonly string[],
): ReturnType<NonNullable<Answer['closing']>> {
  const { count, isAll } = omitted()
  const more = isAll ? `${count} more connections are` : `more than ${count} further connections are`
  return [
    ...(estimated() === 0
      ? []
      : [
          `not every way in which unknown labels may turn out was tried: ${estimated()} of these pairs may be surer; check FROM TO tries them`,
        ]),
    ...(count === 0 ? [] : [`${more} not shown; --limit 0 shows all, --from and --to narrow it`]),
    ...(incomplete && formats.some((format) => LINES_ONLY.includes(format)) ? [INCOMPLETE] : []),
  ]
}
