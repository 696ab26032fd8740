import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect as jestExpect } from 'expect'
import { afterAll, describe, expect, test } from 'vitest'
import { check, loadCluster, parseCluster, type Cluster } from '../../src/index.js'
import { matchers } from '../../src/matchers/matchers.js'
import { run } from '../support/cli-io.js'

// In this order: both keep their matchers under one global name
expect.extend(matchers)
jestExpect.extend(matchers)

const PRODUCTION = 'fixtures/clusters/production'
const MANIFESTS = readFileSync(`${PRODUCTION}/production.yaml`, 'utf8')
const cluster = loadCluster(PRODUCTION)
const OPEN = { from: 'production/frontend', to: 'production/backend', port: 8080 }
const CLOSED = { ...OPEN, port: 8081 }
const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

type Name = 'toAllow' | 'toDeny'
type Asked = Readonly<Record<Name | 'toMatchLock', (question: unknown, options?: unknown) => unknown>>

/** Vitest's `expect`, and the one of Jest. */
const EXPECTS = [
  ['Vitest', (received: unknown) => expect(received) as unknown as Asked & { readonly not: Asked }],
  ['Jest', (received: unknown) => jestExpect(received) as unknown as Asked & { readonly not: Asked }],
] as const

/** Why an expectation fails, or null if it holds. */
function failureOf(expectation: () => unknown): string | null {
  try {
    expectation()
    return null
  } catch (error) {
    return (error as Error).message
  }
}

