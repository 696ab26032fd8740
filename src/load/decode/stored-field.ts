import type { Problem, Report } from './problem.js'

/** What a selector or a protocol can be at fault in; the API server looks at it in policies of its own, and not in those of a CRD. */
const NOT_LOOKED_AT: ReadonlySet<string> = new Set(['NP016', 'NP020', 'NP021', 'NP022', 'NP023'])

const STORED = 'a cluster stores it as it is, and implementations read it differently, so it is refused here'

/** The same problem of a field that a cluster does not look at: it is we who refuse it (C-41, C-42). */
export function asStored(problem: Problem): Problem {
  return { ...problem, code: 'NP052', help: [problem.help, STORED].filter((part) => part !== null).join('; ') }
}

/** Reports what is wrong with selectors and protocols as what a cluster stores (C-41, C-42). */
export function storing(report: Report): Report {
  return (problem) => {
    report(NOT_LOOKED_AT.has(problem.code) ? asStored(problem) : problem)
  }
}
