import { normalPath, parentOf } from '../files/folder-path.js'
import { changesObjects } from './document-checks.js'
import type { Value } from '../../syntax/text/value.js'

/** What a kustomization says of the manifests around it, as far as it is looked at. */
export interface Kustomization {
  /** Files, folders and addresses that it builds from. */
  readonly lists: readonly string[]
  /** Files that it patches other objects with. */
  readonly patches: readonly string[]
  /** Building it changes names, namespaces, labels or contents. */
  readonly changes: boolean
  /** A component is built by others only. */
  readonly isComponent: boolean
}

/** What comes together when a kustomization is built. */
export interface Build {
  readonly folder: string
  /** Every file that it is built from, and those of the kustomizations that it lists. */
  readonly files: ReadonlySet<string>
  /** What is listed and was not read, be it elsewhere or of another name. */
  readonly unread: readonly string[]
  readonly changes: boolean
  /** The folders of the kustomizations that it takes in. */
  readonly takesIn: ReadonlySet<string>
}

/** Only a file of such a name is built; kustomize does not look at any other. */
export function isKustomizationFile(file: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(file)
}

export function readKustomization(value: Readonly<Record<string, Value>>): Kustomization {
  const lists = ['resources', 'bases', 'components'].flatMap((key) => {
    const list = Object.hasOwn(value, key) ? value[key] : undefined
    return Array.isArray(list) ? list.filter((item: Value) => typeof item === 'string') : []
  })
  const isComponent = Object.hasOwn(value, 'kind') && value['kind'] === 'Component'
  return { lists, patches: patchesOf(value), changes: changesObjects(value), isComponent }
}

/** The files that `patches`, `patchesStrategicMerge` and `patchesJson6902` name. */
function patchesOf(value: Readonly<Record<string, Value>>): readonly string[] {
  return ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((key) => {
    const list = Object.hasOwn(value, key) ? value[key] : undefined
    return (Array.isArray(list) ? (list as readonly Value[]) : []).flatMap((item) => {
      const path = typeof item === 'string' ? item : mappingOf(item)['path']
      return typeof path === 'string' && !path.includes('\n') ? [path] : []
    })
  })
}

/** Follows what a kustomization lists; folders and files are normal paths. */
export function buildOf(
  folder: string,
  kustomizations: ReadonlyMap<string, Kustomization>,
  read: ReadonlySet<string>,
): Build {
  const files = new Set<string>()
  const takesIn = new Set<string>()
  const unread: string[] = []
  let changes = false
  const open = [folder]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const kustomization = kustomizations.get(at)
    if (kustomization === undefined) continue
    changes ||= kustomization.changes
    for (const listed of kustomization.lists) {
      const path = pathFrom(at, listed)
      if (read.has(path)) files.add(path)
      else if (!kustomizations.has(path)) unread.push(listed)
      else if (path !== folder && !takesIn.has(path)) {
        takesIn.add(path)
        open.push(path)
      }
    }
  }
  return { folder, files, unread, changes, takesIn }
}

/** Where a path that a kustomization names leads, from the folder of the kustomization. */
function pathFrom(folder: string, listed: string): string {
  return normalPath(listed.startsWith('/') ? listed : `${folder}${folder === '' || folder === '/' ? '' : '/'}${listed}`)
}

/** The files that kustomizations name as patches and none as a resource, with the kustomization that does. */
export function patchFiles(
  documents: readonly { readonly file: string; readonly kustomization: Kustomization | null }[],
): ReadonlyMap<string, string> {
  const patches = new Map<string, string>()
  const named = documents.flatMap(({ file, kustomization }) =>
    kustomization === null ? [] : [{ file, kustomization }],
  )
  for (const { file, kustomization } of named)
    for (const patch of kustomization.patches) patches.set(pathFrom(parentOf(normalPath(file)), patch), file)
  for (const { file, kustomization } of named)
    for (const listed of kustomization.lists) patches.delete(pathFrom(parentOf(normalPath(file)), listed))
  return patches
}

/** The kustomizations of documents by the folder in which they stand. */
export function kustomizationsOf(
  documents: readonly { readonly file: string; readonly kustomization: Kustomization | null }[],
): ReadonlyMap<string, Kustomization> {
  return new Map(
    documents.flatMap(({ file, kustomization }) =>
      kustomization === null || !isKustomizationFile(file)
        ? []
        : [[parentOf(normalPath(file)), kustomization] as const],
    ),
  )
}

const LOCAL = 'config.kubernetes.io/local-config'

/** Whether an object is for tools only: kustomize leaves it out of what it builds, unless the annotation says `false`. */
export function isLocal({ metadata }: Readonly<Record<string, Value>>): boolean {
  const annotations = mappingOf(mappingOf(metadata)['annotations'])
  return Object.hasOwn(annotations, LOCAL) && annotations[LOCAL] !== 'false'
}

function mappingOf(value: Value | undefined): Readonly<Record<string, Value>> {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isMapping ? (value as Readonly<Record<string, Value>>) : {}
}
