import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildCluster } from '../../src/load/build-cluster.js'
import { parseCluster, type Cluster } from '../../src/index.js'
import { filler, jsonPod, NAMES, POLICY } from './large-inputs.js'

/** Lines that are in no way special. */
const FILLER = filler(12, 20)

const yamlPod = (name: string, indent: string) =>
  [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    '  annotations:',
    '    filler: |',
    ...FILLER.map((line) => `      - ${line}`),
    `  name: ${name}`,
    '  namespace: x',
  ].join(`\n${indent}`)

const podOf = (name: string) => jsonPod(name, FILLER)

const INPUTS: Readonly<Record<string, string>> = {
  'a list in YAML': `apiVersion: v1\nitems:\n${NAMES.map((name) => `- ${yamlPod(name, '  ')}\n`).join('')}kind: List\nmetadata:\n  a: b\n${POLICY}`,
  'a list in YAML with indented items': `apiVersion: v1\nkind: List\nitems:\n${NAMES.map((name) => `  - ${yamlPod(name, '    ')}\n`).join('')}${POLICY}`,
  'a list in JSON': `{\n"apiVersion": "v1",\n"items": [\n${NAMES.map(podOf).join(',\n')}\n],\n"kind": "List"}\n${POLICY}`,
  'documents of YAML': POLICY + NAMES.map((name) => `---\n# c\n${yamlPod(name, '')}\n`).join(''),
  'objects of JSON': `${NAMES.map(podOf).join('\n')}\n`,
}

/** Reads a text as if it were too large for one, in pieces of so many bytes. */
function inPieces(text: string | Uint8Array, window: number): Cluster {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const large = { size: bytes.length, window, read: (from: number, to: number) => bytes.subarray(from, to) }
  return buildCluster([{ file: 'all.yaml', text: '', large }], [], { keepGoing: true })
}

/** What a cluster says that was read from a text of so many lines. */
function facts({ workloads, policies, diagnostics, inventory, excerpt }: Cluster, lines: number) {
  const sources = [...workloads, ...policies].map(({ source }) => [
    source.locate([]),
    source.locate(['metadata', 'name']),
  ])
  const excerpts = Array.from({ length: lines + 2 }, (_, line) => excerpt('all.yaml', line + 1))
  return { ids: workloads.map(({ id }) => id), sources, diagnostics, inventory, excerpts }
}

describe('what is read in pieces says what it says as a whole', () => {
  test.each(Object.entries(INPUTS))('%s', (_, text) => {
    // No object of JSON may be larger than a piece: how large a real one is, its limit says
    const least = text.startsWith('{') ? 1500 : 40
    const ends = fc.constantFrom('\n', '\r\n')
    fc.assert(
      fc.property(fc.integer({ min: least, max: 5000 }), ends, (window, end) => {
        const written = text.replaceAll('\n', end)
        const lines = text.split('\n').length
        const whole = parseCluster([{ file: 'all.yaml', text: written }], { keepGoing: true })
        expect(whole.workloads).toHaveLength(NAMES.length - 1)
        expect(facts(inPieces(written, window), lines)).toEqual(facts(whole, lines))
      }),
      { numRuns: 25 },
    )
  })

  test('a line of a piece is found from the end as well as from the start', () => {
    const { excerpt } = inPieces(`# ${'y'.repeat(500)}\r\n# b\r\n${POLICY.replaceAll('\n', '\r\n')}# end`, 64)
    expect([9, 2, 8, 1, 10].map((line) => excerpt('all.yaml', line)?.slice(0, 20) ?? null)).toEqual([
      null,
      '# b',
      '# end',
      `# ${'y'.repeat(18)}`,
      null,
    ])
    expect(excerpt('another.yaml', 1)).toBeNull()
  })

  test('an unresolved merge conflict is NP029 where it begins, and nothing below it is believed', () => {
    const side = (marker: string, text: string) => `${marker}\n${text}`
    const conflict = `${side('<<<<<<< ours', POLICY)}${side('=======', '')}${side('>>>>>>> theirs', '')}`
    const { diagnostics, inventory } = inPieces(`${POLICY}${'# c\n'.repeat(300)}${conflict}${POLICY}`, 1345)
    expect(diagnostics).toMatchObject([{ code: 'NP029', line: 306 }])
    expect(inventory).toMatchObject({ used: 0, error: 1 })
  })

  test('bytes that are not UTF-8 are refused at their place', () => {
    const text = Buffer.from(INPUTS['documents of YAML'] ?? '')
    const at = text.indexOf('pod-16')
    text[at] = 0xff
    const { diagnostics } = inPieces(text, 2000)
    const line = text.subarray(0, at).toString('latin1').split('\n').length
    expect(diagnostics).toMatchObject([{ code: 'NP011' }, { code: 'NP002', line, column: 9 }])
  })
})

test.each([
  ['documents', (policies: readonly string[]) => policies.join('---\n')],
  [
    'a list',
    (policies: readonly string[]) =>
      `apiVersion: v1\nkind: List\nitems:\n${policies.map((one) => `- ${one.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`,
  ],
])('policies in one piece of %s are placed without reading it once for each', (_, textFrom) => {
  const policy = (name: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: x}\nspec: {podSelector: {}}\n`
  const bytes = new TextEncoder().encode(textFrom(Array.from({ length: 200 }, (_, index) => policy(`p${index}`))))
  let read = 0
  const large = {
    size: bytes.length,
    window: bytes.length,
    read: (from: number, to: number) => {
      read += Math.min(to, bytes.length) - from
      return bytes.subarray(from, to)
    },
  }
  const { policies } = buildCluster([{ file: 'all.yaml', text: '', large }], [], {})
  expect(policies).toHaveLength(200)
  const before = read
  const lines = policies.map(({ source }) => source.locate(['spec'])?.line)
  expect(new Set(lines).size).toBe(200)
  // The piece once more, and for a list its first lines; never once for each policy
  expect(read - before).toBeLessThan(bytes.length * 3)
})
