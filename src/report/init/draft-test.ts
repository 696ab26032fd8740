/** A test that `init` proposes. */
export interface DraftTest {
  /** Under which its outcome is found again. */
  readonly name: string
  /** Its lines in an assertion file, without indentation. */
  readonly lines: readonly string[]
}

/** A one-line test, which is its own name. */
export function oneLineDraft(text: string): DraftTest {
  return { name: text, lines: [scalar(text)] }
}

/** Text as YAML, quoted where it could be read as anything else. */
export function scalar(text: string): string {
  return /^[A-Za-z][\w ./:=,>*-]*$/.test(text) && !/: | $|:$|^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text)
}

/** A list on one line, or a line for each item where it would be too long. */
export function listLines(key: string, items: readonly string[]): readonly string[] {
  const flow = `${key}: [${items.join(', ')}]`
  return flow.length <= MOST_COLUMNS ? [flow] : [`${key}:`, ...items.map((item) => `  - ${item}`)]
}

const MOST_COLUMNS = 100
