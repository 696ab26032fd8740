/** How many lines that are the same stand around a change. */
const CONTEXT = 3

interface Step {
  readonly mark: ' ' | '-' | '+'
  readonly line: string
}

/** What was added to some lines and removed from them. */
export interface LineChanges {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly steps: readonly Step[]
}

/** Compares two lists of lines of which each line stands once; where both are sorted, the steps are the fewest. */
export function compareLines(
  before: readonly string[],
  after: readonly string[],
  order: (a: string, b: string) => number,
): LineChanges {
  const isSorted = before.every((line, index) => index === 0 || order(before[index - 1] ?? '', line) < 0)
  const steps = isSorted ? merged(before, after, order) : replaced(before, after)
  const linesOf = (mark: Step['mark']) => steps.flatMap((step) => (step.mark === mark ? [step.line] : []))
  return { added: linesOf('+'), removed: linesOf('-'), steps }
}

function merged(
  before: readonly string[],
  after: readonly string[],
  order: (a: string, b: string) => number,
): readonly Step[] {
  const steps: Step[] = []
  let [left, right] = [0, 0]
  while (left < before.length || right < after.length) {
    const [old, now] = [before[left], after[right]]
    const place = old === undefined ? 1 : now === undefined ? -1 : order(old, now)
    if (place === 0) steps.push({ mark: ' ', line: old ?? '' })
    else if (place < 0) steps.push({ mark: '-', line: old ?? '' })
    else steps.push({ mark: '+', line: now ?? '' })
    if (place <= 0) left++
    if (place >= 0) right++
  }
  return steps
}

function replaced(before: readonly string[], after: readonly string[]): readonly Step[] {
  return [
    ...before.map((line) => ({ mark: '-', line }) as const),
    ...after.map((line) => ({ mark: '+', line }) as const),
  ]
}

/** The steps as a unified diff of a file whose lines they are, behind a first line that is the same. */
export function unifiedDiff(file: string, firstLine: string, steps: readonly Step[]): string {
  const all: readonly Step[] = [{ mark: ' ', line: firstLine }, ...steps]
  const changed = all.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]))
  const hunks: { from: number; to: number }[] = []
  for (const index of changed) {
    const last = hunks.at(-1)
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(all.length - 1, index + CONTEXT)]
    if (last !== undefined && from <= last.to + 1) last.to = to
    else hunks.push({ from, to })
  }
  const before = prefixCounts(all, '-')
  const after = prefixCounts(all, '+')
  const text = hunks.flatMap(({ from, to }) => {
    const lines = all.slice(from, to + 1)
    const range = (counts: readonly number[]) => {
      const [start = 0, end = 0] = [counts[from], counts[to + 1]]
      return `${end === start ? start : start + 1},${end - start}`
    }
    return [`@@ -${range(before)} +${range(after)} @@`, ...lines.map(({ mark, line }) => `${mark}${line}`)]
  })
  return `${[`--- ${file}`, `+++ ${file}`, ...text].join('\n')}\n`
}

/** How many lines of one side stand before each step. */
function prefixCounts(steps: readonly Step[], own: '-' | '+'): readonly number[] {
  const counts = [0]
  for (const { mark } of steps) counts.push((counts.at(-1) ?? 0) + (mark === ' ' || mark === own ? 1 : 0))
  return counts
}
