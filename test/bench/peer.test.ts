import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildIfStale, netpolSim } from '../support/cli-process.js'
import { analyzerForm, type AnalyzerLine } from './analyzer-form.js'

const DEMO = join(process.cwd(), 'fixtures/clusters/demo')
const root = mkdtempSync(join(tmpdir(), 'netpol-sim-test-'))

beforeAll(buildIfStale, 120_000)
afterAll(() => {
  rmSync(root, { recursive: true })
})

interface Comparison {
  readonly pairs: number
  readonly difference: string | null
}
interface Peers {
  readonly quick: boolean
  readonly input: () => object
  readonly folder: string
  readonly print: (text: string) => void
  readonly peers: readonly string[]
  readonly limit: number
}
// What the bench consists of has no types
const of = async (file: string) => (await import(pathToFileURL(`bench/${file}`).href)) as Record<string, unknown>
const compareAnswers = (await of('peer/compare.js'))['compareAnswers'] as (ours: string, theirs: string) => Comparison
const benchPeer = (await of('questions/peer.js'))['benchPeer'] as (bench: Peers) => void
const askedOf = (await of('asked.js'))['askedOf'] as (args: string[], names: string[]) => Record<string, unknown>
const { commandOf } = (await of('peer/template.js')) as { commandOf: (template: string, folder: string) => object }

const demoAs = (format: string) => netpolSim(['matrix', '-f', DEMO, '-o', format, '-q']).stdout
const CSV = 'from,to,cidrs,ports,certainty\r\n'
const json = (...lines: [string, string, string][]) =>
  JSON.stringify(lines.map(([src, dst, conn]) => ({ src, dst, conn })))

describe('answers are equal', () => {
  test.each<[string, string, string]>([
    ['when nothing is open', CSV, '[]'],
    [
      'whatever order protocols, ports and lines have',
      `${CSV}a/Pod/x,b/Job/y,,53/UDP 80-81/TCP 443/TCP,certain\r\n`,
      json(['a/x[Pod]', 'b/y[Job]', 'TCP 443,80,81'], ['a/x[Pod]', 'b/y[Job]', 'UDP 53']),
    ],
    [
      'with every port of every protocol written out',
      `${CSV}a/Pod/x,b/Job/y,,1-65535/TCP 1-65535/UDP 1-65535/SCTP,certain\r\n`,
      json(['a/x[Pod]', 'b/y[Job]', 'SCTP 1-65535,TCP 1-65535,UDP 1-65535']),
    ],
    [
      'however addresses are cut, as far as they are IPv4',
      `${CSV}external,a/Pod/x,1.2.3.0/24 ::/0,80/TCP,certain\r\nexternal,a/Pod/x,1.2.4.0/24,80/TCP,certain\r\n`,
      json(['1.2.3.0-1.2.4.127[External]', 'a/x[Pod]', 'TCP 80'], ['1.2.4.128/25', 'a/x[Pod]', 'TCP 80']),
    ],
    [
      'but for controllers and what a workload sends to itself',
      `${CSV}a/Pod/x,a/Pod/x,,80/TCP,certain\r\n`,
      json(['{ingress-controller}', 'a/x[Pod]', 'TCP 80'], ['a/x[Pod]', 'a/y[Pod]', 'No Connections']),
    ],
    [
      'in the columns of a wrapper',
      `${CSV}a/Pod/x,a/Pod/x,,80/TCP,certain\r\n`,
      'to,from,"ports",cidrs\na/Pod/x,a/Pod/x,80/TCP,\n',
    ],
  ])('%s', (_, ours, theirs) => {
    expect(compareAnswers(ours, theirs).difference).toBeNull()
  })
})

