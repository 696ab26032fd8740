import type { Cluster } from '../model/cluster.js'
import { BOOLEAN, FUNCTION, OBJECT, SIZE, TEXT, TEXTS, wrongArgument, type Expected } from '../model/arguments.js'
import { buildCluster } from './build-cluster.js'
import type { ManifestText } from './documents/input.js'
import { remark } from './decode/diagnose.js'
import { globsProblem } from './files/exclude.js'
import { loadCluster as load, parseCluster as parse } from './load.js'
import { checkDnsLabel } from './decode/validation.js'
import type { LoadOptions } from './decode/load-options.js'

/** How {@link loadCluster} reads. Everything may be left out. */
export type ReadingOptions = NonNullable<Parameters<typeof load>[1]>

const PARSE_OPTIONS = {
  namespace: TEXT,
  lenient: BOOLEAN,
  manifests: BOOLEAN,
  strict: BOOLEAN,
  keepGoing: BOOLEAN,
  maxInput: SIZE,
  exclude: TEXTS,
  followLinks: BOOLEAN,
  lint: OBJECT,
  without: TEXTS,
  label: TEXTS,
  onDocument: FUNCTION,
} satisfies Readonly<Record<keyof LoadOptions, unknown>>

/**
 * Reads manifests from a path or several: files, folders (with all that is in them) and `-` for standard input. Never throws
 * for what the input holds, nor for wrong arguments: look at the cluster's `diagnostics`.
 */
export function loadCluster(paths: string | readonly string[], options: ReadingOptions = {}): Cluster {
  const isPaths = typeof paths === 'string' || TEXTS.fits(paths)
  const wrong = isPaths ? wrongOptions(options, { with: TEXTS }) : 'the paths must be a text or a list of texts'
  return wrong === null ? load(paths, options) : refused(wrong)
}

/** Reads manifests from texts: a text, or texts under the names that messages shall call them by. */
export function parseCluster(texts: string | readonly (string | ManifestText)[], options: LoadOptions = {}): Cluster {
  const isTexts = typeof texts === 'string' || (Array.isArray(texts) && texts.every(isManifest))
  const wrong = isTexts ? wrongOptions(options) : 'the texts must be a text, or a list of texts and of { file, text }'
  return wrong === null ? parse(texts, options) : refused(wrong)
}

function isManifest(text: unknown): boolean {
  return (
    typeof text === 'string' || wrongArgument('a text', text, { file: TEXT, text: TEXT }, ['file', 'text']) === null
  )
}

function wrongOptions(options: ReadingOptions, more: Readonly<Record<string, Expected>> = {}): string | null {
  const wrong = wrongArgument('the options', options, { ...PARSE_OPTIONS, ...more, readStdin: FUNCTION })
  if (wrong !== null) return wrong
  const complaint = options.namespace === undefined ? null : checkDnsLabel(options.namespace)
  if (complaint !== null) return `\`namespace\` ${complaint}`
  return globsProblem(options.exclude ?? [])?.message ?? null
}

function refused(message: string): Cluster {
  return buildCluster([], [remark({ code: 'NP030', message })], {})
}
