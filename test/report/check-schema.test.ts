import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { check, loadCluster, type CheckOptions, type CheckResult } from '../../src/index.js'
import { NOTES } from '../../src/model/note.js'
import { CERTAINTIES, VERDICT_OF } from '../../src/model/verdict.js'
import { run } from '../support/cli-io.js'
import { CHECK_SCHEMA, closed, complaints, validator } from '../support/cli-schema.js'
import { ask, loadScenario, readScenario } from '../support/scenario.js'

const shipped = validator(CHECK_SCHEMA)
const strict = validator(closed(CHECK_SCHEMA))

/** What is wrong with an answer, as it arrives at somebody who reads JSON; what is closed fits what is open, too. */
function wrong(result: CheckResult): readonly string[] {
  return complaints(strict, JSON.parse(JSON.stringify(result)))
}

function enumOf(definition: string, property?: string): unknown {
  const definitions = CHECK_SCHEMA['$defs'] as Record<string, { enum?: unknown; properties?: Record<string, unknown> }>
  const found = property === undefined ? definitions[definition] : definitions[definition]?.properties?.[property]
  return (found as { enum?: unknown }).enum
}

describe('schemas/check.json', () => {
  test('is a draft 2020-12 schema and leaves room for properties that are yet to come', () => {
    expect(CHECK_SCHEMA['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(JSON.stringify(CHECK_SCHEMA)).not.toMatch(/additionalProperties|unevaluatedProperties/)
    const answer = check(loadCluster(['fixtures/clusters/production']), { from: 'any', to: 'any:80' })
    const later = { ...answer, summary: 'new', flows: answer.flows.map((flow) => ({ ...flow, seen: null })) }
    expect(complaints(shipped, later)).toEqual([])
    expect(complaints(strict, later)).not.toEqual([])
  })

  test('refuses what is no answer', () => {
    const answer = check(loadCluster(['fixtures/clusters/production']), { from: 'any', to: 'any:80' })
    for (const broken of [
      {},
      { ...answer, verdict: 'maybe' },
      { ...answer, schemaVersion: 2 },
      { ...answer, flows: [{}] },
    ])
      expect(complaints(shipped, broken)).not.toEqual([])
  })

  test('names every certainty and every note', () => {
    expect(enumOf('certainty')).toEqual(CERTAINTIES)
    expect(enumOf('note', 'code')).toEqual(Object.keys(NOTES))
  })

  test('names every reason', () => {
    expect(enumOf('direction', 'reason')).toEqual(Object.keys(VERDICT_OF))
  })
})

const ROOT = 'fixtures/scenarios'

test.each(readdirSync(ROOT).sort())('the answers of %s fit the schema, and each reason its verdict', (name) => {
  const scenario = readScenario(`${ROOT}/${name}`)
  const cluster = loadScenario(`${ROOT}/${name}`, scenario)
  for (const answer of scenario.tests.flatMap((asked) => ask(cluster, asked, { ...scenario.options, verbose: true }))) {
    expect(wrong(answer)).toEqual([])
    for (const { egress, ingress, verdict } of answer.flows) {
      expect([egress.verdict, ingress.verdict]).toEqual([VERDICT_OF[egress.reason], VERDICT_OF[ingress.reason]])
      expect(verdict).toBe(egress.verdict === 'allow' && ingress.verdict === 'allow' ? 'allow' : 'deny')
    }
  }
})

const ADDRESSES = ['internet', 'external', '10.0.1.1', '10.0.0.0/8', '[2001:db8::/32]', '::1']
const PEERS = [...ADDRESSES, 'any', 'x/any', '*/pod=a', 'x/a', 'node/n1']
const PORTS = ['', ':80', ':80/UDP', ':1-100/SCTP', ':any', ':serve-80-tcp', ':http', ':80/ICMP']
const OPTIONS: readonly CheckOptions[] = [
  {},
  { strict: true, verbose: true },
  { ipblockPods: 'never', podCidrs: ['x'] },
]

test.each(readdirSync('fixtures/clusters').sort())('any answer about the cluster %s fits the schema', (name) => {
  const cluster = loadCluster([`fixtures/clusters/${name}`])
  const pairs = PEERS.flatMap((from) => PEERS.map((to) => ({ from, to })))
  const answers = pairs.map(({ from, to }, index) => {
    const port = PORTS[index % PORTS.length] ?? ''
    return check(cluster, { from, to: `${to}${port}` }, OPTIONS[index % OPTIONS.length])
  })
  expect([...new Set(answers.flatMap(wrong))]).toEqual([])
  expect(new Set(answers.map(({ verdict }) => verdict)).size).toBeGreaterThan(1)
})

test.each([
  ['nobody', ['-f', 'fixtures/clusters/production', 'nobody', 'nobody']],
  ['no port', ['-f', 'fixtures/clusters/production', 'any', 'any:80/ICMP']],
  ['nothing loaded', ['-f', 'fixtures/nowhere', 'any', 'any']],
  ['invalid manifests', ['-f', 'fixtures/invalid', 'any', 'any']],
  ['left out manifests', ['-f', 'fixtures/invalid', '--keep-going', 'any', 'any:80']],
])('the command prints JSON of the schema for %s', async (_, argv) => {
  const { stdout } = await run(['check', '-o', 'json', ...argv])
  expect(complaints(strict, JSON.parse(stdout))).toEqual([])
})
