import type { Choice } from '../model/choice.js'
import type { Cluster } from '../model/cluster.js'
import type { Diagnostic, Severity } from '../model/diagnostic.js'
import { buildCluster } from './build-cluster.js'
import type { ManifestFile, ManifestText } from './documents/input.js'
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
      { ...options, exclude, onDocument: undefined },
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
}

function loadPaths(roots: readonly string[], options: FileOptions, trying: TryChoice | 'trial'): Cluster {
  const { files, said, excluded } = readPaths(roots, options)
  return buildCluster(files, said, { ...options, fromPaths: true, trying }, excluded, roots)
}

/** Reads the files of some paths, and says what was not read. */
export function readPaths(roots: readonly string[], options: FileOptions): ReadPaths {
  const { files, problems, warnings, remarks, excluded } = readInputs(roots, {
    readStdin: options.readStdin,
    ownPackage: options.ownPackage,
    maxBytes: options.maxInput,
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
