import type { Cluster } from '../model/cluster.js'
import { buildCluster, type ManifestText } from './cluster.js'
import { remark } from './diagnose.js'
import type { LoadOptions } from './options.js'
import { readInputs, type ReadProblem } from './read.js'

/**
 * Reads manifests from a path or several: files, folders (with all that is in them) and `-` for standard input. Never throws for what the
 * input holds: look at the cluster's `diagnostics`.
 */
export function loadCluster(
  paths: string | readonly string[],
  options: LoadOptions & { readonly readStdin?: ((most: number) => Uint8Array) | undefined } = {},
): Cluster {
  const { files, problems, remarks } = readInputs(typeof paths === 'string' ? [paths] : paths, {
    readStdin: options.readStdin,
    maxBytes: options.maxInput,
    exclude: options.exclude,
  })
  const said = (severity: 'error' | 'info') => (problem: ReadProblem) => {
    const { code, message, help, file, line, column } = problem
    const place = line === undefined || column === undefined ? null : { line, column }
    return remark({ code, severity, message, help }, file, place)
  }
  return buildCluster(files, [...problems.map(said('error')), ...remarks.map(said('info'))], options)
}

/** Reads manifests from texts: a text, or texts under the names that messages shall call them by. */
export function parseCluster(texts: string | readonly (string | ManifestText)[], options: LoadOptions = {}): Cluster {
  const list = typeof texts === 'string' ? [texts] : texts
  const files = list.map((text, index) => (typeof text === 'string' ? { file: `<text ${index + 1}>`, text } : text))
  return buildCluster(files, [], options)
}
