import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeBytes } from '../../src/load/files/decode-bytes.js'
import { splitDocuments } from '../../src/load/documents/split.js'
import { parseJson } from '../../src/syntax/json/parse-json.js'
import type { Value } from '../../src/syntax/text/value.js'
import { parseYaml } from '../../src/syntax/yaml/parse-yaml.js'

type Mapping = Readonly<Record<string, Value>>

/** What we make of one document of a file: its objects, or a refusal; `null` stands for the latter. */
type Ours = readonly (Value | Refused)[]
const REFUSED = Symbol('refused')
type Refused = typeof REFUSED

/** What kubectl makes of a file: its objects, and what it complains of. */
interface Theirs {
  readonly objects: readonly Value[]
  readonly complaints: readonly string[]
}

/** How the two readings of a file relate. */
export interface Comparison {
  readonly outcome:
    'equal' | 'refused by us' | 'refused by kubectl' | 'refused as JSON' | 'refused by both' | 'different'
  readonly detail: string
}

const SENTINEL = 'Sentinel'

/** The version of the kubectl that is on the path; null where there is none. */
export function kubectlVersion(): string | null {
  const { status, stdout } = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' })
  return status === 0 ? (stdout.split('\n')[0] ?? '') : null
}

/** Compares what we and kubectl read in each of some files, with one call of kubectl: files of our own stand between them. */
export function compareWithKubectl(files: readonly Uint8Array[]): readonly Comparison[] {
  const folder = mkdtempSync(join(tmpdir(), 'netpol-sim-'))
  try {
    for (const [index, bytes] of files.entries()) {
      const name = String(index).padStart(6, '0')
      writeFileSync(join(folder, `${name}-a.yaml`), bytes)
      writeFileSync(join(folder, `${name}-b.yaml`), `apiVersion: v1\nkind: ${SENTINEL}\nmetadata: {name: x}\n`)
    }
    const answers = askKubectl(folder, files.length)
    return files.map((bytes, index) => compare(readOurs(bytes), answers[index] ?? { objects: [], complaints: [] }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `kubectl annotate` prints what it would send to the server, file by file in the order of their names. */
function askKubectl(folder: string, files: number): readonly Theirs[] {
  const argv = ['annotate', '--local', '--overwrite', '-f', folder, 'fuzz=x', '-o', 'json']
  const { stdout, stderr } = spawnSync('kubectl', argv, { encoding: 'utf8', maxBuffer: 2 ** 30 })
  const complaints = Array.from({ length: files }, (): string[] => [])
  for (const line of stderr.split('\n')) {
    const number = /\/(\d{6})-a\.yaml/.exec(line)?.[1]
    if (number !== undefined) complaints[Number(number)]?.push(line.replaceAll(folder, ''))
  }
  const groups: Value[][] = [[]]
  for (const text of stdout.split(/(?<=^\}\n)/m)) {
    if (text.trim() === '') continue
    const object = JSON.parse(text) as Mapping
    if (object['kind'] === SENTINEL) groups.push([])
    else groups.at(-1)?.push(object)
  }
  if (groups.length !== files + 1) throw new Error(`kubectl read ${groups.length - 1} of ${files} files: ${stderr}`)
  return complaints.map((said, index) => ({ objects: groups[index] ?? [], complaints: said }))
}

function readOurs(bytes: Uint8Array): Ours {
  const decoded = decodeBytes(bytes)
  if ('problem' in decoded) return [REFUSED]
  return splitDocuments(decoded.text).flatMap(({ text, format }): Ours => {
    const { value, problems } = (format === 'json' ? parseJson : parseYaml)(text, { duplicateKeys: 'error' })
    if (value !== undefined) return value === null ? [] : itemsOf(value)
    if (problems.length === 0) throw new Error(`refused without a problem: ${JSON.stringify(text)}`)
    return [REFUSED]
  })
}

/** Whatever has `items` is a list to kubectl, and empty if they are null; those of a `PodList` need not say that they are pods. */
function itemsOf(value: Value): readonly Value[] {
  if (!isMapping(value) || !Object.hasOwn(value, 'items')) return [value]
  const { items, kind, apiVersion = null } = value
  if (items === null) return []
  if (!Array.isArray(items)) return [value]
  const kindOfItems = typeof kind === 'string' && kind !== 'List' ? kind.replace(/List$/, '') : undefined
  const whole = (item: Value): Value => {
    if (kindOfItems === undefined || (item !== null && !isMapping(item))) return item
    return item !== null && Object.hasOwn(item, 'kind') ? item : { ...item, kind: kindOfItems, apiVersion }
  }
  return (items as readonly Value[]).map(whole).flatMap(itemsOf)
}

function compare(ours: Ours, { objects, complaints }: Theirs): Comparison {
  const refused = ours.includes(REFUSED)
  // It reads no further in a file after a text that is none; what is no object it only leaves out.
  const stopped = complaints.some((line) =>
    /error (?:parsing|converting)|yaml: |json: line|invalid character/.test(line),
  )
  const detail = complaints.join('; ')
  // Before 1.33 it does not go on in YAML where a text begins like JSON and is none.
  if (stopped && complaints.some((line) => line.includes(': json: offset ')))
    return { outcome: 'refused as JSON', detail }
  if (stopped && !refused) return { outcome: 'refused by kubectl', detail }
  const mine = ours.map((value) => (value === REFUSED ? null : { text: canonical(value), certain: isObject(value) }))
  const agree = matches(mine, objects.map(canonical), { skips: complaints.length > 0, stops: stopped })
  if (!agree)
    return { outcome: 'different', detail: `${JSON.stringify(ours)}\nkubectl: ${JSON.stringify(objects)} ${detail}` }
  return { outcome: refused ? (stopped ? 'refused by both' : 'refused by us') : 'equal', detail }
}

/** What has no kind kubectl may leave out, and it does not always say so. */
function isObject(value: Value): boolean {
  return isMapping(value) && typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string'
}

/** Whether two lists of objects are the same, where a refusal of ours (null) stands for whatever kubectl makes of the text. */
function matches(
  ours: readonly ({ readonly text: string; readonly certain: boolean } | null)[],
  theirs: readonly string[],
  may: { readonly skips: boolean; readonly stops: boolean },
): boolean {
  const from = (mine: number, their: number): boolean => {
    if (their === theirs.length && (may.stops || mine === ours.length)) return true
    if (mine === ours.length) return false
    const own = ours[mine] ?? null
    if (own === null) return from(mine + 1, their) || (their < theirs.length && from(mine, their + 1))
    if (own.text === theirs[their] && from(mine + 1, their + 1)) return true
    return (may.skips || !own.certain) && from(mine + 1, their)
  }
  return from(0, 0)
}

/** JSON with sorted keys, without the parts of the metadata that kubectl writes itself. */
function canonical(value: Value): string {
  return JSON.stringify(withoutWritten(value), (_, part: Value) =>
    isMapping(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  )
}

function withoutWritten(object: Value): Value {
  if (!isMapping(object)) return object
  const metadata = object['metadata'] ?? {}
  if (!isMapping(metadata)) return object
  const isWritten = ([key, value]: [string, Value]) =>
    key === 'annotations' || key === 'managedFields' || (key === 'namespace' && (value === null || value === ''))
  return { ...object, metadata: Object.fromEntries(Object.entries(metadata).filter((entry) => !isWritten(entry))) }
}

function isMapping(value: Value): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
