/** The settings of a project that took part in an answer: the `settings` of `-o json`. */
export interface SettingsResult {
  /** The `netpol-sim.yaml` that was read. */
  readonly file: string
  /** Its keys that counted, in its order; what a flag says otherwise is not among them. */
  readonly keys: readonly string[]
  /** What its `exclude` left out: manifests, and folders with a slash at their end. */
  readonly excluded: readonly string[]
}

const MOST_NAMES = 3

/** One line on settings, since whoever writes them has a say in the answer. The result must have been made safe to print. */
export function settingsLine({ file, keys, excluded }: SettingsResult, isVerbose: boolean): string {
  const set = keys.length === 0 ? 'nothing' : keys.join(', ')
  if (excluded.length === 0) return `settings from ${file}: ${set}`
  const shown = isVerbose ? excluded : excluded.slice(0, MOST_NAMES)
  const more = excluded.length > shown.length ? ` and ${excluded.length - shown.length} more` : ''
  return `settings from ${file}: ${set}; its exclude leaves out ${shown.join(', ')}${more}`
}
