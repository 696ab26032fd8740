/** A table of rows with the same keys, as lines of text; numbers to the right. */
export function table(title, rows) {
  const keys = Object.keys(rows[0] ?? {})
  const cells = rows.map((row) => keys.map((key) => cell(row[key])))
  const widths = keys.map((key, index) => Math.max(key.length, ...cells.map((line) => line[index].length)))
  const aligned = (line) =>
    line.map((text, index) =>
      typeof rows[0][keys[index]] === 'string' ? text.padEnd(widths[index]) : text.padStart(widths[index]),
    )
  return ['', title, ...[keys, ...cells].map((line) => `  ${aligned(line).join('  ').trimEnd()}`), ''].join('\n')
}

function cell(value) {
  if (typeof value !== 'number') return String(value ?? '-')
  if (Number.isInteger(value)) return value.toLocaleString('en')
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}

/** By which power of its input a counter grows, from its value for an input to that for one twice as large. */
export function exponent(once, twice) {
  return once === 0 || twice === 0 ? null : Math.log2(twice / once)
}

/** How much of something was done. */
export function part(share) {
  return share === 1 ? 'all' : `${(share * 100).toFixed(0)} %`
}
