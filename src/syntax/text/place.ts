/** Where a value stands in the text of its document, by offset. */
export interface Place {
  /** Where its key begins; null for an item of a list and for the whole document. */
  readonly key: number | null
  readonly start: number
  /** How a scalar is written, with its quotes; null for anything else. */
  readonly raw: string | null
  /** How many parts of the path were found; the place is that of the last one. */
  readonly depth: number
}
