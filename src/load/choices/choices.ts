import type { FileDocument } from '../documents/document-result.js'
import { isNamespace, isPolicy, isWorkload, namespaceOf } from '../cluster/object-names.js'
import { chartChoices } from './charts.js'
import type { Choice, Choices, TryChoice } from '../../model/choice.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { literal } from '../files/exclude.js'
import { contentsOf, type FileContent } from './file-contents.js'
import { isBelow, normalPath, parentOf } from '../files/folder-path.js'
import { releaseChoices } from './releases.js'
import { buildOf, kustomizationsOf } from '../documents/kustomization.js'

/** Files that can be read together. */
interface Unit {
  readonly paths: readonly string[]
  readonly exclude: readonly string[]
  readonly files: readonly FileContent[]
}

/** More parts than that nobody tries one after another. */
const MOST_TRIED = 20
/** More files than that are not left out one by one. */
const MOST_EXCLUDED = 3
const MOST_JOINED = 3

/**
 * Finds parts of an input that can be read although all of it cannot, and tries each: the largest folders whose objects
 * do not contradict each other, with folders of policies beside them, and what kustomizations build. `roots` are what the
 * user named; nothing outside of them is offered.
 */
export function choicesOf(
  documents: readonly FileDocument[],
  problems: readonly Diagnostic[],
  roots: readonly string[],
  linked: ReadonlySet<string>,
  tryChoice: TryChoice = (choice) => choice,
): Choices {
  const contents = contentsOf(documents, problems, linked)
  const all = [...contents.values()]
  const units = roots.filter((root) => root !== '-').flatMap((root) => unitsOf(normalPath(root), all, true))
  const joined = units.map((unit) => joinedWith(unit, units))
  const listed = [...joined.map(choiceOf), ...buildsOf(documents, contents, roots, units)]
  const choices = listed
    .filter(({ workloads }) => workloads > 0)
    .sort(
      (a, b) =>
        b.policies - a.policies ||
        b.workloads - a.workloads ||
        lengthOf(a) - lengthOf(b) ||
        compare(keyOf(a), keyOf(b)),
    )
  const seen = new Set<string>()
  const once = choices.filter((choice) => seen.size < seen.add(keyOf(choice)).size)
  const broken = documents.flatMap(({ diagnostics }) => diagnostics.map(({ object }) => object ?? ''))
  const names = [...all.flatMap(({ objects }) => [...objects.keys()]), ...broken].filter(isPolicy)
  const tried = once
    .slice(0, MOST_TRIED)
    .flatMap((choice) => (choice.build === null ? (tryChoice(choice) ?? []) : choice))
  const toRender = tried.length > 0 ? [] : [...chartChoices(documents), ...releaseChoices(documents)]
  return { choices: tried.length > 0 ? tried : toRender, policies: new Set(names).size }
}

/** The largest parts of a folder that can be read, from the folder itself down to single files. */
function unitsOf(folder: string, all: readonly FileContent[], isRoot = false): readonly Unit[] {
  const files = all.flatMap((content) => {
    if (!isBelow(content.file, folder)) return []
    return [content.isLinked && !isRoot ? { ...content, broken: true } : content]
  })
  if (files.every(({ objects }) => objects.size === 0)) return []
  const path = folder === '' ? '.' : folder
  if (canBeRead(files)) return [{ paths: [path], exclude: [], files }]
  if (files.some(({ file }) => file === folder)) return []
  const broken = files.filter((content) => content.broken)
  const rest = files.filter((content) => !content.broken)
  if (broken.length <= MOST_EXCLUDED && canBeRead(rest)) {
    return [{ paths: [path], exclude: broken.map(({ file }) => fromHere(file)), files: rest }]
  }
  const direct = files.filter(({ file }) => parentOf(file) === folder)
  const below = [
    ...new Set(files.filter((content) => !direct.includes(content)).map(({ file }) => childOf(folder, file))),
  ]
  const own: Unit = { paths: [path], exclude: below.length === 0 ? [] : [`${fromHere(folder)}/*/`], files: direct }
  const loose = canBeRead(direct) && direct.length > 1 ? [own] : direct.flatMap(({ file }) => unitsOf(file, direct))
  return [...loose.filter(({ files: few }) => few.length > 0), ...below.flatMap((child) => unitsOf(child, files))]
}

