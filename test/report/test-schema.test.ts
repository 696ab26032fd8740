import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { parseAssertions } from '../../src/load/assertions/read-assertions.js'
import { SHOP } from '../support/assertion-cluster.js'
import { evaluate, testsOf } from '../support/assertions.js'
import { closed, complaints, validator } from '../support/cli-schema.js'

const schemaOf = (name: string) => JSON.parse(readFileSync(`schemas/${name}.json`, 'utf8')) as Record<string, unknown>
const ofResult = validator(closed(schemaOf('test')))
const ofFile = validator(schemaOf('tests'))

const named = (...lines: readonly string[]) => ['name: it', ...lines].join('\n')

/** Files that use every key there is. */
const GOOD = [
  testsOf('allow shop/api -> shop/db:5432', 'deny shop/web -> shop/db:5432,53/UDP'),
  testsOf(
    named(
      'why: 7',
      'from: [shop/api, group:a]',
      'to: shop/db',
      'ports: [80, 53/UDP]',
      'expect: deny',
      'deniedBy: ingress',
    ),
  ),
  testsOf(
    named(
      'from: shop/any',
      'to: shop/any',
      'except: [same-namespace, {from: shop/web, to: shop/db}]',
      'expect: deny',
      'certainty: undefined',
    ),
  ),
  testsOf(named('from: shop/api', 'to: shop/db', 'expect: deny', 'knownGap: SEC-1')),
  testsOf(named('to: shop/db', 'allowOnlyFrom: [shop/api, {from: [shop/web], ports: [1], mayBeClosed: true}]')),
  testsOf(named('from: shop/db', 'allowOnlyTo: [{to: internet, ports: [443], knownGap: x}]')),
  'version: 1\ninputs: [k8s]\ngroups: {a: shop/web, b: [shop/web, shop/db]}\nclosed: {namespaces: [shop], directions: [egress], external: false, why: x}',
]

/** Files that the reader refuses. */
const BAD = [
  'version: 2\ntests: []',
  'tests: [allow a -> b]',
  'version: 1\ninputs: []\ntests: [allow a -> b]',
  'version: 1\ninputs: ["-"]\ntests: [allow a -> b]',
  'version: 1\ncolsed: {}',
  testsOf('alow a -> b'),
  testsOf('from: a\nto: b\nexpect: allow'),
  testsOf(named('from: a', 'to: b')),
  testsOf(named('from: a', 'to: b', 'expect: denied')),
  testsOf(named('from: a', 'to: b', 'expect: deny', 'except: shop/web')),
  testsOf(named('from: a', 'to: b', 'expect: deny', 'ports: []')),
  testsOf(named('from: a', 'to: b', 'allowOnlyFrom: []')),
  testsOf(named('to: b', 'allowOnlyFrom: [{to: x}]')),
  testsOf(named('to: b', 'allowOnlyFrom: []', 'knownGap: x')),
  'version: 1\nclosed: {}',
  'version: 1\nclosed: {namespaces: [a], directions: []}',
]

describe('schemas/tests.json', () => {
  test.each(GOOD)('takes what the reader takes: %#', (text) => {
    expect(complaints(ofFile, load(text))).toEqual([])
    const { problems, assertions } = parseAssertions(text, 't.yaml')
    expect([...problems, ...assertions.filter(({ kind }) => kind === 'refused')]).toEqual([])
  })

  test.each(BAD)('refuses what the reader refuses: %#', (text) => {
    expect(complaints(ofFile, load(text))).not.toEqual([])
    const { problems, assertions } = parseAssertions(text, 't.yaml')
    expect([...problems, ...assertions.filter(({ kind }) => kind === 'refused')]).not.toEqual([])
  })
})

describe('schemas/test.json', () => {
  const results = [
    ...[...GOOD, ...BAD].map((text) => evaluate(SHOP, text)),
    evaluate(SHOP, testsOf('deny any -> shop/db', 'allow internet -> shop/db:5432', 'deny shop/gone -> shop/db')),
  ]

  test.each(results)('describes every result, and nothing is left undescribed: %#', (result) => {
    expect(complaints(ofResult, JSON.parse(JSON.stringify(result)))).toEqual([])
  })
})
