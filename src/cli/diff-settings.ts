import type { SettingChange } from '../report/diff/diff-result.js'
import type { Settings } from './config/read-config.js'
import { titleOf, type Named } from './named-sides.js'
import type { CommonFlags } from './options.js'
import type { FoundSettings } from './settings.js'
import { UsageError } from './usage-error.js'

/** Keys that have nothing to do with a comparison. */
const ELSEWHERE: ReadonlySet<string> = new Set(['tests'])
/** What silences warnings can do no more than a comment in a manifest, and opens nothing. */
const HARMLESS: ReadonlySet<string> = new Set([...ELSEWHERE, 'lint'])

/** The settings of both sides, as their own files have them; null where a side has no file. */
export type OwnSettings = Readonly<Record<'base' | 'head', FoundSettings | null>>

/** The settings that count: flags win, and what was found and not named leaves nothing out of what the user names. */
export function applying(settings: Settings, { path }: Named, flags: CommonFlags): Settings {
  const isNamed = path !== null || flags.filename !== undefined
  return isNamed && flags.config === undefined ? { ...settings, exclude: [] } : settings
}

/** The keys with another value, in alphabetical order. */
export function settingsChanges(own: OwnSettings): readonly SettingChange[] {
  return changesOf(own.base?.values ?? {}, own.head?.values ?? {}, ELSEWHERE)
}

/**
 * Refuses settings that are not those of the base where the exit code is a verdict: whoever wrote the head chose them, and they
 * decide what is read and how it is evaluated.
 */
export function refuseOwnSettings(own: OwnSettings, base: Named, head: Named, flags: CommonFlags): void {
  const counting = ({ values }: FoundSettings, named: Named): Settings =>
    Object.fromEntries(
      Object.entries(applying(values, named, flags)).filter(
        ([key, value]) =>
          flags[key as keyof CommonFlags] === undefined &&
          !(key === 'filename' && named.path !== null) &&
          !(key === 'exclude' && Array.isArray(value) && value.length === 0),
      ),
    )
  const [before, after] = [own.base && counting(own.base, base), own.head && counting(own.head, head)]
  const changes = changesOf(before ?? {}, after ?? {}, HARMLESS)
  if (changes.length === 0) return
  const keys = changes.map(({ key }) => key).join(', ')
  throw new UsageError(`\`--fail-on\` cannot rely on settings that ${titleOf(base)} has not (${keys})`, {
    help: 'merge the settings first, or say with --config FILE or --no-config which ones serve both sides',
  })
}

function changesOf(before: Settings, after: Settings, without: ReadonlySet<string>): readonly SettingChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !without.has(key)).sort()
  return keys.flatMap((key) => {
    const valueIn = (settings: Settings): unknown => settings[key as keyof Settings] ?? null
    const [old, now] = [valueIn(before), valueIn(after)]
    if (JSON.stringify(old) === JSON.stringify(now)) return []
    return [{ key: key === 'filename' ? 'inputs' : key, before: old, after: now }]
  })
}
