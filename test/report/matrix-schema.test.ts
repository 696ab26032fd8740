import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadCluster, matrix, parseCluster, type MatrixOptions, type MatrixResult } from '../../src/index.js'
import { NOTES } from '../../src/model/note.js'
import { CERTAINTIES } from '../../src/model/verdict.js'
import { cases } from '../reference/generate.js'
import { run } from '../support/cli-io.js'
import { CHECK_SCHEMA, closed, complaints, validator } from '../support/cli-schema.js'

type Schema = Record<string, unknown> & { readonly $defs: Record<string, Record<string, unknown>> }

const SCHEMA = JSON.parse(readFileSync('schemas/matrix.json', 'utf8')) as Schema
const shipped = validator(SCHEMA)
const strict = validator(closed(SCHEMA))

/** What is wrong with an answer, as it arrives at somebody who reads JSON. */
function wrong(result: MatrixResult): readonly string[] {
  return complaints(strict, JSON.parse(JSON.stringify(result)))
}

describe('schemas/matrix.json', () => {
  const answer = matrix(loadCluster(['fixtures/clusters/production']))

  test('is a draft 2020-12 schema and leaves room for properties that are yet to come', () => {
    expect(SCHEMA['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(JSON.stringify(SCHEMA)).not.toMatch(/additionalProperties|unevaluatedProperties/)
    const later = { ...answer, connections: (answer.connections ?? []).map((line) => ({ ...line, via: null })) }
    expect(complaints(shipped, later)).toEqual([])
    expect(complaints(strict, later)).not.toEqual([])
  })

  test('refuses what is no answer', () => {
    for (const broken of [
      {},
      { ...answer, schemaVersion: 2 },
      { ...answer, command: 'check' },
      { ...answer, endpoints: null },
      { ...answer, connections: [{ from: 'a', to: 'b', ports: [], possible: [] }] },
      // What has no port at all is not listed
      { ...answer, connections: [{ from: 'a', to: 'b', ports: [] }] },
      { ...answer, connections: [{ from: 'a', to: 'b', ports: [{ protocol: 'TCP', port: 0, endPort: 1 }] }] },
      { ...answer, connections: [{ from: 'external', cidrs: [], to: 'b', ports: [] }] },
    ])
      expect(complaints(shipped, broken)).not.toEqual([])
  })

  test('says of what `check` says too the same', () => {
    const ours = SCHEMA.$defs
    const others = CHECK_SCHEMA['$defs'] as Schema['$defs']
    for (const name of ['certainty', 'inventory', 'count', 'port', 'file', 'line', 'column', 'diagnostic']) {
      expect(ours[name]).toEqual(others[name])
    }
    expect(ours['certainty']?.['enum']).toEqual(CERTAINTIES)
    expect((ours['note']?.['properties'] as Record<string, unknown>)['code']).toEqual({ enum: Object.keys(NOTES) })
  })
})

const PEERS = [
  undefined,
  'any',
  'x/any',
  'internet',
  'external',
  '10.0.0.0/8',
  '2001:db8::/32',
  'x/a',
  'x/nobody',
  '//',
]
const PORTS = [undefined, '80', '53/UDP', 'any', '1-100/SCTP', 'http', 'nothing', '80/ICMP']
const OPTIONS: readonly MatrixOptions[] = [
  {},
  { strict: true },
  { pods: true, ipblockPods: 'never' },
  { podCidrs: ['x'] },
]

/** A question for every pair of peers, with all ports and options among them. */
const QUESTIONS: readonly MatrixOptions[] = PEERS.flatMap((from, row) =>
  PEERS.map((to, column) => {
    const index = row * PEERS.length + column
    return { ...OPTIONS[(index * 3) % OPTIONS.length], from, to, port: PORTS[(index + row) % PORTS.length] }
  }),
)

test.each(readdirSync('fixtures/clusters').sort())('any answer about the cluster %s fits the schema', (name) => {
  const cluster = loadCluster([`fixtures/clusters/${name}`])
  const answers = QUESTIONS.map((question) => matrix(cluster, question))
  expect([...new Set(answers.flatMap(wrong))]).toEqual([])
  expect(answers.filter(({ connections }) => connections === null).length).toBeGreaterThan(10)
  expect(answers.filter(({ connections }) => (connections ?? []).length > 0).length).toBeGreaterThan(0)
})

test('the answers about random clusters fit the schema, and carry every certainty', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(cases, fc.boolean(), ({ objects, options }, pods) => {
      const cluster = parseCluster(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
      const answer = matrix(cluster, { ...options, pods })
      expect(wrong(answer)).toEqual([])
      for (const { certainty, notes = [] } of answer.connections ?? []) {
        seen.add(certainty ?? 'certain')
        for (const { code } of notes) seen.add(code)
      }
    }),
    { numRuns: 60 },
  )
  expect([...seen].sort()).toEqual(['certain', 'families-differ', 'indeterminate', 'no-shared-family', 'undefined'])
})

test.each([
  ['nobody', ['-f', 'fixtures/clusters/production', '--from', 'nobody'], 2],
  ['no port', ['-f', 'fixtures/clusters/production', '--port', '80/ICMP'], 2],
  ['nothing loaded', ['-f', 'fixtures/nowhere'], 2],
  ['invalid manifests', ['-f', 'fixtures/invalid'], 2],
  ['left out manifests', ['-f', 'fixtures/invalid', '--keep-going'], 0],
])('the command prints JSON of the schema for %s', async (_, argv, expected) => {
  const { code, stdout } = await run(['matrix', '-o', 'json', ...argv])
  const answer = JSON.parse(stdout) as MatrixResult
  expect(complaints(strict, answer)).toEqual([])
  expect({ code, answered: answer.connections !== null }).toEqual({ code: expected, answered: expected === 0 })
})
