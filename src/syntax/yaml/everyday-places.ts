/** Takes down where the values of a document stand, by offset, while it is read. */
export interface EverydayPlaces {
  /** Where the document's own value begins. */
  readonly root: (start: number) => void
  /** Where a member of a mapping or an item of a list stands. */
  readonly note: (within: object, part: string | number, key: number | null, start: number, raw: string | null) => void
  /** Where a value begins that stands on the lines below its key. */
  readonly begins: (within: object, part: string, start: number) => void
}

/** How a scalar is written, with its quotes; null for what is none. */
export function rawOf(
  plain: string | undefined,
  double: string | undefined,
  single: string | undefined,
): string | null {
  if (double !== undefined) return `"${double}"`
  return single !== undefined ? `'${single}'` : (plain ?? null)
}
