/** What a text can be printed as; without colour every role is plain. */
export type Role = 'good' | 'bad' | 'mixed' | 'quiet' | 'strong' | 'place'

/** How text is made to look: the colours, the width, and how tables are drawn. */
export interface Style {
  readonly paint: (role: Role, text: string) => string
  /** Columns to fit into, or null where lines may be as long as they like. */
  readonly width: number | null
  readonly table: (head: readonly string[], rows: readonly (readonly string[])[]) => string
}

/** Plain text: no colour, no lines, no table but aligned columns. */
export const PLAIN: Style = { paint: (_, text) => text, width: null, table: alignedColumns }

/** A table without lines, as pipes get it. */
export function alignedColumns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), title.length),
  )
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
