import type { Cluster } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { diagnosticLine } from '../report/diagnostic-text.js'
import { escapeAll, escapeTerminal } from '../report/escape.js'
import { inventoryLine, loadedLine } from '../report/loaded-line.js'
import type { Style } from '../report/style.js'
import { settingsLine, type SettingsResult } from '../report/settings-line.js'
import { wrap } from '../report/wrap.js'
import type { Io } from './io.js'
import { errorTexts, linesIn, warningTexts } from './fit-lines.js'
import { countLine, endingOf } from './say-no-answer.js'
import type { UsedSettings } from './settings.js'

/** One run of one command. */
export interface Session {
  readonly io: Io
  /** The settings of the project that take part; null where there are none. */
  readonly settings: UsedSettings | null
  /** The words of the command line without those that name inputs. */
  readonly words: readonly string[]
  /** How messages look on standard error. */
  readonly style: () => Promise<Style>
}

/** What of the settings is said with an answer. */
export function settingsOf({ settings }: Session, cluster: Cluster): { readonly settings?: SettingsResult } {
  return settings === null ? {} : { settings: { ...settings, excluded: excludedBy(settings, cluster) } }
}

/** Only what the settings leave out is told: a flag is known to who wrote it. */
function excludedBy({ keys }: UsedSettings, { excluded }: Cluster): readonly string[] {
  return keys.includes('exclude') ? excluded : []
}

/** A run without an answer says why, and what to type, in so many lines. */
const MOST_LINES = 10
/** An answer is not to be lost below warnings. */
const MOST_WARNINGS = 9

/** Says on stderr what was loaded and what there is to say about it; `quiet` leaves only what prevented an answer. */
export async function say(
  session: Session,
  cluster: Cluster,
  diagnostics: readonly Diagnostic[],
  flags: { readonly quiet?: true; readonly verbose?: true; readonly filename?: readonly string[] | undefined },
): Promise<void> {
  const { io, settings, words } = session
  const style = await session.style()
  const verbose = flags.verbose === true
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning' || (severity === 'info' && verbose))
  const isUnanswered = !cluster.answerable || errors.some((error) => !cluster.diagnostics.includes(error))
  const ending = isUnanswered && errors.length > 0 ? endingOf(cluster, errors, words, verbose) : null
  const closing =
    ending === null
      ? []
      : [
          ...pipeNote(session, flags.filename, true),
          ...ending.lines.map(escapeTerminal),
          wrap(countLine(errors, ending.first, warnings.length), style.width, '  '),
        ]
  const settingsText =
    settings === null || flags.quiet === true ? [] : [settingsTextOf(session, cluster, verbose, style)]
  const room = ending === null || verbose ? Infinity : MOST_LINES - linesIn([...closing, ...settingsText])
  const said =
    ending?.isMenu === true && !verbose
      ? [diagnosticLine(escapeAll({ ...ending.first, help: null }), style)]
      : errorTexts(errors, cluster, style, room)
  const lines = [...said]
  if (flags.quiet !== true) {
    const left = room - linesIn(lines)
    if (verbose) lines.push(...warningTexts(warnings, style, Infinity))
    else if (ending?.isMenu !== true) lines.push(...warningTexts(warnings, style, Math.min(left, MOST_WARNINGS)))
    lines.push(...settingsText)
    if (verbose) lines.push(style.paint('quiet', wrap(inventoryLine(cluster), style.width, '  ')))
    // Read by accident, the current folder answers for what was piped in
    if (ending === null) lines.push(...pipeNote(session, flags.filename, false))
    const loaded = style.paint('quiet', wrap(loadedLine(cluster), style.width, '  '))
    const hasRoom = ending?.isMenu !== true && linesIn([...lines, loaded, ...closing]) <= MOST_LINES
    if (hasRoom || room === Infinity) lines.push(loaded)
  }
  lines.push(...closing)
  if (lines.length > 0) io.stderr.write(`${lines.join('\n')}\n`)
}

/**
 * A pipe that was not read. In a pipeline of a CI system standard input is often one, too: so where there is an answer, this
 * is said only if nobody named what it is about.
 */
function pipeNote(
  { io, settings }: Session,
  filename: readonly string[] = [],
  isUnanswered: boolean,
): readonly string[] {
  const isNamed = filename.length > 0 || settings?.keys.includes('inputs') === true
  if (filename.includes('-') || (isNamed && !isUnanswered) || !io.isPipedIn()) return []
  const instead = isNamed ? '' : '; the current folder was read'
  return [`standard input is a pipe, and is only read with \`-f -\`${instead}`]
}

function settingsTextOf({ settings }: Session, cluster: Cluster, verbose: boolean, style: Style): string {
  if (settings === null) return ''
  const line = settingsLine(escapeAll({ ...settings, excluded: excludedBy(settings, cluster) }), verbose)
  return style.paint('quiet', wrap(line, style.width, '  '))
}