describe('the first difference', () => {
  const ours = `${CSV}a/Pod/x,a/Pod/y,,80/TCP,certain\r\na/Pod/x,external,0.0.0.0/0,53/UDP,certain\r\n`
  const same: [string, string, string] = ['a/x[Pod]', 'a/y[Pod]', 'TCP 80']
  test.each<[string, string, string]>([
    ['is a pair that is missing', json(), 'a/Pod/x -> a/Pod/y: netpol-sim says TCP 80; the peer says nothing'],
    [
      'is a pair that is too many',
      json(['a/u[Pod]', 'a/y[Pod]', 'All Connections']),
      'a/Pod/u -> a/Pod/y: netpol-sim says nothing; the peer says all ports',
    ],
    [
      'is a port',
      json(['a/x[Pod]', 'a/y[Pod]', 'TCP 80,82-90,UDP 53']),
      'a/Pod/x -> a/Pod/y: netpol-sim says TCP 80; the peer says TCP 80,82-90 UDP 53',
    ],
    [
      'is an address',
      json(same, ['a/x[Pod]', '0.0.0.0-9.255.255.255', 'UDP 53'], ['a/x[Pod]', '10.0.0.1-255.255.255.255', 'UDP 53']),
      'a/Pod/x -> external: netpol-sim says any address UDP 53; the peer says 0.0.0.0-9.255.255.255 UDP 53',
    ],
    [
      'is where addresses begin',
      json(same, ['a/x[Pod]', '0.0.0.1-255.255.255.255', 'UDP 53']),
      'a/Pod/x -> external: netpol-sim says any address UDP 53; the peer says nothing',
    ],
    [
      'is what a workload sends to itself, where both judge it',
      `${ours}a/Pod/x,a/Pod/x,,1/TCP,certain\r\n`,
      'a/Pod/x -> a/Pod/x: netpol-sim says nothing; the peer says TCP 1',
    ],
  ])('%s', (_, theirs, difference) => {
    expect(compareAnswers(ours, theirs).difference).toBe(difference)
  })
})

