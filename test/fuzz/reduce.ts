/** Asking takes time where another program is asked. */
const MOST_TRIES = 400

/** A smaller part of a text that still shows a fault, as far as leaving out lines, then characters, leads to it. */
export function reduced(text: string, fails: (part: string) => boolean): string {
  let tries = 0
  const lines = withoutParts(text.split(/(?<=\n)/), (parts) => ++tries < MOST_TRIES && fails(parts.join('')))
  return withoutParts(Array.from(lines.join('')), (parts) => ++tries < MOST_TRIES && fails(parts.join(''))).join('')
}

function withoutParts(parts: readonly string[], fails: (parts: readonly string[]) => boolean): readonly string[] {
  let smallest = parts
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length;) {
      const shorter = smallest.toSpliced(at, size)
      if (fails(shorter)) smallest = shorter
      else at += size
    }
  }
  return smallest
}
