import type { SetId } from '../matrix/connection-sets.js'
import type { Row } from '../matrix/gathering.js'

/** How much a source opens to each of some columns, by their numbers; `UNSETTLED` where that needs a closer look. */
export type Degrees = Uint8Array

export const CLOSED = 0
/** Certainly some ports, and all others are certainly closed. */
export const SOME = 1
/** Certainly every port. */
export const EVERY = 2
export const UNSETTLED = 3

/** Writes what a settled row has for the classes of some columns; a function of its own, which is compiled far better. */
export function degreesIn(
  row: Row,
  classes: Int32Array,
  { none, all }: { readonly none: SetId; readonly all: SetId },
  into: Degrees,
): void {
  for (let at = 0; at < into.length; at++) {
    const set = row[classes[at] ?? 0] ?? none
    into[at] = set === none ? CLOSED : set === all ? EVERY : set < 0 ? UNSETTLED : SOME
  }
}