describe('answers cannot be compared', () => {
  const ours = `${CSV}a/Pod/x,a/Pod/y,,80/TCP,certain\r\n`
  test.each<[string, string, string, RegExp]>([
    ['without an answer', ours, '\n', /it printed nothing/],
    ['that are something else', ours, 'digraph {', /neither a JSON array nor the columns .*: digraph \{/],
    ['whose JSON breaks off', ours, '[{"src": "a', /its JSON cannot be parsed/],
    ['without ports', ours, '[{"src":"a/x[Pod]","dst":"a/y[Pod]"}]', /src, dst and conn are expected, not/],
    [
      'of other ends',
      ours,
      json(['entire-cluster', 'a/y[Pod]', 'TCP 80']),
      /neither a workload nor .*: entire-cluster/,
    ],
    ['of other ports', ours, json(['a/x[Pod]', 'a/y[Pod]', 'TCP 80,http']), /not understood: TCP 80,http/],
    ['of ports without a protocol', ours, json(['a/x[Pod]', 'a/y[Pod]', '80']), /not understood: 80/],
    ['of ports that there are not', ours, json(['a/x[Pod]', 'a/y[Pod]', 'TCP 1-65536']), /not understood: TCP 1-65536/],
    [
      'of the outside without its addresses',
      ours,
      `${CSV}external,a/Pod/y,,80/TCP,certain\n`,
      /external, but no cidrs/,
    ],
    [
      'of addresses that are none',
      ours,
      `${CSV}external,a/Pod/y,1.2.3.0/33,80/TCP,certain\n`,
      /not a CIDR: 1.2.3.0\/33/,
    ],
    [
      'of parts of a workload',
      `${CSV}a/Pod/x{zone=b},a/Pod/y,,80/TCP,certain\r\n`,
      '[]',
      /a\/Pod\/x\{zone=b\} is a part of a workload/,
    ],
  ])('%s', (_, first, second, reason) => {
    expect(() => compareAnswers(first, second)).toThrow(reason)
  })
})

test('parts of a workload are compared where both have them', () => {
  const parts = `${CSV}"a/Pod/x{zone in (b, c)}",a/Pod/y,,80/TCP,certain\r\n`
  expect(compareAnswers(parts, parts)).toEqual({ pairs: 1, difference: null })
})

test('a template is split at blanks, but within double quotes, and the folder is filled in afterwards', () => {
  const command = commandOf('"my tool"  --dir={dir} "{dir}/a b" $HOME', '/tmp/two words')
  expect(command).toEqual({
    program: 'my tool',
    args: ['--dir=/tmp/two words', '/tmp/two words/a b', '$HOME'],
  })
})

describe('the command line of the bench', () => {
  const NAMES = ['start', 'list', 'peer']
  test.each<[string[], object]>([
    [[], { asked: ['start', 'list'], peers: [], quick: false }],
    [['--quick', 'list'], { asked: ['list'], peers: [], quick: true }],
    [['--peer', 'a {dir}', '--peer', 'b {dir}'], { asked: ['peer'], peers: ['a {dir}', 'b {dir}'], quick: false }],
    [['start', '--peer', 'a {dir}'], { asked: ['start', 'peer'], peers: ['a {dir}'], quick: false }],
    [['peer', '--peer', 'a {dir}'], { asked: ['peer'], peers: ['a {dir}'], quick: false }],
    [['toString'], { problem: 'no question is called toString: start, list, peer' }],
    [['peer'], { problem: 'peer needs to know with what to compare: --peer "PROGRAM ARGUMENTS {dir}"' }],
    [['--peer', 'a'], { problem: '--peer: {dir} is missing, which stands for the folder to read: a' }],
    [['--peer', '"a {dir}'], { problem: '--peer: a double quote is not closed: "a {dir}' }],
    [['--peer', ' '], { problem: '--peer: it is empty' }],
  ])('%j', (args, asked) => {
    expect(askedOf(args, NAMES)).toEqual(asked)
  })
})

describe('a peer that', () => {
  /** A peer that reads its answer from a file; the folder is given, and not needed. */
  const answering = (name: string, answer: string) => {
    writeFileSync(join(root, name), answer)
    writeFileSync(join(root, 'answer.cjs'), `process.stdout.write(require('fs').readFileSync(process.argv[2]))`)
    return `node ${join(root, 'answer.cjs')} ${join(root, name)} {dir}`
  }
  const failing = () => {
    writeFileSync(join(root, 'fails.cjs'), `console.error('no\\n\\x1b[31msuch thing'); process.exit(1)`)
    return `node ${join(root, 'fails.cjs')} {dir}`
  }

  /** The rows of the question, without its head. */
  const rowsOf = (peer: string, limit = 30_000) => {
    const printed: string[] = []
    const input = () => ({ folder: DEMO, pods: 12, policies: 5 })
    benchPeer({ quick: true, input, folder: root, print: (text) => printed.push(text), peers: [peer], limit })
    expect(printed).toHaveLength(1)
    return (printed[0] ?? '').trim().split('\n').slice(2)
  }
  const EVERY = /^ {2}(shop|uniform|blocks) +12 +5 +/
  const ends = (rows: readonly string[]) => rows.map((row) => row.replace(EVERY, '').replaceAll(/ +/g, ' '))

  let lines: readonly AnalyzerLine[] = []
  beforeAll(() => {
    lines = analyzerForm(demoAs('json'))
  })

  test('prints the same in the form of netpol-analyzer has a ratio on every input', () => {
    const rows = ends(rowsOf(answering('same.json', JSON.stringify(lines))))
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(row).toMatch(/^\d+ [\d.,]+ [\d.]+ equal$/)
  })

  test('prints the same as csv has one as well', () => {
    for (const row of ends(rowsOf(answering('same.csv', demoAs('csv'))))) {
      expect(row).toMatch(/^\d+ [\d.,]+ [\d.]+ equal$/)
    }
  })

  test('has one wrong line has no ratio, but the difference', () => {
    const wrong = lines.map((line) => (line.conn === 'TCP 5050' ? { ...line, conn: 'TCP 5051' } : line))
    expect(wrong).not.toEqual(lines)
    const difference =
      'shop/Deployment/cart -> shop/Deployment/checkout: netpol-sim says TCP 5050; the peer says TCP 5051'
    for (const row of ends(rowsOf(answering('wrong.json', JSON.stringify(wrong))))) {
      expect(row).toMatch(/^\d+ - - /)
      expect(row).toContain(`differs: ${difference}`)
    }
  })

  test.each<[string, () => string, number, string]>([
    ['fails', failing, 30_000, 'node ended with 1: no [31msuch thing'],
    ['is not there', () => 'no-such-analyzer {dir}', 30_000, 'no-such-analyzer is not installed'],
    ['takes too long', () => 'node -e "setTimeout(() => {}, 60000)" {dir}', 200, 'node took longer than 0.2 s'],
  ])('%s has no ratio, but the reason', (_, peer, limit, reason) => {
    const rows = ends(rowsOf(peer(), limit))
    expect(rows).toEqual(Array.from({ length: 3 }, () => `- - - not compared: ${reason}`))
  })
})
