import { dirname, resolve } from 'node:path'
import { Argument, Option } from 'commander'
import { loadCluster } from '../../load/load.js'
import type { Cluster } from '../../model/cluster.js'
import { diagnosticLine } from '../../report/diagnostic-text.js'
import { escapeAll } from '../../report/escape.js'
import { TEST_FORMATS } from '../../report/test/formats.js'
import type { TestRun } from '../../report/test/test-report.js'
import type { TestResult } from '../../report/test/test-result.js'
import type { ReadAssertions } from '../assertion-files.js'
import type { CommandDefinition } from '../command.js'
import type { Settings } from '../config/read-config.js'
import { commitFor, olderBase, type CommitNote } from '../commit-for.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import type { Commit } from '../../sides/commit.js'
import type { CommonFlags } from '../options.js'
import { rendererOf } from '../renderer.js'
import { say, settingsOf, type Session } from '../session.js'
import { findSettings, type UsedSettings } from '../settings.js'
import { UsageError } from '../usage-error.js'

interface TestFlags extends CommonFlags {
  readonly coverage?: true
  readonly minCoverage?: number
  readonly testsFrom?: string
}

/** Flags, and what the settings say where there are none. */
type SettledFlags = Omit<TestFlags, keyof Settings> & Settings

/** `test [FILES]`: do the assertions of these files hold? */
export const TEST: CommandDefinition<TestFlags> = {
  name: 'test',
  summary: 'do the assertions of these files hold?',
  arguments: () => [
    new Argument(
      '[files...]',
      'assertion files, or folders with netpol-tests.yaml or *.netpol-test.yaml; default: the tests of netpol-sim.yaml, else the current folder',
    ),
  ],
  options: () => [
    new Option('--coverage', 'change the policies in each place, and say which change no test notices'),
    new Option('--min-coverage <percent>', 'fail if fewer of these changes are noticed; implies --coverage').argParser(
      parsePercent,
    ),
    new Option(
      '--tests-from <side>',
      'read assertion files and their settings from this commit, as in origin/main...; manifests from the disk',
    ),
  ],
  readsInput: true,
  hasOwnSettings: true,
  formats: Object.keys(TEST_FORMATS),
  examples: [
    'netpol-sim test',
    'netpol-sim test netpol-tests.yaml -f rendered/prod',
    'netpol-sim test -o text -o json=result.json',
    'netpol-sim test --tests-from origin/main...',
  ],
  topics: ['peers', 'ports', 'exit codes'],
  unanswered: {
    incomplete: false,
    hostNetworkLeftOut: 0,
    summary: { tests: 0, passed: 0, failed: 0, knownGaps: 0, errors: 0, pairs: 0 },
    tests: [],
    coverage: null,
  },
  async run(session, words, flags) {
    const { io } = session
    const { readAssertionFiles, noFiles } = await import('../assertion-files.js')
    const commit = flags.testsFrom === undefined ? undefined : await commitFor(flags.testsFrom, io)
    const paths = words.length > 0 ? words : await pathsOfSettings(session, flags, commit)
    commit?.files.prefetch(paths, MOST_PREFETCHED)
    const { files, problems } = readAssertionFiles(paths, io.cwd, commit)
    const inputs = inputsOnce(session)
    const prepared: Prepared[] = []
    for (const file of files) prepared.push(await prepare(session, file, flags, inputs, commit))
    const { testReport } = await import('../../report/test/test-report.js')
    const nothing =
      files.length + problems.length === 0 ? [noFiles(paths.map((path) => commit?.placeOf(path) ?? path))] : []
    const result = testReport(
      prepared.map(({ run }) => run),
      [...problems, ...nothing],
      flags.coverage === true || flags.minCoverage !== undefined ? { least: flags.minCoverage ?? null } : null,
    )
    const notes = commit === undefined ? [] : await olderBase(commit, io)
    await sayAll(session, prepared, result, notes, flags)
    return {
      code: exitCode(result),
      read: [...(commit === undefined ? files.map(({ path }) => path) : []), ...prepared.flatMap(({ read }) => read)],
      ...(commit === undefined ? {} : { isElsewhere: elsewhere([...files.map(({ file }) => file), ...problems]) }),
      render: rendererOf(TEST_FORMATS, {
        ...result,
        ...(notes.length === 0 ? {} : { notes }),
        ...settingsIn(prepared, session),
      }),
    }
  },
}

