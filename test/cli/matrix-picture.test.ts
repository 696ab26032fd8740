import { describe, expect, test } from 'vitest'
import { progressOn } from '../../src/cli/progress.js'
import { namespace, pod } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'

const DEMO = ['matrix', '-f', 'fixtures/clusters/demo']
const DRAWN = /[\u2500-\u259f]/
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROLS = /[\u0000-\u0009\u000b-\u001f]/
// eslint-disable-next-line no-control-regex -- colours are taken away to measure
const plain = (text: string) => text.replace(/\u001b\[[0-9;]*m/g, '')

describe('the picture', () => {
  test('has glyphs and colours on a terminal, and fits into it', async () => {
    const { stdout } = await run(DEMO, { stdout: 100, env: { TERM: 'xterm-256color' } })
    expect(stdout).toMatch(/[█▒·]/)
    for (const line of plain(stdout).split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  test('B12: what is wide open is not green', async () => {
    const manifests = [namespace('s'), pod('s', 'a', {}, null), pod('s', 'b', {}, null)].join('---\n')
    const { stdout } = await run(['matrix', '-f', '-', '--color=always'], { stdin: manifests, stdout: 100 })
    expect(plain(stdout)).toContain('█')
    // eslint-disable-next-line no-control-regex -- colours are what this looks for
    expect(stdout).toMatch(/\u001b\[(?!32m)\d+m█/)
    // eslint-disable-next-line no-control-regex -- colours are what this looks for
    expect(stdout).not.toMatch(/\u001b\[32m█/)
  })

  test('has neither through a pipe, and says the same', async () => {
    const pipe = await run(DEMO)
    expect(pipe.stdout).not.toMatch(DRAWN)
    expect(pipe.stdout).not.toMatch(CONTROLS)
    const { stdout } = await run([...DEMO, '--color=never'], { stdout: 2000 })
    expect(stdout).not.toMatch(CONTROLS)
    expect(stdout.replace(/█/g, '#').replace(/▒/g, '+').replace(/·/g, '.')).toBe(pipe.stdout)
  })

  test('tells some addresses from all of them, and several replicas from the pod itself', async () => {
    const manifests = [
      namespace('s'),
      pod('s', 'open', { app: 'open' }, '10.0.0.1'),
      pod('s', 'some', { app: 'some' }, '10.0.0.2'),
      `apiVersion: apps/v1
kind: Deployment
metadata: {name: two, namespace: s}
spec:
  replicas: 2
  selector: {matchLabels: {app: two}}
  template: {metadata: {labels: {app: two}}}
`,
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: s}
spec:
  podSelector: {matchExpressions: [{key: app, operator: In, values: [some, two]}]}
  ingress: [{from: [{ipBlock: {cidr: 203.0.113.7/32}}]}]
`,
    ]
    const { stdout } = await run(['matrix', '-f', '-'], { stdin: manifests.join('---\n') })
    const cells = stdout.split('\n').map((line) => line.replace(/ +/g, ' ').trim())
    expect(cells).toContain('1 two ~ # ~ #')
    expect(cells).toContain('4 external + # +')
  })

  test('gives way to one of namespaces where it does not fit, and says so', async () => {
    const narrow = await run([...DEMO, '-q', '--color=never'], { stdout: 40 })
    const [reason, , ...rest] = narrow.stdout.split('\n')
    expect(reason).toMatch(
      /^the picture needs \d+ columns and there are 40; these are its namespaces\. -o list has every pair/,
    )
    expect(rest.slice(0, 5).map((line) => line.trim().split(' ').slice(0, 2).join(' '))).toEqual([
      '1 2',
      '1 ingress',
      '2 monitoring',
      '3 shop',
      '4 external',
    ])
    const needed = Number(/needs (\d+)/.exec(reason ?? '')?.[1])
    const fits = await run([...DEMO, '-q', '--color=never'], { stdout: needed })
    expect(fits.stdout).not.toContain('these are its namespaces')
    for (const line of fits.stdout.split('\n').slice(0, 13)) expect(line.length).toBeLessThanOrEqual(needed)
  })

  test('gives way to one of namespaces above 100 endpoints, through a pipe too', async () => {
    const pods = Array.from({ length: 101 }, (_, index) => pod('x', `p${index}`, {}, null))
    const { stdout } = await run(['matrix', '-f', '-', '--from', 'x/any'], {
      stdin: [namespace('x'), ...pods].join('---\n'),
    })
    expect(stdout).toMatch(
      /^101 endpoints are too many for a picture; these are its namespaces.*\n\n +1 2\n +1 x +# #\n/,
    )
  })

  test('leaves blank what was not asked, and -q leaves out the summary', async () => {
    const { stdout } = await run([...DEMO, '--from', 'shop/c*', '--to', 'shop/any', '-q'])
    const rows = stdout.split('\n').slice(0, 7)
    expect(rows).toEqual([
      '                    1 2 3 4 5',
      'shop',
      '   1 orders-report',
      '   2 cart           . + + . .',
      '   3 checkout       . + + . +',
      '   4 storefront',
      '   5 orders-db',
    ])
    expect(stdout).not.toContain('nothing isolates')
    expect(stdout).not.toContain('external')
  })

  test('the summary says nothing about the internet, or about all ports, where neither was asked', async () => {
    const asked = async (...flags: readonly string[]) => {
      const { stdout } = await run([...DEMO, ...flags])
      return ['open to the internet', 'all ports across'].map((title) => stdout.includes(title))
    }
    expect(await asked()).toEqual([true, true])
    expect(await asked('--from', 'shop/cart')).toEqual([false, true])
    expect(await asked('--to', 'internet')).toEqual([false, true])
    expect(await asked('--port', '8080')).toEqual([true, false])
  })
})

describe('progress', () => {
  /** A run of ten steps; each takes as long as it is told. */
  function shownAfter(isTerminal: boolean, step: number): string {
    let now = 0
    let written = ''
    const stream = { isTerminal, columns: 80, write: (text: string) => void (written += text) }
    const progress = progressOn({ stderr: stream, now: () => now }, {}, (done) => `row ${done} of 10`)
    for (let done = 1; done <= 10; done++) {
      now += step
      progress.report(done)
    }
    progress.end()
    return written
  }

  test('shows on a terminal after a second, and goes away again', () => {
    const shown = shownAfter(true, 300).split('\r\u001b[K')
    expect(shown).toEqual(['', ...[4, 5, 6, 7, 8, 9, 10].map((done) => `row ${done} of 10`), ''])
  })

  test('is seldom written: steps of a few milliseconds share a line', () => {
    expect(shownAfter(true, 110).match(/row/g)).toHaveLength(1)
  })

  test('counts the documents and items that are read, and then the rows', async () => {
    let now = 0
    const world = { stderr: 80, now: () => (now += 400) }
    const { stderr } = await run(DEMO, world)
    const lines = stderr.split('\r\u001b[K').map((line) => line.replace(/\d+/g, '1'))
    expect(lines.filter((line) => line === '1 documents read').length).toBeGreaterThan(1)
    expect(lines.filter((line) => line === 'row 1 of 1').length).toBeGreaterThan(1)
    expect([lines[0], lines.at(-1)]).toEqual(['', ''])
    expect((await run(DEMO, { ...world, stderr: null })).stderr).not.toContain('documents read')
    expect((await run([...DEMO, '-q'], world)).stderr).toBe('')
  })

  test('stays away from short work and from pipes', () => {
    expect(shownAfter(true, 99)).toBe('')
    expect(shownAfter(false, 5000)).toBe('')
  })
})
