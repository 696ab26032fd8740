import type { Cluster } from '../model/cluster.js'
import { buildCluster, type ManifestText } from './cluster.js'
import { remark } from './diagnose.js'
import type { LoadOptions } from './options.js'
import { readInputs } from './read.js'

/**
 * Reads manifests from a path or several: files, folders (with all that is in them) and `-` for standard input. Never throws for what the
 * input holds: look at the cluster's `diagnostics`.
 */
export function loadCluster(
  paths: string | readonly string[],
  options: LoadOptions & { readonly readStdin?: (() => Uint8Array) | undefined } = {},
): Cluster {
  const { files, problems } = readInputs(typeof paths === 'string' ? [paths] : paths, {
    readStdin: options.readStdin,
    maxBytes: options.maxInput,
  })
  const unread = problems.map(({ code, message, help, file, line, column }) =>
    remark(
      { code, severity: 'error', message, help },
      file,
      line === undefined || column === undefined ? null : { line, column },
    ),
  )
  return buildCluster(files, unread, options)
}

/** Reads manifests from texts: a text, or texts under the names that messages shall call them by. */
export function parseCluster(texts: string | readonly (string | ManifestText)[], options: LoadOptions = {}): Cluster {
  const list = typeof texts === 'string' ? [texts] : texts
  const files = list.map((text, index) => (typeof text === 'string' ? { file: `<text ${index + 1}>`, text } : text))
  return buildCluster(files, [], options)
}
