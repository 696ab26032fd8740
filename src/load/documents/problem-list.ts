import type { Diagnostic } from '../../model/diagnostic.js'
import { remark, severityOf } from '../decode/diagnose.js'
import type { LoadOptions } from '../decode/load-options.js'
import type { Problem, Report } from '../decode/problem.js'

/** Of one object so many problems of a code are listed; more would only repeat them, and each costs a place and a text. */
export const MOST_OF_A_CODE = 1000

/** The problems of one object. */
export interface ProblemList {
  readonly problems: readonly Problem[]
  readonly report: Report
  /**
   * What says how many are not listed. It has no line, so that no comment can silence more than what stands beside it.
   */
  readonly unlisted: (object: string, file: string | null, options: LoadOptions) => readonly Diagnostic[]
}

/** Collects the problems of an object: all that are worth listing, and the number of the others. */
export function problemList(): ProblemList {
  const problems: Problem[] = []
  const found = new Map<string, { readonly problem: Problem; count: number }>()
  return {
    problems,
    report: (problem) => {
      const key = `${problem.code} ${problem.severity}`
      const same = found.get(key) ?? { problem, count: 0 }
      found.set(key, same)
      same.count += 1
      if (same.count <= MOST_OF_A_CODE) problems.push(problem)
    },
    unlisted: (object, file, options) =>
      [...found.values()].flatMap(({ problem: { code, severity }, count }) => {
        const more = count - MOST_OF_A_CODE
        if (more <= 0) return []
        const message = `${more} more of ${code} in this object are not listed`
        return [{ ...remark({ code, severity: severityOf(code, severity, options), message }, file), object }]
      }),
  }
}
