import type { ObjectSource } from './object-source.js'
import type { Diagnostic, Severity } from '../../model/diagnostic.js'
import { shorten } from '../../model/shorten.js'
import { formatPath, placeAt, type Position } from '../../model/source.js'
import { FACTS } from '../../codes/facts.js'
import type { LoadOptions } from './load-options.js'
import { isRefusal, type Problem } from './problem.js'

const LENIENT: ReadonlySet<string> = new Set(['NP004', 'NP008', 'NP053'])

/** How severe a problem is under the options: lenient forgives unknown fields, strict forgives no warning. */
export function severityOf(code: string, severity: Severity, { lenient, strict }: LoadOptions): Severity {
  const softened = lenient === true && severity === 'error' && LENIENT.has(code) ? 'warning' : severity
  return strict === true && softened === 'warning' ? 'error' : softened
}

/** Gives a problem of an object its place in a file. */
export function diagnose(problem: Problem, object: string, source: ObjectSource, options: LoadOptions): Diagnostic {
  const place = placeOf(problem, source)
  const help =
    problem.help ?? (problem.severity === 'error' || isRefusal(problem) ? (FACTS[problem.code].help ?? null) : null)
  return {
    code: problem.code,
    severity: severityOf(problem.code, problem.severity, options),
    message: shorten(problem.message),
    help: help === null ? null : shorten(help),
    object: shorten(object),
    path: shorten(formatPath(problem.path)),
    ...placeAt(source.file, place, source.renderedFrom),
  }
}

/** Where a problem of an object stands in its file. */
export function placeOf({ path, near = path, at }: Problem, source: ObjectSource): Position | null {
  return at === 'key' ? source.locateKey(near) : source.locate(near)
}

/** A diagnostic that concerns no field of an object; mostly as severe as its code is. */
export function remark(
  {
    code,
    severity = FACTS[code].severity,
    message,
    help = null,
  }: Pick<Diagnostic, 'code' | 'message'> & { severity?: Severity; help?: string | null },
  file: string | null = null,
  place: Position | null = null,
): Diagnostic {
  return {
    code,
    severity,
    message: shorten(message),
    help: help === null ? null : shorten(help),
    object: null,
    path: null,
    ...placeAt(file, place),
  }
}