describe.each(EXPECTS)('with the expect of %s', (_, expecting) => {
  /** What each matcher and its negation say; null where it holds. */
  function outcomes(asked: Cluster, question: unknown, options?: unknown): readonly (string | null)[] {
    return [
      failureOf(() => expecting(asked).toAllow(question, options)),
      failureOf(() => expecting(asked).toDeny(question, options)),
      failureOf(() => expecting(asked).not.toAllow(question, options)),
      failureOf(() => expecting(asked).not.toDeny(question, options)),
    ]
  }
  const holds = (asked: Cluster, question: unknown, options?: unknown) =>
    outcomes(asked, question, options).map((message) => message === null)
  const NEVER = [false, false, false, false]

  test('an open connection is allowed, and a closed one denied', () => {
    expect(holds(cluster, OPEN)).toEqual([true, false, false, true])
    expect(holds(cluster, CLOSED)).toEqual([false, true, true, false])
    expect(holds(cluster, { from: OPEN.from, to: `${OPEN.to}:8080` })).toEqual([true, false, false, true])
  })

  test('a failure has the reasons as check words them', async () => {
    const { stdout } = await run(['check', '-f', PRODUCTION, CLOSED.from, `${CLOSED.to}:8081`])
    expect(failureOf(() => expecting(cluster).toAllow(CLOSED))).toBe(
      `expected allow, and the verdict is deny\n\n${stdout.trimEnd()}`,
    )
    const open = await run(['check', '-f', PRODUCTION, OPEN.from, `${OPEN.to}:8080`])
    expect(failureOf(() => expecting(cluster).not.toAllow(OPEN))).toBe(
      `expected not allow, and the verdict is allow\n\n${open.stdout.trimEnd()}`,
    )
  })

  test('an uncertain answer holds neither way, and says what is not certain', () => {
    const unsure = parseCluster(MANIFESTS + BLOCKS)
    const question = { from: 'production/batch', to: 'production/guarded', port: 80 }
    expect(check(unsure, question)).toMatchObject({ verdict: 'deny', certainty: 'indeterminate' })
    const said = outcomes(unsure, question)
    expect(said.map((message) => message?.split('\n')[0])).toEqual(
      ['allow', 'deny', 'not allow', 'not deny'].map(
        (expected) => `expected ${expected}, and the answer is not certain: the input does not say`,
      ),
    )
    // What would settle it does settle it
    const settled = { podCidrs: ['10.0.0.0/8'], ipblockPods: 'match' }
    expect(holds(unsure, question, settled)).toEqual([true, false, false, true])
    expect(holds(unsure, question, { ipblockPods: 'never' })).toEqual([false, true, true, false])
  })

  test('an incomplete answer holds neither way', () => {
    const half = parseCluster(
      `${MANIFESTS}\n---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x, namespace: production}\nspec: {endpointSelector: {}}\n`,
    )
    expect(check(half, OPEN)).toMatchObject({ verdict: 'allow', incomplete: true })
    expect(holds(half, OPEN)).toEqual(NEVER)
    expect(outcomes(half, OPEN)[0]).toContain('the answer is incomplete: parts of the input were skipped')
  })

  test('connections that differ are neither allowed nor denied, and no negation holds for them', () => {
    const question = { from: 'production/any', to: OPEN.to, port: 8080 }
    expect(check(cluster, question).verdict).toBe('partial')
    expect(holds(cluster, question)).toEqual(NEVER)
  })

  test.each<readonly [string, unknown, unknown, RegExp]>([
    [
      'an unknown peer',
      { from: 'production/fronted', to: OPEN.to, port: 80 },
      {},
      /NP031.*\n.*did you mean `production\/Pod\/frontend`/s,
    ],
    ['a word that is none', { ...OPEN, por: 80 }, {}, /unknown `por`, did you mean `port`/],
    ['no question', undefined, {}, /the question: must be an object/],
    ['an option that is none', OPEN, { podCidr: [] }, /unknown `podCidr`, did you mean `podCidrs`/],
  ])('%s holds neither way', (_, question, options, words) => {
    const said = outcomes(cluster, question, options)
    expect(said.map((message) => words.test(message ?? ''))).toEqual([true, true, true, true])
  })

  test('what is not a cluster, or one with errors, holds neither way', () => {
    const invalid = loadCluster('fixtures/invalid/F-118-bare-address.yaml')
    expect(holds(invalid, OPEN)).toEqual(NEVER)
    expect(outcomes(invalid, OPEN)[1]).toContain('error[NP012]')
    expect(holds({} as Cluster, OPEN)).toEqual(NEVER)
    expect(failureOf(() => expecting(undefined).toDeny(OPEN))).toContain(
      'must be what loadCluster or parseCluster returned',
    )
  })

  test('a name of the input cannot forge a line of a message', () => {
    const evil = parseCluster(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b, labels: {app: "x\\n::error::y"}}',
    )
    expect(outcomes(evil, { from: 'b/nobody\n::error::y', to: 'b/a' }).join('')).not.toMatch(/^::error/m)
  })

  describe('toMatchLock', () => {
    const lock = join(folder, 'netpol.lock')

    test('holds for what matrix --update wrote, and tells what differs', async () => {
      await run(['matrix', '-f', PRODUCTION, '--update', lock])
      expect(failureOf(() => expecting(cluster).toMatchLock(lock))).toBeNull()
      expect(failureOf(() => expecting(cluster).not.toMatchLock(lock))).toContain('and it does not')
      const other = parseCluster(
        `${MANIFESTS}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: extra, namespace: production}\n`,
      )
      const said = failureOf(() => expecting(other).toMatchLock(lock)) ?? ''
      expect(said).toContain('+unprotected\tingress\tproduction/Pod/extra')
      expect(said).toContain(`netpol-sim matrix --update ${lock}`)
      expect(failureOf(() => expecting(other).not.toMatchLock(lock))).toBeNull()
    })

    test.each<readonly [string, () => unknown, Cluster, RegExp]>([
      ['a missing file', () => join(folder, 'none.lock'), cluster, /the lock file .* help: write it with/s],
      ['another file', () => `${PRODUCTION}/production.yaml`, cluster, /is not a lock file: its first line/],
      ['no name', () => undefined, cluster, /must be a text/],
      ['a cluster with errors', () => lock, loadCluster('fixtures/invalid/F-118-bare-address.yaml'), /NP012/],
      ['what is not a cluster', () => lock, {} as Cluster, /must be what loadCluster/],
    ])('%s holds neither way', (_, file, asked, words) => {
      const said = [
        failureOf(() => expecting(asked).toMatchLock(file())),
        failureOf(() => expecting(asked).not.toMatchLock(file())),
      ]
      expect(said.map((message) => words.test((message ?? '').replaceAll('\n', ' ')))).toEqual([true, true])
    })

    test('never writes', () => {
      const stale = join(folder, 'stale.lock')
      writeFileSync(stale, '# netpol-sim lock v1\n')
      expect(failureOf(() => expecting(cluster).toMatchLock(stale))).not.toBeNull()
      expect(readFileSync(stale, 'utf8')).toBe('# netpol-sim lock v1\n')
    })
  })
})

/** A workload that lets in addresses only: whether those of a Deployment are among them is not known. */
const BLOCKS = `
---
apiVersion: v1
kind: Pod
metadata: {name: guarded, namespace: production, labels: {app: guarded}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guarded, namespace: production}
spec:
  podSelector: {matchLabels: {app: guarded}}
  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
`
