import type { Cluster } from '../model/cluster.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { diagnosticLine, diagnosticText } from '../report/diagnostic-text.js'
import { escapeAll } from '../report/escape.js'
import { inventoryLine, loadedLine } from '../report/loaded-line.js'
import type { Style } from '../report/style.js'
import { settingsLine, type SettingsResult } from '../report/settings-line.js'
import { wrap } from '../report/wrap.js'
import type { Io } from './io.js'
import type { UsedSettings } from './settings.js'

/** One run of one command. */
export interface Session {
  readonly io: Io
  /** The settings of the project that take part; null where there are none. */
  readonly settings: UsedSettings | null
  readonly style: (stream: 'stdout' | 'stderr', needsTable?: boolean) => Promise<Style>
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

/** Says on stderr what was loaded and what there is to say about it; `quiet` leaves only what kept the answer away. */
export async function say(
  { io, style: styleOf, settings }: Session,
  cluster: Cluster,
  diagnostics: readonly Diagnostic[],
  flags: { readonly quiet?: true; readonly verbose?: true },
): Promise<void> {
  const style = await styleOf('stderr')
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const warnings = diagnostics.filter(
    ({ severity }) => severity === 'warning' || (severity === 'info' && flags.verbose === true),
  )
  const lines: string[] = []
  const shown = flags.verbose === true ? errors : errors.slice(0, MOST_ERRORS)
  for (const error of shown) lines.push(diagnosticText(escapeAll(error), error, cluster.excerpt, style), '')
  if (errors.length > shown.length) lines.push(`${errors.length - shown.length} more errors, shown with -v`, '')
  if (flags.quiet !== true) {
    const few = flags.verbose === true ? warnings : warnings.slice(0, MOST_WARNINGS)
    lines.push(...few.map((warning) => diagnosticLine(escapeAll(warning), style)))
    if (warnings.length > few.length) lines.push(`${warnings.length - few.length} more warnings, shown with -v`)
    if (settings !== null) {
      const line = settingsLine(
        escapeAll({ ...settings, excluded: excludedBy(settings, cluster) }),
        flags.verbose === true,
      )
      lines.push(style.paint('quiet', wrap(line, style.width, '  ')))
    }
    if (flags.verbose === true) lines.push(style.paint('quiet', wrap(inventoryLine(cluster), style.width, '  ')))
    lines.push(style.paint('quiet', wrap(loadedLine(cluster), style.width, '  ')))
  }
  if (lines.length > 0) io.stderr.write(`${lines.join('\n')}\n`)
}
