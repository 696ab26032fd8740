import { loadSides } from '../load/load-sides.js'
import type { Cluster } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { diffReport } from '../report/diff/diff-report.js'
import type { DiffResult } from '../report/diff/diff-result.js'
import { DIFF_FORMATS } from '../report/diff/formats.js'
import type { Answer } from './command.js'
import type { DiffFlags } from './diff-flags.js'
import { bothSides, type Side } from './diff-sides.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { rendererOf } from './renderer.js'
import { say, settingsOf, type Session } from './session.js'
import { UsageError, type UsageDetail } from './usage-error.js'

/** Why a comparison was not made. */
export interface DiffRefusal {
  readonly refusal: string
  readonly detail: UsageDetail
}

/** Compares the sides that a command line names. Mistakes of the user are given back, since this is a bundle of its own. */
export async function runDiff(
  session: Session,
  words: readonly string[],
  flags: DiffFlags,
): Promise<Answer | DiffRefusal> {
  try {
    return await compare(session, words, flags)
  } catch (error) {
    if (error instanceof UsageError) return { refusal: error.message, detail: error.detail }
    throw error
  }
}

async function compare(session: Session, words: readonly string[], flags: DiffFlags): Promise<Answer> {
  const { base, head, ...about } = await bothSides(words, flags, session.io, (flags.failOn ?? []).length > 0)
  for (const { commit, paths } of [base, head]) commit?.files.prefetch(paths, flags.maxInput)
  const loaded = loadSides(inputOf(base), inputOf(head))
  const sideOf = (side: Side, cluster: Cluster) => ({ ...side, cluster, options: side.evaluate })
  const result = diffReport(sideOf(base, loaded.base), sideOf(head, loaded.head), {
    ...about,
    ...flags,
    strict: flags.strict === true || head.evaluate.strict === true,
  })
  // Two sides that are named leave nothing to be read by accident
  const filename = words.length > 1 || words.includes('-') ? words : flags.filename
  await sayBoth(session, { base, head }, loaded, result, { ...flags, filename })
  const more = flags.link === undefined ? {} : { link: flags.link }
  const { settings } = settingsOf({ ...session, settings: head.settings }, loaded.head)
  return {
    code: exitCode(result),
    read: [base, head].flatMap((side) => (side.commit === null ? side.paths : [])),
    isElsewhere: isOfCommit([base, head]),
    render: rendererOf(
      DIFF_FORMATS,
      settings === undefined ? { ...result, ...more } : { ...result, ...more, settings },
    ),
  }
}

function inputOf({ paths, load }: Side): Parameters<typeof loadSides>[0] {
  return { paths, options: load }
}

/** Says what was loaded of the head, and what is odd about either side. */
async function sayBoth(
  session: Session,
  sides: { readonly base: Side; readonly head: Side },
  loaded: { readonly base: Cluster; readonly head: Cluster },
  { diagnostics }: DiffResult,
  flags: Parameters<typeof say>[3],
): Promise<void> {
  const names = sides.base.placeOf
  const ofBase = new Map(
    loaded.base.diagnostics.map((one) => [
      keyOf({ ...one, file: one.file === null ? null : names(one.file) }),
      one.file,
    ]),
  )
  const isOfBase = (one: Diagnostic) => sides.base.commit !== null && one.file !== null && ofBase.has(keyOf(one))
  const [base, head] = [diagnostics.filter(isOfBase), diagnostics.filter((one) => !isOfBase(one))]
  const placed = (name: 'base' | 'head', own: readonly Diagnostic[]): Cluster => {
    const cluster = loaded[name]
    const files = new Map(cluster.diagnostics.map(({ file }) => [sides[name].placeOf(file ?? ''), file ?? '']))
    return { ...cluster, diagnostics: own, excerpt: (file, line) => cluster.excerpt(files.get(file) ?? file, line) }
  }
  if (base.length > 0 || !loaded.base.answerable)
    await say({ ...session, settings: sides.base.settings }, placed('base', base), base, flags)
  await say({ ...session, settings: sides.head.settings }, placed('head', head), head, flags)
}

function keyOf({ code, message, file, line, column }: Diagnostic): string {
  return JSON.stringify([code, message, file, line, column])
}

/** Files of a commit are not on the disk, whatever they are called. */
function isOfCommit(sides: readonly Side[]): (file: string) => boolean {
  const prefixes = sides.flatMap(({ commit }) => (commit === null ? [] : [commit.placeOf('x').slice(0, -1)]))
  return (file) => prefixes.some((prefix) => file.startsWith(prefix))
}

/** No answer beats a change that is asked about. */
function exitCode({ changes, failing }: DiffResult): ExitCode {
  if (changes === null) return EXIT.unanswered
  return failing.length > 0 ? EXIT.no : EXIT.yes
}