function childOf(folder: string, file: string): string {
  const start = folder === '' || folder.endsWith('/') ? folder : `${folder}/`
  return start + file.slice(start.length, file.indexOf('/', start.length))
}

/** A path as a glob that means itself: without a slash it would be taken for a name at any depth. */
function fromHere(path: string): string {
  if (path === '') return '.'
  return path.includes('/') ? literal(path) : `./${literal(path)}`
}

function canBeRead(files: readonly FileContent[]): boolean {
  const known = new Map<string, number>()
  for (const { objects, broken } of files) {
    if (broken) return false
    for (const [name, number] of objects) {
      if ((known.get(name) ?? number) !== number) return false
      known.set(name, number)
    }
  }
  return known.size > 0
}

/** A unit with those beside it that hold no workloads but policies or namespaces for it, where they can be read together. */
function joinedWith(unit: Unit, units: readonly Unit[]): Unit {
  const namespaces = new Set(namesIn(unit).filter(isWorkload).map(namespaceOf))
  const beside = units.filter((other) => {
    const names = namesIn(other)
    const isUseful = names.some((name) => (isPolicy(name) || isNamespace(name)) && namespaces.has(namespaceOf(name)))
    return other !== unit && isUseful && !names.some(isWorkload)
  })
  let joined = unit
  for (const other of beside.sort((a, b) => policiesIn(b.files) - policiesIn(a.files))) {
    const files = [...joined.files, ...other.files]
    if (joined.paths.length > MOST_JOINED || !canBeRead(files)) continue
    joined = { paths: [...joined.paths, ...other.paths], exclude: [...joined.exclude, ...other.exclude], files }
  }
  return joined
}

function choiceOf({ paths, exclude, files }: Unit): Choice {
  return { paths, exclude, build: null, render: null, workloads: workloadsIn(files), policies: policiesIn(files) }
}

/** What kustomizations that no other takes in would build, where everything that they list was read. */
function buildsOf(
  documents: readonly FileDocument[],
  contents: ReadonlyMap<string, FileContent>,
  roots: readonly string[],
  units: readonly Unit[],
): readonly Choice[] {
  const kustomizations = kustomizationsOf(documents)
  const read = new Set(contents.keys())
  const builds = [...kustomizations]
    .filter(([folder, { isComponent }]) => !isComponent && roots.some((root) => isBelow(folder, normalPath(root))))
    .map(([folder]) => buildOf(folder, kustomizations, read))
  const takenIn = new Set(builds.flatMap(({ takesIn }) => [...takesIn]))
  const offered = new Set(units.flatMap(({ paths }) => (paths.length === 1 ? paths : [])))
  return builds.flatMap(({ folder, files, unread, changes }) => {
    const built = [...files].flatMap((file) => contents.get(file) ?? [])
    const path = folder === '' ? '.' : folder
    if (takenIn.has(folder) || unread.length > 0 || !canBeRead(built) || (!changes && offered.has(path))) return []
    return [
      { paths: [], exclude: [], build: path, render: null, workloads: workloadsIn(built), policies: policiesIn(built) },
    ]
  })
}

function namesIn({ files }: Unit): readonly string[] {
  return files.flatMap(({ objects }) => [...objects.keys()])
}

function workloadsIn(files: readonly FileContent[]): number {
  return new Set(files.flatMap(({ objects }) => [...objects.keys()].filter(isWorkload))).size
}

function policiesIn(files: readonly FileContent[]): number {
  return new Set(files.flatMap(({ objects }) => [...objects.keys()].filter(isPolicy))).size
}

function lengthOf({ paths, exclude, build }: Choice): number {
  return paths.length + 2 * exclude.length + (build === null ? 0 : 2)
}

function keyOf({ paths, exclude, build }: Choice): string {
  return [build ?? '', [...paths].sort().join('\n'), exclude.join('\n')].join('\0')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
