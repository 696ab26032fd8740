import { once, remembered } from '../model/once.js'
import type { ClassPolicy } from './classes.js'
import { firstMatchRows } from './first-match.js'
import { lensesOf, type Lenses, type MatrixWorld, type View } from './lens.js'
import type { TierRows } from './tier-rows.js'

const ofWorld = once((world: MatrixWorld) =>
  once((policies: readonly ClassPolicy[]) => {
    const isCertain = policies.every((policy) => isCertainIn(world, policy))
    // What policies name for certain is the same whatever the family, and as things stand as in any case
    const shared = remembered((key: string) => {
      const reading = JSON.parse(key) as View['reading']
      return firstMatchRows(world, lensesOf(world, { family: null, reading, extent: 'value' }), policies)
    })
    return { isCertain, shared }
  }),
)

/** Rows of policies of which the first rule that matches decides; views that see the same have the same. */
export function sharedFirstMatchRows(world: MatrixWorld, lenses: Lenses, policies: readonly ClassPolicy[]): TierRows {
  const { isCertain, shared } = ofWorld(world)(policies)
  // How the Baseline tier is left is no matter of these policies
  const key = JSON.stringify({ ...lenses.most.view.reading, baseline: 'by-direction' })
  return isCertain ? shared(key) : firstMatchRows(world, lenses, policies)
}

/** Whether it is known whom a policy governs and whom its rules name, and none of them has blocks. */
function isCertainIn({ classes: { selectors } }: MatrixWorld, { subjects, rules }: ClassPolicy): boolean {
  const isSure = (members: { readonly sure: readonly number[]; readonly possible: readonly number[] }) =>
    members.sure.length === members.possible.length
  return (
    isSure(subjects) &&
    [...(rules.ingress ?? []), ...(rules.egress ?? [])].every(
      ({ selectors: groups, blocks }) =>
        blocks === null &&
        groups.every((group) => {
          const members = selectors[group]
          return members !== undefined && isSure(members)
        }),
    )
  )
}
