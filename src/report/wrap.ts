/** Breaks a text at blanks so that no line is longer than the width, further lines being indented. */
export function wrap(text: string, width: number | null, indent: string): string {
  if (width === null || text.length <= width) return text
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = `${indent}${word}`
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].join('\n')
}
