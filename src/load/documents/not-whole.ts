import { isWorkloadKind } from '../decode/owners.js'
import { shellWord } from '../../model/shell-word.js'
import type { Problem } from '../decode/problem.js'
import type { Value } from '../../syntax/text/value.js'

/** A value that the API refuses, with a variable in it that some tool was to fill in. */
const VARIABLE = /Invalid value: `[^`]*?(\$\{[^}`]+\}|\$\([^)`]+\)|\$[A-Z_][A-Z0-9_]*|\{\{[^`]*?\}\}|@\w+@|<[\w-]+>)/

/**
 * Recognises what has the kind of an object and is not one as a cluster would take it: a patch, or a manifest whose
 * variables are not filled in. The API refuses both, so that leaving them out hides nothing that lies in the input itself.
 */
export function notWhole(
  kind: string,
  value: Readonly<Record<string, Value>>,
  problems: readonly Problem[],
): Problem | null {
  const errors = problems.filter(({ severity }) => severity === 'error')
  for (const { message } of errors) {
    const variable = VARIABLE.exec(message)?.[1]
    if (variable !== undefined) return leftOut('a variable is not filled in', fillIn(variable))
  }
  const lacksTemplate = errors.some(
    ({ code, path }) => code === 'NP010' && /^(?:t|jobT)emplate$/.test(`${path.at(-1)}`),
  )
  const isPatch = Object.hasOwn(value, '$patch') || lacksTemplate
  if (!isWorkloadKind(kind) || !isPatch || errors.length === 0) return null
  return leftOut(
    'a workload without a pod template is a patch',
    'build the kustomization: kustomize build … | netpol-sim … -f -',
  )
}

/** The one command that fills a variable of this form in: the plain ones of shells have a tool of their own. */
function fillIn(variable: string): string {
  const command = /^\$(?:\{\w+\}|[A-Z_])/.test(variable)
    ? 'envsubst < FILE'
    : `sed ${shellWord(`s|${variable}|VALUE|g`)} FILE`
  return `fill the variables in and pipe the result in: ${command} | netpol-sim … -f -`
}

/** What has a kind and neither apiVersion nor metadata: values of a chart may say which kind to make. */
export function valuesOf(kind: string, value: Readonly<Record<string, Value>>): Problem | null {
  if (!isWorkloadKind(kind) || Object.hasOwn(value, 'metadata') || Object.hasOwn(value, 'items')) return null
  return leftOut('values of a chart, not an object', 'render the chart: helm template … | netpol-sim … -f -')
}

function leftOut(what: string, help: string): Problem {
  return { code: 'NP139', severity: 'warning', path: [], at: 'value', message: `${what}: it was left out`, help }
}
