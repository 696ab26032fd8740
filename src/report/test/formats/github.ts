import { escapeTerminal } from '../../escape.js'
import type { Format, Page } from '../../formats.js'
import type { PlaceResult } from '../../check-result.js'
import { type Decider, decidersOf, headlineOf, isBad, placeOf, testsOf } from '../findings.js'
import type { TestResult } from '../test-result.js'

/** GitHub shows ten annotations of a level in a step; the last of them counts the others. */
const MOST = 9

/** Annotations of a GitHub workflow: an error at each test that is wrong, a warning at each rule or policy that decided so. */
export const github: Format<TestResult> = (result, { inRepository }) => {
  const tests = testsOf(result)
  const bad = tests.filter(isBad)
  const errors = bad.map((test) =>
    annotation('error', test, `netpol-sim: ${test.name}`, `${test.name}: ${headlineOf(test)}`, inRepository),
  )
  const deciders = new Map<string, { readonly decider: Decider; readonly names: Set<string> }>()
  for (const { name, failures } of bad) {
    for (const decider of failures.flatMap(decidersOf)) {
      const key = `${placeOf(decider)} ${decider.name}`
      const known = deciders.get(key) ?? { decider, names: new Set<string>() }
      deciders.set(key, known)
      known.names.add(name)
    }
  }
  const warnings = [...deciders.values()].map(({ decider, names }) => {
    const [first = ''] = names
    const others = names.size > 1 ? ` and ${names.size - 1} more` : ''
    const message = `${decider.name} ${decider.verb} what the test \`${first}\`${others} does not expect`
    return annotation('warning', decider, 'netpol-sim', message, inRepository)
  })
  return [
    ...few('error', errors, 'tests that are wrong'),
    ...few('warning', warnings, 'rules and policies that decided'),
  ]
}

function few(level: string, lines: readonly string[], things: string): readonly string[] {
  const more = lines.length - MOST
  const shown = more > 0 ? [...lines.slice(0, MOST), `::${level}::${more} more ${things}`] : lines
  return shown.map((line) => `${line}\n`)
}

function annotation(
  level: 'error' | 'warning',
  { file, line, column }: PlaceResult,
  title: string,
  message: string,
  inRepository: Page['inRepository'],
): string {
  const path = file === null ? null : inRepository(file)
  const place =
    path === null
      ? []
      : [
          ['file', path],
          ...(line === null
            ? []
            : [
                ['line', line],
                ['col', column ?? 1],
              ]),
        ]
  const properties = [...place, ['title', title]].map(([key, value]) => `${key ?? ''}=${property(String(value))}`)
  return `::${level} ${properties.join(',')}::${data(message)}`
}

/** What a workflow command says: `%` first, since the others are written with it. */
function data(text: string): string {
  return escapeTerminal(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
