import type { AllowOnlyAssertion } from '../../model/assertion.js'
import type { SetId } from '../../matrix/connection-sets.js'
import { overlaps, subtract, type AddressRange } from '../../net/ranges.js'
import type { End } from './ends.js'
import { joinTerms, termsOf, type Asked, type PreparedEntry, type Terms } from './entries.js'
import { common } from './faces.js'
import type { Scene } from './scene.js'

/** Addresses outside of which entries say the same. */
export interface OutsidePart extends Terms {
  readonly ranges: readonly AddressRange[]
}

/** Cuts addresses outside wherever what the entries say of them changes. */
export function outsideTerms(
  scene: Scene,
  test: AllowOnlyAssertion,
  entries: readonly PreparedEntry[],
  { subject, ranges }: { readonly subject: End; readonly ranges: readonly AddressRange[] },
  asked: Asked,
): readonly OutsidePart[] {
  const { sets } = scene.world.matrix
  let parts: readonly OutsidePart[] = [{ ranges, permitted: sets.none, required: sets.none, gaps: [] }]
  const add = (given: readonly AddressRange[], terms: Terms) => {
    parts = parts.flatMap((part) => cut(part, given, terms, sets.union))
  }
  for (const prepared of entries) {
    for (const { naming, ranges: narrow, wide } of prepared.outside) {
      if (common(ranges, narrow).length > 0) prepared.isUsed = true
      const outside: End = { kind: 'outside', id: 'external', ranges: narrow }
      const destination = test.kind === 'allowOnlyFrom' ? subject : outside
      const terms = termsOf(scene, test, prepared, naming, destination, asked)
      add(wide, { permitted: terms.permitted, required: sets.none, gaps: [] })
      add(narrow, terms)
    }
  }
  return parts
}

function cut(
  part: OutsidePart,
  given: readonly AddressRange[],
  terms: Terms,
  union: (a: SetId, b: SetId) => SetId,
): readonly OutsidePart[] {
  if (!part.ranges.some((range) => given.some((other) => overlaps(range, other)))) return [part]
  const inside = { ...joinTerms(union, part, terms), ranges: common(part.ranges, given) }
  const rest = subtract(part.ranges, given)
  return rest.length === 0 ? [inside] : [inside, { ...part, ranges: rest }]
}
