import type { Piece } from '../net/pieces.js'
import type { Direction } from '../model/direction.js'
import type { PodClass } from './classes.js'
import type { SetId } from './connection-sets.js'
import type { Row } from './gathering.js'
import type { Part } from './layers.js'

/** What one tier makes of a pair: the ports that it opens, and those that the next tier opens where it does (C-1). */
export interface TierCell {
  readonly open: SetId
  readonly passed: SetId
}

/** The same for all classes at the other end, by number; `passed` is null where nothing is left to the next tier. */
export interface TierRow {
  readonly open: Row
  readonly passed: Row | null
  /** How it was made, where that is known: it differs from a row that is kept for several sources only where some parts have a cell. */
  readonly above?: { readonly common: Row; readonly parts: readonly Part[] }
}

/** One tier under one view. Rows are only to be read until the next source is asked for; null leaves all to the next tier. */
export interface TierRows {
  egress(source: PodClass): TierRow | null
  ingress(source: PodClass): TierRow | null
  cell(direction: Direction, source: PodClass, destination: PodClass): TierCell
}

/** What one tier makes of a class and the addresses outside the cluster; null leaves all to the next tier. One object for the same policies. */
export type TierOutside = (direction: Direction, subject: PodClass) => readonly Piece<TierCell>[] | null
