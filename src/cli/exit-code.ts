/** The four ways in which a run can end; scripts depend on them. */
export const EXIT = {
  /** Yes: allowed. */
  yes: 0,
  /** No: denied or partial. */
  no: 1,
  /** It could not be answered. */
  unanswered: 2,
  /** A bug in netpol-sim. */
  bug: 3,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
