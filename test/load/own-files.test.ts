import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCluster, parseCluster } from '../../src/index.js'
import { pod } from '../support/cli-cluster.js'
import { apartFromPolicies } from './manifests.js'

const OWN = ['netpol-sim.yaml', 'netpol-tests.yaml', 'a.netpol-test.yaml', '.netpol-test.yaml', 'netpol-audit.yaml']
const POLICY =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: a}\nspec: {podSelector: {}}\n'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'netpol-sim-own-'))
  writeFileSync(join(root, 'pods.yaml'), pod('a', 'x', {}, null))
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

/** What is said of a text in one of our own files. */
function said(text: string, file = 'netpol-tests.yaml'): readonly string[] {
  const cluster = parseCluster([
    { file: 'pods.yaml', text: pod('a', 'x', {}, null) },
    { file, text },
  ])
  const { diagnostics } = apartFromPolicies(cluster)
  return diagnostics.map(({ code, severity, line, column }) => `${severity} ${code} ${line}:${column}`)
}

describe.each(OWN)('%s hides no object (NP035)', (name) => {
  test('in a folder and named with -f', () => {
    const file = join(root, name)
    writeFileSync(file, POLICY)
    for (const paths of [[root], [join(root, 'pods.yaml'), file]]) {
      const { answerable, diagnostics } = loadCluster(paths)
      expect([answerable, diagnostics]).toMatchObject([false, [{ code: 'NP035', severity: 'error', file, line: 2 }]])
    }
    expect(loadCluster(root, { keepGoing: true })).toMatchObject({ answerable: true, incomplete: true })
    rmSync(file)
  })
})

describe('an object is found', () => {
  test.each([
    ['of any kind', 'apiVersion: v1\nkind: ConfigMap\n', '2:1'],
    ['in a list', 'apiVersion: v1\nkind: List\nitems: []\n', '3:1'],
    ['in a list without a kind', 'items: []\n', '1:1'],
    ['behind other keys', `version: 1\ntests: []\n${POLICY}`, '4:1'],
    ['in a second document', `version: 1\n---\n${POLICY}`, '2:1'],
    ['in a first document', `${POLICY}---\nversion: 1\n`, '5:1'],
    ['in JSON', '{"apiVersion": "v1", "kind": "ConfigMap"}', '1:22'],
    ['with escapes in its keys', '"\\x61piVersion": v1\n"k\\u0069nd": NetworkPolicy\n', '2:1'],
    ['with quoted keys', `'apiVersion': v1\n"kind": Pod\n`, '2:1'],
    ['with another case', 'APIVERSION: v1\nKind: Pod\n', '2:1'],
    ['with tags', '!!str apiVersion: v1\n!!str kind: NetworkPolicy\n', '2:1'],
    ['with binary keys', '!!binary YXBpVmVyc2lvbg==: v1\n!!binary a2luZA==: NetworkPolicy\n', '1:1'],
    ['with explicit keys', '? apiVersion\n: v1\n? kind\n: NetworkPolicy\n', '3:3'],
    ['by a merge', '<<: {apiVersion: v1, kind: NetworkPolicy}\n', '1:1'],
    ['by an anchor', 'a: &a {apiVersion: v1, kind: NetworkPolicy}\n<<: *a\n', '1:4'],
    [
      'behind a separator in a comment of one reader',
      'version: 1 #\u2028apiVersion: v1\u2028kind: NetworkPolicy\n',
      '1:1',
    ],
    ['in what is not YAML for us', 'version: 1\n\tkind: NetworkPolicy\n', '2:1'],
  ])('%s', (_, text, place) => {
    expect(said(text)).toEqual([`error NP035 ${place}`])
  })
})

describe('nothing is found', () => {
  test.each([
    ['in nothing', ''],
    ['in comments', '# kind: NetworkPolicy\n'],
    ['in text', `note: |\n  apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n`],
    ['in a value', 'tests: [{apiVersion: v1, kind: NetworkPolicy}]\n'],
    ['with a kind alone', 'kind: ConfigMap\n'],
    ['in settings', 'inputs: [k8s]\nexclude: ["*.bak"]\nstrict: on\n'],
    ['in assertions', readFileSync('fixtures/scenarios/F-288-empty-documents/netpol-tests.yaml', 'utf8')],
  ])('%s', (_, text) => {
    expect(said(text)).toEqual([])
  })

  test('in a file whose name is only like ours', () => {
    expect(said(POLICY, 'my-netpol-sim.yaml')).not.toContain('error NP035 2:1')
    expect(said(POLICY, 'netpol-sim.yml')).not.toContain('error NP035 2:1')
  })
})
