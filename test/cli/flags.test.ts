import { describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/index.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { ask, askJson } from '../support/cli-io.js'

const TWO_PODS = [namespace('a'), pod('a', 'x', { app: 'x' }, '10.0.0.1'), pod('a', 'y', { app: 'y' }, '10.0.0.2')]
const NO_ADDRESS = [namespace('a'), pod('a', 'x', {}, null), pod('a', 'y', {}, null)]
const BLOCK = policy('a', 'block', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/24}}]}]')
const OPEN = policy('a', 'open', 'ingress: [{}]')
const DENY = policy('a', 'deny', 'policyTypes: [Ingress]')
const HOST = pod('a', 'x', {}, '10.0.0.1').replace('spec: {', 'spec: {hostNetwork: true, ')
const BROKEN = policy('a', 'broken', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/33}}]}]')
const SLOPPY = policy('a', 'sloppy', 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/24}}]}]')
const UNKNOWN = policy('a', 'unknown', 'policyTypes: [Ingress], ingres: []')

const join = (...manifests: readonly (string | readonly string[])[]) => manifests.flat().join('---\n')
const X_TO_Y = ['a/x', 'a/y:80']

/** The part of an answer that flags are about. */
function gist({ code, verdict, certainty, incomplete, flows }: CheckResult & { code: number }) {
  return { code, verdict, certainty, incomplete, notes: flows.flatMap(({ notes }) => notes.map((note) => note.code)) }
}

/** The codes of errors and warnings. */
function codes({ diagnostics }: CheckResult, severity: 'error' | 'warning'): readonly string[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).map(({ code }) => code)
}

describe('--ipblock-pods says whether an ipBlock may match the address of a pod', () => {
  test.each([
    [[], 'allow', 'undefined', ['ipblock-pod-address']],
    [['--ipblock-pods', 'match'], 'allow', 'certain', []],
    [['--ipblock-pods', 'never'], 'deny', 'certain', []],
  ] as const)('%j', async (flags, verdict, certainty, notes) => {
    const found = gist(await askJson(join(TWO_PODS, BLOCK), [...X_TO_Y, ...flags]))
    expect([found.verdict, found.certainty, found.notes]).toEqual([verdict, certainty, notes])
  })
})

describe('--host-network says whether policies see pods on the network of their host', () => {
  test.each([
    [[], 'allow', 'undefined', ['host-network']],
    [['--host-network', 'ignore'], 'allow', 'certain', []],
    [['--host-network', 'enforce'], 'deny', 'certain', []],
  ] as const)('%j', async (flags, verdict, certainty, notes) => {
    const found = gist(
      await askJson(join(namespace('a'), HOST, pod('a', 'y', {}, '10.0.0.2'), DENY), ['a/y', 'a/x:80', ...flags]),
    )
    expect([found.verdict, found.certainty, found.notes]).toEqual([verdict, certainty, notes])
  })
})

describe('--pod-cidr says where pods without an address are', () => {
  test.each([
    [[], 'indeterminate'],
    [['--pod-cidr', '10.0.0.0/28'], 'undefined'],
    [['--pod-cidr', '172.16.0.0/12'], 'certain'],
    [['--pod-cidr', '172.16.0.0/12', '--pod-cidr', '10.0.0.0/8'], 'indeterminate'],
    [['--pod-cidr', '10.0.0.0/28', '--ipblock-pods', 'match'], 'certain'],
  ])('%j', async (flags, certainty) => {
    expect(gist(await askJson(join(NO_ADDRESS, BLOCK), [...X_TO_Y, ...flags])).certainty).toBe(certainty)
  })
})

describe('--strict', () => {
  test('makes every warning an error', async () => {
    const manifests = join(TWO_PODS, SLOPPY)
    const [loose, strict] = [await askJson(manifests, X_TO_Y), await askJson(manifests, [...X_TO_Y, '--strict'])]
    expect([loose.code, codes(loose, 'warning')]).toEqual([0, ['NP110']])
    expect([strict.code, strict.verdict, codes(strict, 'error')]).toEqual([2, null, ['NP110']])
  })

  test('takes an answer that is not certain for none, and says why', async () => {
    const found = await askJson(join(TWO_PODS, BLOCK), [...X_TO_Y, '--strict'])
    expect(gist(found)).toMatchObject({ code: 2, verdict: null, certainty: 'undefined' })
    expect(codes(found, 'error')).toEqual(['NP032'])
  })

  test('takes an answer from part of the input for none', async () => {
    const found = await askJson(join(TWO_PODS, BROKEN), [...X_TO_Y, '--strict', '--keep-going'])
    expect(gist(found)).toMatchObject({ code: 2, verdict: null, incomplete: true })
    expect(codes(found, 'error')).toEqual(['NP012', 'NP127', 'NP032'])
  })

  test('changes nothing where nothing is in doubt', async () => {
    const [loose, strict] = [
      await askJson(join(TWO_PODS, OPEN), X_TO_Y),
      await askJson(join(TWO_PODS, OPEN), [...X_TO_Y, '--strict']),
    ]
    expect(strict).toEqual(loose)
  })
})

test('--lenient drops an unknown field with a warning, where it would be refused', async () => {
  const manifests = join(TWO_PODS, UNKNOWN)
  const [refused, dropped] = [await askJson(manifests, X_TO_Y), await askJson(manifests, [...X_TO_Y, '--lenient'])]
  expect([refused.code, codes(refused, 'error')]).toEqual([2, ['NP008']])
  expect([dropped.code, dropped.verdict, codes(dropped, 'warning')]).toEqual([1, 'deny', ['NP008']])
})

describe('--keep-going', () => {
  test('leaves objects with errors out, and the answer is incomplete', async () => {
    const [stopped, kept] = [
      await askJson(join(TWO_PODS, BROKEN), X_TO_Y),
      await askJson(join(TWO_PODS, BROKEN), [...X_TO_Y, '--keep-going']),
    ]
    expect(gist(stopped)).toMatchObject({ code: 2, verdict: null })
    expect(gist(kept)).toMatchObject({ code: 0, verdict: 'allow', incomplete: true })
  })

  test('says so in text, the error included', async () => {
    const { stdout, stderr } = await ask(join(TWO_PODS, BROKEN), [...X_TO_Y, '--keep-going'])
    expect(stdout).toMatch(/^ALLOWED[^]*\nincomplete: /)
    expect(stderr).toMatch(/error\[NP012\]/)
  })

  test('makes nothing out of an input in which nothing is usable', async () => {
    expect((await askJson(BROKEN, [...X_TO_Y, '--keep-going'])).code).toBe(2)
  })
})

describe('-n, --namespace', () => {
  test('is the namespace of objects that name none', async () => {
    const manifests = TWO_PODS.map((text) => text.replace('"namespace":"a",', '')).join('---\n')
    expect((await askJson(manifests, ['-n', 'a', ...X_TO_Y])).flows[0]?.from.id).toBe('a/Pod/x')
    expect((await askJson(manifests, ['x', 'y:80'])).flows[0]?.from.id).toBe('default/Pod/x')
  })

  test('filters nothing', async () => {
    expect((await askJson(join(TWO_PODS), ['-n', 'b', 'any', 'any:80'])).flows).toHaveLength(2)
  })
})
