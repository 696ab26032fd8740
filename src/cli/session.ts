import type { Cluster } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { diagnosticLine, diagnosticText } from '../report/diagnostic-text.js'
import { escapeAll, escapeTerminal } from '../report/escape.js'
import { gather } from '../report/gather.js'
import { inventoryLine, loadedLine } from '../report/loaded-line.js'
import type { Style } from '../report/style.js'
import { settingsLine, type SettingsResult } from '../report/settings-line.js'
import { wrap } from '../report/wrap.js'
import type { Io } from './io.js'
import { countLine, menu, readyCommand, wantsMenu } from './say-no-answer.js'
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

/** Errors are shown whole, but not without end. */
const MOST_ERRORS = 20
const MOST_WARNINGS = 8

/** Says on stderr what was loaded and what there is to say about it; `quiet` leaves only what prevented an answer. */
export async function say(
  { io, style: styleOf, settings, words }: Session,
  cluster: Cluster,
  diagnostics: readonly Diagnostic[],
  flags: { readonly quiet?: true; readonly verbose?: true },
): Promise<void> {
  const style = await styleOf()
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const warnings = diagnostics.filter(
    ({ severity }) => severity === 'warning' || (severity === 'info' && flags.verbose === true),
  )
  const lines: string[] = []
  const verbose = flags.verbose === true
  const isUnanswered = !cluster.answerable || errors.some((error) => !cluster.diagnostics.includes(error))
  const hasChoices = wantsMenu(cluster, errors)
  const hasMenu = hasChoices && !verbose
  const first =
    errors.find(({ code, object }) => code === 'NP025' && object === null) ??
    errors.find(({ code }) => code === 'NP025') ??
    errors[0]
  if (hasMenu && first !== undefined) lines.push(diagnosticLine(escapeAll({ ...first, help: null }), style))
  else {
    const gathered = verbose ? errors.map((diagnostic) => ({ diagnostic, more: 0 })) : gather(errors)
    const shown = verbose ? gathered : gathered.slice(0, MOST_ERRORS)
    for (const { diagnostic, more } of shown) {
      lines.push(diagnosticText(escapeAll(diagnostic), diagnostic, cluster.excerpt, style))
      if (more > 0) lines.push(`and ${more} like it, shown with -v`)
      lines.push('')
    }
    if (gathered.length > shown.length) lines.push(`${gathered.length - shown.length} more errors, shown with -v`, '')
  }
  if (flags.quiet !== true && !hasMenu) {
    const gathered = verbose ? warnings.map((diagnostic) => ({ diagnostic, more: 0 })) : gather(warnings)
    const few = verbose ? gathered : gathered.slice(0, MOST_WARNINGS)
    lines.push(...few.map(({ diagnostic, more }) => diagnosticLine(escapeAll(diagnostic), style, more)))
    if (gathered.length > few.length) lines.push(`${gathered.length - few.length} more warnings, shown with -v`)
    if (settings !== null) {
      const line = settingsLine(escapeAll({ ...settings, excluded: excludedBy(settings, cluster) }), verbose)
      lines.push(style.paint('quiet', wrap(line, style.width, '  ')))
    }
    if (verbose) lines.push(style.paint('quiet', wrap(inventoryLine(cluster), style.width, '  ')))
    lines.push(style.paint('quiet', wrap(loadedLine(cluster), style.width, '  ')))
  }
  if (isUnanswered && errors.length > 0) {
    const ready = hasChoices ? null : readyCommand(cluster, words)
    if (hasChoices) lines.push(...menu(cluster, words, verbose).map(escapeTerminal))
    if (ready !== null) lines.push(`try: ${escapeTerminal(ready)}`)
    lines.push(wrap(countLine(errors, first, warnings.length), style.width, '  '))
  }
  if (lines.length > 0) io.stderr.write(`${lines.join('\n')}\n`)
}
