import type { Code } from '../../codes/entries.js'
import type { Severity } from '../../model/diagnostic.js'
import type { Path } from '../../model/source.js'

/** Something wrong or odd with a field of an object, before its place in a file is looked up. */
export interface Problem {
  readonly code: Code
  readonly severity: Severity
  readonly path: Path
  /** Where it stands, if that is more exact than the path: Kubernetes names no single label. */
  readonly near?: Path
  /** Whether the key or the value of the field is meant. */
  readonly at: 'key' | 'value'
  readonly message: string
  readonly help: string | null
}

/** Takes the problems of one object as they are found: all of them, never only the first. */
export type Report = (problem: Problem) => void

/** Words a refusal as the API server does: the field, the class, the value found, the rule. */
export function refusal(
  code: Code,
  path: Path,
  problem: 'Required value' | 'Forbidden' | { invalid: string | number } | { unsupported: string },
  detail: string,
  help: string | null = null,
): Problem {
  const kind =
    typeof problem === 'string'
      ? problem
      : 'invalid' in problem
        ? `Invalid value: \`${problem.invalid}\``
        : `Unsupported value: \`${problem.unsupported}\``
  return { code, severity: 'error', path, at: 'value', message: `${shortPath(path)}: ${kind}: ${detail}`, help }
}

/** The same problems as warnings: the API server refuses them as well, but no answer rests on the field. */
export function softened(report: Report): Report {
  return (problem) => {
    report({ ...problem, severity: 'warning' })
  }
}

/** Whether a problem is one for which the API server refuses the object, however little depends on the field. */
export function isRefusal({ code }: Pick<Problem, 'code'>): boolean {
  return code < 'NP100'
}

/** A remark that does not keep the object from being used. */
export function warning(code: Code, path: Path, message: string, help: string | null = null): Problem {
  return { code, severity: 'warning', path, at: 'value', message, help }
}

/** The end of a path that a reader needs to know which field is meant: `ipBlock.cidr`, `from[0]`, `port`. */
export function shortPath(path: Path): string {
  const last = path.at(-1)
  const before = path.at(-2)
  if (last === undefined) return 'object'
  if (typeof last === 'number') return before === undefined ? `[${last}]` : `${before}[${last}]`
  return typeof before === 'string' && path.length > 2 ? `${before}.${last}` : last
}
