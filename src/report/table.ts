import Table from 'cli-table3'

/** A table with lines around its cells, for terminals. Its styles are off, because it would colour pipes as well. */
export function ruledTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } })
  for (const row of rows) table.push([...row])
  return table.toString()
}