function parsePercent(text: string): number {
  if (/^\d{1,3}(?:\.\d+)?$/.test(text) && Number(text) <= 100) return Number(text)
  throw new UsageError(`\`--min-coverage ${text}\` is not a percentage: write a number from 0 to 100`)
}

/** Assertion files are small, and there are few. */
const MOST_PREFETCHED = 2 ** 26

function elsewhere(things: readonly { readonly file: string | null }[]): (file: string) => boolean {
  const known = new Set(things.map(({ file }) => file))
  return (file) => known.has(file)
}

/** A file with the cluster that it asks about. */
interface Prepared {
  readonly run: TestRun
  readonly settings: UsedSettings | null
  readonly read: readonly string[]
}

/** Assertion files that the settings of the current folder name, else all below it. */
async function pathsOfSettings(
  { io }: Session,
  { config }: TestFlags,
  commit: Commit | undefined,
): Promise<readonly string[]> {
  const found = await findSettings(config, io.cwd, io, () => false, commit)
  return found?.values.tests ?? ['.']
}

/** The settings nearest to an assertion file; its own inputs win over theirs, and flags over both. */
async function prepare(
  { io }: Session,
  { file, path, inputs }: ReadAssertions,
  said: TestFlags,
  load: (paths: readonly string[], flags: SettledFlags) => Cluster,
  commit: Commit | undefined,
): Promise<Prepared> {
  const folder = dirname(resolve(io.cwd, path))
  const isSaid = (key: string) =>
    (key === 'filename' ? (said.filename ?? inputs) : said[key as keyof TestFlags]) != null
  const found = await findSettings(said.config, folder, io, isSaid, commit)
  const flags: SettledFlags = { ...found?.values, ...said }
  const read = said.filename ?? inputs ?? found?.values.filename ?? [dirname(path)]
  const isAsked = file.assertions.length > 0
  const options = { ...flags, podCidrs: flags.podCidr }
  return {
    run: { file, cluster: isAsked ? load(read, flags) : null, options },
    settings: found?.used ?? null,
    read,
  }
}

/** Loads equal inputs once. */
function inputsOnce({ io }: Session): (paths: readonly string[], flags: SettledFlags) => Cluster {
  const known = new Map<string, Cluster>()
  return (paths, flags) => {
    const { namespace, exclude, manifests, strict, lenient, keepGoing, maxInput, followLinks, lint } = flags
    const reading = { namespace, exclude, manifests, strict, lenient, keepGoing, maxInput, followLinks, lint }
    const options = { ...reading, with: flags.with, without: flags.without, label: flags.label }
    const key = JSON.stringify([paths, options])
    const cluster =
      known.get(key) ?? loadCluster(paths, { ...options, readStdin: io.readStdin, ownPackage: io.packageRoot })
    known.set(key, cluster)
    return cluster
  }
}

/** Says of each input what was loaded, and then what is odd about the tests and the commit that they are of. */
async function sayAll(
  session: Session,
  prepared: readonly Prepared[],
  { diagnostics }: TestResult,
  notes: readonly CommitNote[],
  flags: TestFlags,
): Promise<void> {
  const clusters = new Map(prepared.flatMap(({ run, ...more }) => (run.cluster === null ? [] : [[run.cluster, more]])))
  for (const [cluster, { settings, read }] of clusters) {
    await say({ ...session, settings }, cluster, cluster.diagnostics, { ...flags, filename: read })
  }
  if (flags.quiet === true) return
  const known = new Set([...clusters.keys()].flatMap((cluster) => cluster.diagnostics))
  const style = await session.style()
  for (const { message } of notes) session.io.stderr.write(`note: ${escapeAll(message)}\n`)
  for (const warning of diagnostics) {
    if (warning.severity !== 'warning' || known.has(warning)) continue
    session.io.stderr.write(`${diagnosticLine(escapeAll(warning), style)}\n`)
  }
}

function settingsIn(prepared: readonly Prepared[], session: Session): Pick<TestResult, 'settings'> {
  const files = new Map(
    prepared.flatMap(({ run: { cluster }, settings }) => {
      if (settings === null || cluster === null) return []
      const { settings: said } = settingsOf({ ...session, settings }, cluster)
      return said === undefined ? [] : [[settings.file, said] as const]
    }),
  )
  return files.size === 0 ? {} : { settings: [...files.values()] }
}

/** An error beats a failure; known gaps change nothing. */
function exitCode({ summary }: TestResult): ExitCode {
  if (summary.errors > 0) return EXIT.unanswered
  return summary.failed > 0 ? EXIT.no : EXIT.yes
}
