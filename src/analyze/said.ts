import type { Answer } from '../matrix/answer.js'
import type { PortAtom } from '../matrix/port-atoms.js'
import { MAX_PORT, PROTOCOLS } from '../model/protocol.js'
import type { Certainty } from '../model/verdict.js'
import type { Family } from '../net/address.js'

/** A line about a pair: ports that are open or may be. */
export interface Line {
  /** By protocol, sorted, disjoint and merged. */
  readonly ports: readonly PortAtom[]
  /** Closed as things stand, and open under another reading of the API or a completion of the input; likewise. */
  readonly possible: readonly PortAtom[]
  /** The family over which these are open, in a line beside the one for all families where they differ. */
  readonly family: Family | null
  readonly certainty: Certainty
  readonly note: Answer['note']
}

/** All that is said of a pair, and what a picture makes of it. */
export interface Said {
  readonly lines: readonly Line[]
  /** How many lines say that every port is open, and how many of these that it is certain. */
  readonly everyPort: number
  readonly surelyAll: number
  /** Some port is open. */
  readonly open: boolean
  /** Something is not certain. */
  readonly unsure: boolean
  /** Something is only possibly open. */
  readonly possible: boolean
  /** How many lines may be surer than they say. */
  readonly estimated: number
}

/** Sums up lines. */
export function said(lines: readonly Line[]): Said {
  const sure = lines.filter(isSure)
  return {
    lines,
    everyPort: lines.filter(({ ports }) => isEvery(ports)).length,
    surelyAll: sure.filter(({ ports }) => isEvery(ports)).length,
    open: lines.some(({ ports }) => ports.length > 0),
    unsure: sure.length < lines.length,
    possible: lines.some(({ possible }) => possible.length > 0),
    estimated: lines.filter(({ note }) => note === 'certainty-estimated').length,
  }
}

/** Whether all that a line says is open, and certain. */
export function isSure({ ports, possible, certainty }: Pick<Line, 'ports' | 'possible' | 'certainty'>): boolean {
  return ports.length > 0 && possible.length === 0 && certainty === 'certain'
}

/** Whether ports are all there are: those of every protocol. */
export function isEvery(ports: readonly PortAtom[]): boolean {
  return ports.length === PROTOCOLS.length && ports.every(({ first, last }) => first === 1 && last === MAX_PORT)
}
