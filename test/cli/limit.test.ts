import { describe, expect, test } from 'vitest'
import type { CheckResult, MatrixResult } from '../../src/index.js'
import { namespace, pod, policy } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'

/** Six pods; nothing may go to `f`, everything else is open. */
const PODS = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => pod('shop', name, { app: name }, `192.168.1.${at + 1}`))
const CLOSED = policy('shop', 'closed', 'policyTypes: [Ingress]').replace(
  'podSelector: {}',
  'podSelector: {matchLabels: {app: f}}',
)
const stdin = [namespace('shop'), ...PODS, CLOSED].join('---\n')
const ask = (...argv: readonly string[]) => run([...argv, '-f', '-'], { stdin })

describe('--limit: so much is printed, the rest is counted, and the verdict is over all', () => {
  test('check: what is not shown still turns the verdict', async () => {
    const shown = JSON.parse((await ask('check', 'any', 'any:80', '--limit', '2', '-o', 'json')).stdout) as CheckResult
    expect([shown.flows.length, shown.omittedFlows, shown.verdict]).toEqual([2, 28, 'partial'])
    expect(shown.flows.map(({ verdict }) => verdict)).toEqual(['allow', 'allow'])
  })

  test('check: the text says how many are left out, also for one', async () => {
    for (const limit of ['1', '7']) {
      const { code, stdout } = await ask('check', 'any', 'any:80', '--limit', limit)
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^PARTIAL /)])
      expect(stdout).toContain(`${30 - Number(limit)} more flows count and are not shown; --limit 0 shows all`)
    }
  })

  test('check: 0 is no limit, and the default is in the help', async () => {
    const whole = JSON.parse((await ask('check', 'any', 'any:80', '--limit', '0', '-o', 'json')).stdout) as CheckResult
    expect([whole.flows.length, 'omittedFlows' in whole]).toEqual([30, false])
    expect((await run(['check', '--help'])).stdout).toContain('default: 1000')
    expect((await run(['matrix', '--help'])).stdout).toContain('default: 100000')
  })

  test.each(['list', 'csv', 'markdown'])('matrix -o %s: stderr says how many are left out', async (format) => {
    const whole = (await ask('matrix', '-o', format, '--limit', '0')).stdout.trim().split(/\r?\n/)
    const head = { list: 0, csv: 1, markdown: 2 }[format] ?? 0
    const { code, stdout, stderr } = await ask('matrix', '-o', format, '--limit', '3', '-q')
    expect([code, stdout.trim().split(/\r?\n/)]).toEqual([0, whole.slice(0, head + 3)])
    expect(stderr).toBe(
      `${whole.length - head - 3} more connections are not shown; --limit 0 shows all, --from and --to narrow it\n`,
    )
  })

  test('matrix -o json counts them; the picture is whole in any case', async () => {
    const whole = JSON.parse((await ask('matrix', '-o', 'json')).stdout) as MatrixResult
    const cut = JSON.parse((await ask('matrix', '-o', 'json', '--limit', '3')).stdout) as MatrixResult
    const all = whole.connections ?? []
    expect([cut.connections, cut.omittedConnections]).toEqual([all.slice(0, 3), all.length - 3])
    const [picture, other] = [await ask('matrix'), await ask('matrix', '--limit', '3')]
    expect([other.stdout, other.stderr]).toEqual([picture.stdout, picture.stderr])
  })

  test.each(['-1', 'x', '1.5', ''])('--limit %j is a usage error', async (limit) => {
    const { code, stderr } = await ask('matrix', `--limit=${limit}`)
    expect([code, stderr]).toEqual([2, expect.stringContaining('is not a number: write how many, or 0 for all')])
  })
})
