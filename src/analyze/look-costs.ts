import type { PodClass } from '../matrix/classes.js'
import type { Spend } from '../matrix/budget.js'
import { lazy } from '../model/once.js'

/** Looking closely at a cell takes as long as going over so many. */
export const CELLS_OF_A_LOOK = 30
/** At a host it takes longer: nodes are compared, and what was found for one pair is not kept for others. */
const CELLS_AT_A_HOST = 100

interface OfClass {
  readonly podClass: PodClass
}

/**
 * Spends, once, what looks at pairs take of which it is known before the first that nearly all of them are looked at: at pairs
 * with hosts, and at all of them where a mesh is concerned.
 */
export function spendingFirst(
  spend: Spend,
  kinds: readonly { readonly kind: OfClass }[],
  columns: readonly OfClass[],
  isMeshed: boolean,
): () => void {
  return lazy(() => {
    const hosts = columns.filter(isHost).length
    const looks = kinds.reduce((sum, { kind }) => sum + (isHost(kind) ? columns.length : hosts), 0)
    spend(CELLS_AT_A_HOST * looks)
    if (isMeshed) spend(CELLS_OF_A_LOOK * kinds.length * columns.length)
  })
}

function isHost({ podClass: { pod } }: OfClass): boolean {
  return pod.hostNetwork
}
