import type { ReadDocument } from './document.js'

/** What comes of a document that says nothing of network policies. */
export const NOTHING: ReadDocument = {
  fate: 'irrelevant',
  objects: [],
  diagnostics: [],
  leftOut: [],
  otherPolicies: [],
  unreadWorkloads: [],
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
    incomplete: parts.some(({ incomplete }) => incomplete) || (fate === 'template' && objects.length > 0),
    unparsed: parts.find(({ unparsed }) => unparsed !== null)?.unparsed ?? null,
    kustomization: parts.find(({ kustomization }) => kustomization !== null)?.kustomization ?? null,
  }
}
