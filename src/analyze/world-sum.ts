import { once } from '../model/once.js'
import { isEverywhere, isOfInternet } from './outside-ranges.js'
import type { NamespacePairs } from './overview-result.js'
import { isEvery, isSure } from './said.js'
import type { WorldLine } from './world-lines.js'

/** What an overview takes of lines about the outside world. */
export interface WorldSum {
  /** Some port is open to, or from, a globally routable address. */
  readonly isOpenToInternet: boolean
  readonly isPossible: boolean
  /** Null where there are no lines. */
  readonly pairs: Readonly<NamespacePairs> | null
}

/** Sums up lines; many endpoints have one list of them. */
export const worldSum = once((lines: readonly WorldLine[]): WorldSum => {
  const sure = lines.filter(isSure)
  return {
    isOpenToInternet: lines.some(({ ports, ranges }) => ports.length > 0 && isOfInternet(ranges)),
    isPossible: lines.some(({ possible }) => possible.length > 0),
    pairs:
      lines.length === 0
        ? null
        : {
            all: sure.filter(({ ports, ranges }) => isEvery(ports) && isEverywhere(ranges)).length,
            open: lines.some(({ ports }) => ports.length > 0),
            unsure: sure.length < lines.length,
          },
  }
})
