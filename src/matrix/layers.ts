/** Something that opens ports in a row, and how many cells it opens them in. */
export interface Part {
  readonly number: number
  readonly cells: number
  readonly open: () => void
  /** Hears of the cells, by the numbers of their classes; of one perhaps more than once. */
  readonly hear: (cell: (number: number) => void) => void
}

/** The parts of a row: contributions to a quarter of a row or more are shared between rows and applied once. */
export interface Layers {
  readonly wide: readonly Part[]
  readonly narrow: readonly Part[]
}

export const NO_LAYERS: Layers = { wide: [], narrow: [] }

/** A part is wide from this share of a row on. */
const WIDE = 1 / 4

/** Sorts the parts of rows of a length into layers; equal lists of wide parts are one. */
export function layering(length: number): (parts: readonly Part[]) => Layers {
  const known = new Map<string, readonly Part[]>()
  return (parts) => {
    const isWide = ({ cells }: Part) => cells >= length * WIDE
    const wide = parts.filter(isWide)
    const key = wide.map(({ number }) => number).join()
    const shared = known.get(key) ?? wide
    known.set(key, shared)
    return { wide: shared, narrow: parts.filter((part) => !isWide(part)) }
  }
}
