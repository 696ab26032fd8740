import { describe, expect, test } from 'vitest'
import { run } from '../support/cli-io.js'

const DEMO = ['check', '-f', 'fixtures/clusters/demo']
const DENIED = [...DEMO, 'shop/storefront', 'shop/orders-db:5432']
const ALLOWED = [...DEMO, 'shop/checkout', 'shop/orders-db:5432']
const MANY = [...DEMO, 'shop/any', 'shop/any:9090']

describe('the answer goes to stdout, everything else to stderr', () => {
  test('one line sums up what was loaded', async () => {
    const { stderr } = await run(ALLOWED)
    expect(stderr).toBe('loaded 5 policies, 7 workloads, 3 namespaces from 4 files\n')
  })

  test('documents that are of no use are counted in it', async () => {
    const stdin = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
    const { stderr } = await run([...ALLOWED, '-f', '-'], { stdin })
    expect(stderr).toBe('loaded 5 policies, 7 workloads, 3 namespaces from 5 files (1 document skipped)\n')
  })

  test.each([['text'], ['json']])('stdout ends in one newline (%s)', async (output) => {
    for (const argv of [ALLOWED, DENIED, MANY]) expect((await run([...argv, '-o', output])).stdout).toMatch(/[^\n]\n$/)
  })

  test('with -o json stdout is JSON and nothing else', async () => {
    const { stdout } = await run([...DENIED, '-o', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, command: 'check', verdict: 'deny' })
  })
})

describe('a denial is explained', () => {
  test('both directions are shown, the one that allows as well', async () => {
    const { stdout } = await run(DENIED)
    expect(stdout).toMatch(/^DENIED {2}shop\/storefront -> shop\/orders-db {2}5432\/TCP\n/)
    expect(stdout).toMatch(/^ {2}egress +allowed +shop\/storefront is not isolated for egress$/m)
    expect(stdout).toMatch(/^ {2}ingress +denied +shop\/orders-db is isolated by 3 policies/m)
  })

  test('every isolating policy is named with file, line and column, and with what it lacked', async () => {
    const { stdout } = await run(DENIED)
    const policies = 'fixtures/clusters/demo/policies.yaml'
    expect(stdout).toMatch(new RegExp(`shop/default-deny +${policies}:2:1 +has no ingress rules`))
    expect(stdout).toMatch(
      new RegExp(`shop/orders-db +${policies}:64:7 +spec.ingress\\[0\\]: from\\[0\\] wants database-client=`),
    )
    expect(stdout).toMatch(
      new RegExp(`shop/metrics +${policies}:84:7 +spec.ingress\\[0\\]: from\\[0\\] wants a namespace with`),
    )
  })
})

describe('-q, --quiet', () => {
  test('prints the answer in one line and nothing to stderr', async () => {
    expect(await run([...ALLOWED, '-q'])).toEqual({
      code: 0,
      stdout: 'ALLOWED  shop/checkout -> shop/orders-db  5432/TCP\n',
      stderr: '',
    })
  })

  test('prints many flows as one line, too', async () => {
    const { stdout, stderr } = await run([...MANY, '--quiet'])
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^DENIED {2}0 of 24 flows are allowed\n$/), ''])
  })

  test('still says why there is no answer', async () => {
    const { code, stdout, stderr } = await run([...DEMO, 'shop/x', 'shop/y', '-q'])
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('NP031')])
    expect(stderr).not.toContain('loaded')
  })

  test('leaves JSON as it is', async () => {
    const [quiet, plain] = [await run([...DENIED, '-o', 'json', '-q']), await run([...DENIED, '-o', 'json'])]
    expect(quiet.stdout).toBe(plain.stdout)
  })
})

describe('-v, --verbose', () => {
  test('shows the rules of an allowed direction that did not match', async () => {
    const [plain, verbose] = [await run(ALLOWED), await run([...ALLOWED, '-v'])]
    expect(plain.stdout).toMatch(/shop\/metrics .*none of its rules matches/)
    expect(verbose.stdout).toMatch(/shop\/metrics .*allows metrics\/TCP/)
    expect(verbose.stdout).toMatch(/shop\/default-deny .*has no ingress rules/)
  })

  test('does the same in JSON', async () => {
    const misses = async (flags: readonly string[]) =>
      (
        JSON.parse((await run([...ALLOWED, '-o', 'json', ...flags])).stdout) as {
          flows: { ingress: { nearMisses: [] } }[]
        }
      ).flows[0]?.ingress.nearMisses.length
    expect([await misses([]), await misses(['-v'])]).toEqual([0, 2])
  })

  test('explains every kind of answer, where otherwise some are counted', async () => {
    const [plain, verbose] = [await run([...DEMO, 'any', 'any:9090']), await run([...DEMO, 'any', 'any:9090', '-v'])]
    expect(plain.stdout).toMatch(/\d+ more kinds of reasons, shown with -v/)
    expect(verbose.stdout).not.toContain('shown with -v')
  })

  test('shows every error, where otherwise some are counted', async () => {
    const argv = ['check', '-f', 'fixtures/invalid', 'any', 'any']
    const [plain, verbose] = [await run(argv), await run([...argv, '-v'])]
    expect(plain.stderr).toMatch(/^ {2}\d+ more with -v$/m)
    expect(plain.stderr.split('\n')).toHaveLength(11)
    expect(verbose.stderr).not.toMatch(/with -v$/m)
    expect(verbose.stderr.match(/^error\[/gm)?.length).toBeGreaterThan(20)
  })
})
