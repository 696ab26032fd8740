import type { Choice } from '../model/choice.js'
import type { Cluster } from '../model/cluster.js'
import type { Diagnostic, Severity } from '../model/diagnostic.js'
import { assemble, buildCluster } from './build-cluster.js'
import { readFiles, type BuildOptions, type Input, type ManifestFile, type ManifestText } from './documents/input.js'
import { remark, severityOf } from './decode/diagnose.js'
import type { TryChoice } from '../model/choice.js'
import type { LoadOptions } from './decode/load-options.js'
import type { FileSystem } from './files/file-system.js'
import { readInputs } from './files/read.js'
import type { ReadProblem } from './files/read-result.js'

/**
 * Reads manifests from a path or several: files, folders (with all that is in them) and `-` for standard input. Never throws for what the
 * input holds: look at the cluster's `diagnostics`.
 */
export function loadCluster(paths: string | readonly string[], options: FileOptions = {}): Cluster {
  return loadPaths(typeof paths === 'string' ? [paths] : paths, options, trialOf(options))
}

/** How a part of an input is tried. */
export function trialOf(options: FileOptions): TryChoice {
  return (choice: Choice): Choice | null => {
    const exclude = [...(options.exclude ?? []), ...choice.exclude]
    const { answerable, workloads, policies } = loadPaths(
      choice.paths,
      { ...options, exclude, onDocument: undefined, with: undefined, without: undefined, label: undefined },
      'trial',
    )
    return answerable && workloads.length > 0
      ? { ...choice, workloads: workloads.length, policies: policies.length }
      : null
  }
}

/** How files are read. */
export interface FileOptions extends LoadOptions {
  readonly readStdin?: ((most: number) => Uint8Array) | undefined
  readonly ownPackage?: string | undefined
  /** The disk if left out. */
  readonly fileSystem?: FileSystem | undefined
  /** Files with objects that are added, or take the place of those of their name. */
  readonly with?: readonly string[] | undefined
}

function loadPaths(roots: readonly string[], options: FileOptions, trying: TryChoice | 'trial'): Cluster {
  return assemble(readInput(roots, options, trying))
}

/** Reads all that a cluster is built from; what `known` holds of the same files is taken from there. */
export function readInput(
  roots: readonly string[],
  options: FileOptions,
  trying: TryChoice | 'trial',
  known?: Input,
): Input {
  const building = { ...options, fromPaths: true, trying }
  const { files, said, excluded } = readPaths(roots, options)
  const documents = readFiles(files, building, known)
  const instead = (options.with ?? []).map((path) => readInstead(path, building))
  return {
    files: [...files, ...instead.flatMap((read) => read.files)],
    documents: [...documents, ...instead.flatMap((read) => read.documents)],
    problems: [...said, ...instead.flatMap((read) => read.problems)],
    options: building,
    excluded,
    roots,
  }
}

/** Reads objects that take the place of others; a file without any is a mistake. */
function readInstead(
  path: string,
  options: BuildOptions & FileOptions,
): Pick<Input, 'files' | 'documents' | 'problems'> {
  const { files, said } = readPaths([path], { ...options, exclude: undefined })
  const documents = readFiles(files, options).map((document) => ({ ...document, isInstead: true as const }))
  const isEmpty = documents.every(({ objects }) => objects.length === 0)
  const problem = remark({ code: 'NP055', message: `\`--with ${path}\` holds no object that is read` })
  return { files, documents, problems: isEmpty ? [...said, problem] : said }
}

/** Reads the files of some paths, and says what was not read. */
function readPaths(roots: readonly string[], options: FileOptions): ReadPaths {
  const { files, problems, warnings, remarks, excluded } = readInputs(roots, {
    readStdin: options.readStdin,
    ownPackage: options.ownPackage,
    maxBytes: options.maxInput,
    maxFiles: options.maxInput,
    exclude: options.exclude,
    followLinks: options.followLinks,
    fileSystem: options.fileSystem,
  })
  const saying = (severity: Severity) => (problem: ReadProblem) => {
    const { code, message, help, file, line, column } = problem
    const place = line === undefined || column === undefined ? null : { line, column }
    return remark({ code, severity, message, help }, file, place)
  }
  const warned = severityOf('NP135', 'warning', options)
  const said = [...problems.map(saying('error')), ...warnings.map(saying(warned)), ...remarks.map(saying('info'))]
  return { files, said, excluded }
}

/** Files that were read, and what there is to say about them. */
export interface ReadPaths {
  readonly files: readonly ManifestFile[]
  readonly said: readonly Diagnostic[]
  readonly excluded: readonly string[]
}

/** Reads manifests from texts: a text, or texts under the names that messages shall call them by. */
export function parseCluster(texts: string | readonly (string | ManifestText)[], options: LoadOptions = {}): Cluster {
  const list = typeof texts === 'string' ? [texts] : texts
  const files = list.map((text, index) => (typeof text === 'string' ? { file: `<text ${index + 1}>`, text } : text))
  return buildCluster(files, [], options)
}
