import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ask, flowsOf, loadScenario, readScenario, type Expectation } from './support/scenario.js'

const ROOT = 'fixtures/scenarios'

for (const folder of readdirSync(ROOT).sort()) {
  const scenario = readScenario(`${ROOT}/${folder}`)
  describe(folder, () => {
    const cluster = loadScenario(`${ROOT}/${folder}`, scenario)

    test('loading says what it should', () => {
      const said = cluster.diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code)
      expect([...new Set(said)].sort()).toEqual([...(scenario.diagnostics ?? [])].sort())
    })

    test.each(scenario.tests)('$name', (expectation: Expectation) => {
      const answers = ask(cluster, expectation, scenario.options)
      if (expectation.expect === 'error') {
        expect(answers.map(({ verdict }) => verdict)).toEqual(answers.map(() => null))
        expect(JSON.stringify(answers[0]?.diagnostics)).toContain(expectation.message ?? '')
        return
      }
      const flows = flowsOf(answers, expectation)
      if (expectation.flows !== undefined)
        expect(Object.fromEntries(flows.map(({ to, verdict }) => [to.id, verdict]))).toEqual(expectation.flows)
      if (expectation.expect === 'partial') {
        const overall = answers.map(({ verdict, certainty }) => [verdict, certainty])
        expect(overall).toEqual(answers.map(() => ['partial', expectation.certainty ?? 'certain']))
        return
      }
      expect(flows.length, JSON.stringify(answers[0]?.diagnostics)).toBeGreaterThan(0)
      for (const { verdict, certainty, egress, ingress, notes } of flows) {
        expect(verdict).toBe(expectation.expect)
        if (expectation.egress !== undefined) expect(egress.reason).toBe(expectation.egress)
        if (expectation.ingress !== undefined) expect(ingress.reason).toBe(expectation.ingress)
        if (expectation.deniedBy !== undefined)
          expect(deniers(egress.verdict, ingress.verdict)).toBe(expectation.deniedBy)
        expect(certainty).toBe(expectation.certainty ?? 'certain')
        const codes: readonly string[] = notes.map(({ code }) => code)
        for (const code of expectation.notes ?? []) expect(codes).toContain(code)
      }
    })
  })
}

function deniers(egress: string, ingress: string): string {
  if (egress === 'deny') return ingress === 'deny' ? 'both' : 'egress'
  return ingress === 'deny' ? 'ingress' : 'nobody'
}
