import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCluster } from '../../src/index.js'
import { policyName } from '../../src/model/reference.js'
import { decodeBytes } from '../../src/load/files/decode-bytes.js'
import { isJson } from '../../src/syntax/json/parse-json.js'
import { endOfValue, skipBlanks } from '../../src/syntax/json/scan.js'

/** What a file comes to: the policies that kubectl reads from it, and whether we differ without a word. */
export interface Comparison {
  readonly policies: number
  readonly difference: string | null
}

/** What kubectl reads from a file. */
interface Theirs {
  readonly policies: readonly string[]
  /** Whether it gave up on what begins like JSON and is none; since 1.33 it goes on from there in YAML. */
  readonly refusedAsJson: boolean
}

const SENTINEL = 'v1\tSentinel\t'
/** What tells policies of each kind in the answer of kubectl, and whether they are of a namespace. */
const POLICIES = [
  { kind: 'NetworkPolicy', mark: 'networking.k8s.io/v1\tNetworkPolicy\t', hasNamespace: true },
  ...['v1alpha2\tClusterNetworkPolicy', 'v1alpha1\tAdminNetworkPolicy', 'v1alpha1\tBaselineAdminNetworkPolicy'].map(
    (mark) => ({
      kind: mark.split('\t')[1] ?? '',
      mark: `policy.networking.k8s.io/${mark}\t`,
      hasNamespace: false,
    }),
  ),
]
const COLUMNS = String.raw`{.apiVersion}{"\t"}{.kind}{"\t"}{.metadata}{"\n"}`
/** Compares the policies that we and kubectl read in each of some files, with a call of kubectl or two. */
export function silentDifferences(files: readonly Uint8Array[]): readonly Comparison[] {
  const theirs = askKubectl(files)
  const again = files.filter((_, index) => theirs[index]?.refusedAsJson)
  const asYaml = askKubectl(again.map(withoutJson))
  return files.map((bytes, index) => {
    const { policies, refusedAsJson } = theirs[index] ?? { policies: [], refusedAsJson: false }
    const newer = [...policies, ...(asYaml[again.indexOf(bytes)]?.policies ?? [])]
    const readings = refusedAsJson ? [policies, newer] : [policies]
    return compare(bytes, readings)
  })
}

/** What stands behind the objects in JSON with which a text begins, so that any kubectl reads it as YAML. */
function withoutJson(bytes: Uint8Array): Uint8Array {
  const decoded = decodeBytes(bytes)
  const text = 'text' in decoded ? decoded.text : ''
  let start = 0
  for (
    let at = skipBlanks(text, 0), end = endOfValue(text, at);
    isJson(text.slice(at, end));
    end = endOfValue(text, at)
  ) {
    start = end
    at = skipBlanks(text, end)
  }
  return Buffer.from(`# \n${text.slice(start)}`)
}

function askKubectl(files: readonly Uint8Array[]): readonly Theirs[] {
  if (files.length === 0) return []
  const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  try {
    mkdirSync(join(folder, 'in'))
    for (const [index, bytes] of files.entries()) {
      const name = join(folder, 'in', String(index).padStart(6, '0'))
      writeFileSync(`${name}-a.yaml`, bytes)
      // Tells in the answer where the next file begins
      writeFileSync(`${name}-b.json`, '{"apiVersion":"v1","kind":"Sentinel","metadata":{"name":"x"}}')
    }
    return readAnswer(join(folder, 'in'), files.length)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function readAnswer(folder: string, files: number): readonly Theirs[] {
  const argv = ['annotate', '--local', '--overwrite', '-f', folder, 'fuzz=x', '-o', `jsonpath=${COLUMNS}`]
  const { stdout, stderr } = spawnSync('kubectl', argv, { encoding: 'utf8', maxBuffer: 2 ** 30 })
  const found: string[][] = [[]]
  for (const line of stdout.split('\n')) {
    if (line.startsWith(SENTINEL)) found.push([])
    const policy = POLICIES.find(({ mark }) => line.startsWith(mark))
    if (policy !== undefined)
      found.at(-1)?.push(nameOf(policy.kind, line.slice(policy.mark.length), policy.hasNamespace))
  }
  if (found.length !== files + 1) throw new Error(`kubectl read ${found.length - 1} of ${files} files: ${stderr}`)
  const refused = new Set([...stderr.matchAll(/\/(\d{6})-a\.yaml: json: offset /g)].map(([, number]) => Number(number)))
  return found.slice(0, files).map((policies, index) => ({ policies, refusedAsJson: refused.has(index) }))
}

function nameOf(kind: string, metadata: string, hasNamespace: boolean): string {
  const given = metadata.startsWith('{') ? (JSON.parse(metadata) as { namespace?: string; name?: string }) : {}
  const { namespace, name = '' } = given
  if (!hasNamespace) return `${kind} ${name}`
  return `${kind} ${namespace === undefined || namespace === '' ? 'default' : namespace}/${name}`
}

function compare(bytes: Uint8Array, readings: readonly (readonly string[])[]): Comparison {
  const { policies, diagnostics, incomplete } = loadCluster('-', { readStdin: () => bytes })
  // That there is nothing to answer from says nothing where other files are read as well.
  const said = diagnostics.filter(({ code }) => code !== 'NP027')
  const isSaid = said.some(({ severity }) => severity === 'error') || (incomplete && said.length > 0)
  const ours = policies.map((policy) => `${policy.kind} ${policyName(policy)}`)
  // What stands twice is the same object to a cluster.
  const sorted = (names: readonly string[]): string => [...new Set(names)].sort().join()
  const isAlike = readings.some((theirs) => sorted(theirs) === sorted(ours))
  return {
    policies: Math.max(...readings.map(({ length }) => length)),
    difference: isSaid || isAlike ? null : `kubectl reads ${JSON.stringify(readings)}, we read ${JSON.stringify(ours)}`,
  }
}
