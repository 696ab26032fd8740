import { describe, expect, test } from 'vitest'
import { matrix, parseCluster, type MatrixResult, type PortResult } from '../../src/index.js'
import { escapeTerminal } from '../../src/report/escape.js'
import { csvCell } from '../../src/report/matrix/matrix-csv.js'
import { codeSpan } from '../../src/report/matrix/matrix-markdown.js'
import { policy } from '../support/cli-cluster.js'
import { run } from '../support/cli-io.js'
import { expectHarmless } from '../support/harmless.js'
import { HOSTILE_TEXTS } from '../support/hostile.js'

const FORMATS = ['table', 'list', 'csv', 'markdown', 'json']
/** Wherever the id of an endpoint comes from, and what a part of a workload is told apart by. */
function manifestsWith(text: string): string {
  const quoted = JSON.stringify(text)
  const podOf = (metadata: string) =>
    `{apiVersion: v1, kind: Pod, metadata: {uid: u, resourceVersion: "1", ${metadata}}, spec: {containers: [{name: a, image: a}]}}\n`
  const owner = (kind: string, name: string) =>
    `ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`
  return [
    podOf('name: plain'),
    podOf(`name: ${quoted}`),
    podOf(`name: x1, namespace: ${quoted}`),
    podOf(`name: x2, ${owner(quoted, 'o')}`),
    podOf(`name: x3, ${owner('ReplicaSet', quoted)}`),
    podOf(`name: x4, labels: {a: ${quoted}}, ${owner('ReplicaSet', 'o')}`),
    podOf(`name: x5, labels: {a: b}, ${owner('ReplicaSet', 'o')}`),
    `{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${quoted}}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}}\n`,
    policy('default', 'by-label', 'ingress: [{from: [{podSelector: {matchLabels: {a: b}}}]}]'),
  ].join('---\n')
}

describe('a text wherever the name of an endpoint comes from', () => {
  test.each(FORMATS)('comes out of -o %s without harm, and begins no line', async (output) => {
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      if (index % 4 !== FORMATS.indexOf(output) % 4) continue
      const { code, stdout, stderr } = await run(['matrix', '-f', '-', '--keep-going', '--color=never', '-o', output], {
        stdin: manifestsWith(text),
      })
      expect(code).toBe(0)
      for (const written of [stdout, stderr]) expectHarmless(written)
      expect(stdout).toContain('plain')
    }
  })

  test('comes out of the JSON as it went in', async () => {
    for (const text of HOSTILE_TEXTS.filter((_, index) => index % 5 === 0)) {
      const stdin = manifestsWith(text)
      const { stdout } = await run(['matrix', '-f', '-', '--keep-going', '-o', 'json'], { stdin })
      const cluster = parseCluster([{ file: '<stdin>', text: Buffer.from(stdin).toString() }], { keepGoing: true })
      expect((JSON.parse(stdout) as MatrixResult).endpoints).toEqual(matrix(cluster).endpoints)
    }
  })
})

/** Reads CSV as RFC 4180 has it. */
function readCsv(text: string): readonly (readonly string[])[] {
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, bare = '']) =>
        quoted === undefined ? bare : quoted.replaceAll('""', '"'),
      ),
    )
}

const portsText = (ports: readonly PortResult[]) =>
  ports.map(({ protocol, port, endPort }) => `${port === endPort ? port : `${port}-${endPort}`}/${protocol}`).join(' ')

describe('csv', () => {
  test('holds every connection with all that JSON says of it', async () => {
    const argv = ['matrix', '-f', 'fixtures/clusters/demo']
    const [head, ...rows] = readCsv((await run([...argv, '-o', 'csv'])).stdout)
    const { connections } = JSON.parse((await run([...argv, '-o', 'json'])).stdout) as MatrixResult
    expect(head).toEqual(['from', 'to', 'cidrs', 'ports', 'certainty', 'family', 'possible'])
    expect(rows).toEqual(
      (connections ?? []).map(({ from, to, cidrs = [], ports, possible = [], certainty = 'certain', family = '' }) => [
        from,
        to,
        cidrs.join(' '),
        portsText(ports),
        certainty,
        family,
        portsText(possible),
      ]),
    )
  })

  test('gives any text back, but for an apostrophe before what a spreadsheet would calculate', () => {
    for (const text of HOSTILE_TEXTS) {
      const [[cell = ''] = []] = readCsv(`${csvCell(text)}\r\n`)
      const visible = escapeTerminal(text)
      expect(cell).toBe(/^[=+@-]/.test(visible) ? `'${visible}` : visible)
    }
    expect(csvCell('=1+1')).toBe("'=1+1")
  })
})

describe('markdown', () => {
  test('keeps any text within its code span and its cell', () => {
    for (const text of HOSTILE_TEXTS) {
      const span = codeSpan(text)
      const [fence = ''] = /^`+/.exec(span) ?? []
      const inner = span.slice(fence.length, -fence.length)
      expect(span.endsWith(fence)).toBe(true)
      expect([...inner.matchAll(/`+/g)].map(([ticks]) => ticks)).not.toContain(fence)
      expect(inner).not.toMatch(/^`|`$|[\r\n]/)
      expect(inner).not.toContain('|')
    }
  })
})
