/**
 * Characters that could forge or hide text on a terminal: controls, direction changes, invisible ones, halves of a
 * surrogate pair. Line breaks are among them: a name must not make a line of its own.
 */
const unsafe = () => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** Nearly every text; the other pattern is large, and making it takes longer than a whole small answer. */
const HARMLESS = /^[ -~]*$/

/** `##[…]` and `##vso[…]` are commands of Azure Pipelines anywhere in a line, `##teamcity[…]` one of TeamCity. */
const PIPELINE_COMMAND = /##(?=[a-z]*\[)/gi
/**
 * `::name …::` is a command of a GitHub workflow at the start of a line, which is wherever a text may be wrapped. An IPv6
 * address is none: it has `::` once only.
 */
const WORKFLOW_COMMAND = /(^|\s)::(?![0-9a-f.]*(?::[0-9a-f.]+)*(?:\/\d+)?(?:[\s,;)]|$))/gi

/** Makes text from the input safe to print on a terminal and in a build log; every name, label and path is attacker text. */
export function escapeTerminal(text: string): string {
  const still = withoutCommands(text)
  if (HARMLESS.test(still)) return still
  return still.replace(unsafe(), (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`)
}

function withoutCommands(text: string): string {
  const still = text.includes('##') ? text.replace(PIPELINE_COMMAND, '#\\u{23}') : text
  return still.includes('::') ? still.replace(WORKFLOW_COMMAND, '$1\\u{3a}:') : still
}

/** Writes data as JSON that is safe to print and means the same: such characters occur in strings only. */
export function jsonText(data: unknown): string {
  return `${JSON.stringify(data, null, 2).split('\n').map(escapeJson).join('\n')}\n`
}

/** Writes data as JSON on one line, as safe as {@link jsonText}. */
export function jsonLine(data: unknown): string {
  return escapeJson(JSON.stringify(data))
}

function escapeJson(line: string): string {
  const still = line.includes('##') ? line.replace(PIPELINE_COMMAND, '#\\u0023') : line
  if (HARMLESS.test(still)) return still
  return still.replace(unsafe(), (found) =>
    found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}

/** Makes every text in a result safe at once, so that no renderer can forget one. */
export function escapeAll<Data>(data: Data): Data {
  if (typeof data === 'string') return escapeTerminal(data) as Data
  if (Array.isArray(data)) return data.map((item: unknown) => escapeAll(item)) as Data
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [escapeTerminal(key), escapeAll(value as unknown)]),
  ) as Data
}
