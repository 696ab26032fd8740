import type { ConnectionSets, SetId } from '../../matrix/connection-sets.js'
import type { AdmittedCertainty } from '../../model/assertion.js'
import { CERTAINTIES, type Certainty } from '../../model/verdict.js'
import type { Face } from './faces.js'

/** What is open for sure and what may be, once a test has said what uncertainty it admits. */
export interface Sight {
  readonly sure: SetId
  readonly possible: SetId
}

/** Looks at a face; ports of an admitted mark count as they stand. */
export function sightOf(sets: ConnectionSets, face: Face, admitted: AdmittedCertainty | null): Sight {
  const { open, undefinedPorts, indeterminatePorts } = face
  if (undefinedPorts === sets.none && indeterminatePorts === sets.none) return { sure: open, possible: open }
  const unsure = sets.union(
    admitted === 'undefined' ? sets.none : undefinedPorts,
    admitted === 'indeterminate' ? sets.none : indeterminatePorts,
  )
  return { sure: sets.minus(open, unsure), possible: sets.union(open, unsure) }
}

/** The worst mark that some ports of a face have. */
export function markOf(sets: ConnectionSets, face: Face, ports: SetId): Certainty {
  const has = (marked: SetId) => sets.intersect(marked, ports) !== sets.none
  const marks: Readonly<Record<Certainty, boolean>> = {
    certain: true,
    undefined: has(face.undefinedPorts),
    indeterminate: has(face.indeterminatePorts),
  }
  return CERTAINTIES.findLast((mark) => marks[mark]) ?? 'certain'
}
