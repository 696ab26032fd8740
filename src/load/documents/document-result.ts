import type { Diagnostic } from '../../model/diagnostic.js'
import type { ObjectName } from '../../model/cluster.js'
import type { Position } from '../../model/source.js'
import type { ChartRelease, ChartSource } from '../decode/chart-release.js'
import type { ReadObject } from '../decode/decode.js'
import type { Kustomization } from './kustomization.js'

/** An object that is left out, with everything that is wrong with it. */
export interface LeftOutObject {
  /** Null where it has no name that a question could ask for. */
  readonly name: ObjectName | null
  /** Its kind; of what is encrypted, `file` or `document`. */
  readonly what: string
  readonly diagnostics: readonly Diagnostic[]
}

/** What became of a document; the sum over all documents must be right. */
export type Fate = 'used' | 'irrelevant' | 'empty' | 'template' | 'error'

/** Everything that came of one document. */
export interface ReadDocument {
  readonly fate: Fate
  readonly objects: readonly ReadObject[]
  readonly diagnostics: readonly Diagnostic[]
  /** Objects that the API server would refuse, and that an answer can do without. */
  readonly leftOut: readonly LeftOutObject[]
  /** Policies of other systems, by kind. */
  readonly otherPolicies: readonly string[]
  /** Objects that make pods, of kinds that are not read. */
  readonly unreadWorkloads: readonly string[]
  /** Charts that it has installed, and where charts are: what comes of them is not in the input. */
  readonly releases: readonly ChartRelease[]
  readonly chartSources: readonly ChartSource[]
  /** Something that may matter was left out. */
  readonly incomplete: boolean
  /** Set for a kustomization: what it lists, and whether it changes the manifests beside it, which were read unmodified. */
  readonly kustomization: Kustomization | null
  /** Where and why the text is at fault, if it could not be parsed. */
  readonly unparsed: (Position & { readonly reason?: string | undefined }) | null
}

/** What was read of a document, with its file. */
export interface FileDocument extends ReadDocument {
  readonly file: string
  /** Its objects take the place of those of their name (what-if). */
  readonly isInstead?: true
}

/** What comes of a document that says nothing of network policies. */
export const NOTHING: ReadDocument = {
  fate: 'irrelevant',
  objects: [],
  diagnostics: [],
  leftOut: [],
  otherPolicies: [],
  unreadWorkloads: [],
  releases: [],
  chartSources: [],
  incomplete: false,
  unparsed: null,
  kustomization: null,
}

/** What comes of a document that was not even parsed, because its kind decides nothing. */
export const SKIPPED: ReadDocument = { ...NOTHING }

/** What came of the parts of a document, as one; what is a template beside objects that are used leaves the answer incomplete. */
export function together(parts: readonly ReadDocument[]): ReadDocument {
  const [only] = parts
  if (only !== undefined && parts.length === 1 && only.fate !== 'empty') return only
  const fate = (['error', 'template', 'used'] as const).find((candidate) =>
    parts.some((part) => part.fate === candidate),
  )
  const objects = parts.flatMap((part) => part.objects)
  return {
    fate: fate ?? 'irrelevant',
    objects,
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
    otherPolicies: parts.flatMap(({ otherPolicies }) => otherPolicies),
    unreadWorkloads: parts.flatMap(({ unreadWorkloads }) => unreadWorkloads),
    releases: parts.flatMap(({ releases }) => releases),
    chartSources: parts.flatMap(({ chartSources }) => chartSources),
    incomplete: parts.some(({ incomplete }) => incomplete) || (fate === 'template' && objects.length > 0),
    unparsed: parts.find(({ unparsed }) => unparsed !== null)?.unparsed ?? null,
    kustomization: parts.find(({ kustomization }) => kustomization !== null)?.kustomization ?? null,
  }
}
