import { jsonText } from '../../escape.js'
import type { Format, Page } from '../../formats.js'
import type { PlaceResult } from '../../check-result.js'
import { fingerprintOf } from '../fingerprint.js'
import { decidersOf, FINDING_RULES, headlineOf, ruleOf, testsOf } from '../findings.js'
import type { AssertionResult, TestResult } from '../test-result.js'

const RULES = Object.entries(FINDING_RULES).map(([id, text]) => ({ id, shortDescription: { text } }))

/** SARIF 2.1.0: a result for each test that did not pass; a known gap is a suppressed note. */
export const sarif: Format<TestResult> = (result, { inRepository }) => [
  jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'netpol-sim', rules: RULES } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'the root of the repository' } } },
        results: testsOf(result)
          .filter(({ status }) => status !== 'passed')
          .map((test) => resultOf(test, inRepository)),
      },
    ],
  }),
]

function resultOf(test: AssertionResult, inRepository: Page['inRepository']): object {
  const { name, status, knownGap, failures, file } = test
  const ruleId = ruleOf(test)
  const isGap = status === 'known-gap'
  const text = isGap ? `${name}: known gap ${knownGap ?? ''}`.trimEnd() : `${name}: ${headlineOf(test)}`
  const own = locationOf(test, inRepository)
  const related = failures.flatMap(decidersOf).flatMap((decider) => {
    const place = locationOf(decider, inRepository)
    return place === null ? [] : [{ ...place, message: { text: `${decider.name} ${decider.verb} it` } }]
  })
  const unique = [...new Map(related.map((one) => [JSON.stringify(one), one])).values()]
  return {
    ruleId,
    ruleIndex: RULES.findIndex(({ id }) => id === ruleId),
    level: isGap ? 'note' : 'error',
    message: { text },
    locations: own === null ? [] : [own],
    ...(unique.length === 0 ? {} : { relatedLocations: unique.map((one, id) => ({ id, ...one })) }),
    partialFingerprints: { 'netpolSim/v1': fingerprintOf(test, inRepository(file) ?? file) },
    ...(isGap ? { suppressions: [{ kind: 'external', justification: knownGap ?? '' }] } : {}),
  }
}

function locationOf({ file, line, column }: PlaceResult, inRepository: Page['inRepository']): object | null {
  const path = file === null ? null : inRepository(file)
  if (path === null) return null
  // Halves of a character, which no file system has but a text may
  const uri = path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
  const region = line === null ? {} : { region: { startLine: line, startColumn: column ?? 1 } }
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: 'SRCROOT' }, ...region } }
}
