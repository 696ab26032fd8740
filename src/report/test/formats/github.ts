import { annotation, fewAnnotations } from '../../annotations.js'
import type { Format } from '../../formats.js'
import { whereText } from '../../explain-flow.js'
import { type Decider, decidersOf, headlineOf, isBad, testsOf } from '../findings.js'
import type { TestResult } from '../test-result.js'

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
      const key = `${whereText(decider)} ${decider.name}`
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
    ...fewAnnotations('error', errors, 'tests that are wrong'),
    ...fewAnnotations('warning', warnings, 'rules and policies that decided'),
  ]
}
