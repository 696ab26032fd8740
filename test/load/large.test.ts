import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCluster, parseCluster, type Cluster } from '../../src/index.js'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-large-'))
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

/** Two million characters that are in no way special, on lines of their own. */
const FILLER = Array.from({ length: 20_000 }, (_, line) => `ü ${'x'.repeat(96)} ${line % 7}`)
const NAMES = Array.from({ length: 18 }, (_, number) => (number === 7 ? 'BAD' : `pod-${number}`))

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

const jsonPod = (name: string) =>
  JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { annotations: Object.fromEntries(FILLER.map((line, at) => [`a${at}`, line])), name, namespace: 'x' },
    },
    null,
    2,
  )

const policy =
  '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: x}\nspec: {podSelector: {}}\n'

const INPUTS: Readonly<Record<string, () => string>> = {
  'a list in YAML': () =>
    `apiVersion: v1\nitems:\n${NAMES.map((name) => `- ${yamlPod(name, '  ')}\n`).join('')}kind: List\nmetadata:\n  a: b\n${policy}`,
  'a list in YAML with indented items': () =>
    `apiVersion: v1\nkind: List\nitems:\n${NAMES.map((name) => `  - ${yamlPod(name, '    ')}\n`).join('')}${policy}`,
  'a list in JSON': () =>
    `{\n"apiVersion": "v1",\n"items": [\n${NAMES.map(jsonPod).join(',\n')}\n],\n"kind": "List"}\n${policy}`,
  'documents of YAML': () => policy + NAMES.map((name) => `---\n# c\n${yamlPod(name, '')}\n`).join(''),
  'objects of JSON': () => `${NAMES.map(jsonPod).join('\n')}\n`,
}

function facts({ workloads, policies, diagnostics, inventory }: Cluster) {
  const sources = [...workloads, ...policies].map(({ source }) => [
    source.locate([]),
    source.locate(['metadata', 'name']),
  ])
  return { ids: workloads.map(({ id }) => id), sources, diagnostics, inventory }
}

describe('a file that is too large for one text is read in pieces', () => {
  test.each(Object.entries(INPUTS))('%s, and says what it says as a text', (name, make) => {
    const text = make()
    const path = join(root, name)
    writeFileSync(path, text)
    const read = loadCluster(path, { keepGoing: true })
    expect(read.workloads).toHaveLength(NAMES.length - 1)
    expect(read.excerpt(path, 1)).toBeNull()
    expect(facts(read)).toEqual(facts(parseCluster([{ file: path, text }], { keepGoing: true })))
  })

  test('from standard input as well', () => {
    const text = `{"apiVersion": "v1", "kind": "PodList", "items": [${NAMES.slice(0, 6).map(jsonPod).join(',')}]}`
    const bytes = Buffer.from(text + ' '.repeat(2 ** 25))
    expect(loadCluster('-', { readStdin: () => bytes }).workloads).toHaveLength(6)
  })

  test('bytes that are not UTF-8 are refused at their place', () => {
    const path = join(root, 'bad.yaml')
    const text = Buffer.from(INPUTS['documents of YAML']?.() ?? '')
    const at = text.indexOf('pod-16')
    text[at] = 0xff
    writeFileSync(path, text)
    const { diagnostics } = loadCluster(path)
    const line = text.subarray(0, at).toString('latin1').split('\n').length
    expect(diagnostics).toMatchObject([{ code: 'NP011' }, { code: 'NP002', line, column: 9 }])
  })

  test('one object that is larger than any may be is NP028', () => {
    const path = join(root, 'one.yaml')
    writeFileSync(
      path,
      `${policy}---\n# c\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n${'  - x\n'.repeat(6_000_000)}${policy}`,
    )
    const cluster = loadCluster(path)
    expect(cluster.diagnostics).toMatchObject([
      {
        code: 'NP028',
        line: 6,
        message: 'the object is larger than 3 MiB',
        help: 'raise the limit with `--max-input`',
      },
    ])
    expect(cluster.inventory).toMatchObject({ used: 2, error: 1 })
  })
})
