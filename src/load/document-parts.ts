import type { ReadDocument } from './document.js'

/** What came of the parts of a document, as one. */
export function together(parts: readonly ReadDocument[]): ReadDocument {
  const fate = (['error', 'template', 'used'] as const).find((candidate) =>
    parts.some((part) => part.fate === candidate),
  )
  return {
    fate: fate ?? 'irrelevant',
    objects: parts.flatMap(({ objects }) => objects),
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
    otherPolicies: parts.flatMap(({ otherPolicies }) => otherPolicies),
    incomplete: parts.some(({ incomplete }) => incomplete),
    overlay: parts.some(({ overlay }) => overlay),
  }
}
