/**
 * Characters that could forge or hide text on a terminal: controls, direction changes, invisible ones, halves of a
 * surrogate pair. Line breaks are among them: a name must not make a line of its own.
 */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g

/** Makes text from the input safe to print on a terminal; every name, label and path is attacker text. */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`)
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
