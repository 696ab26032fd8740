import type { Direction } from '../../model/direction.js'
import { DIRECTIONS } from '../../model/direction.js'
import type { RuleForm } from '../../policy/rule-form.js'
import { classOf } from '../class-matrix.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { SIDES, type JointWorld, type SideName } from './joint-world.js'
import type { Mixtures } from './mixtures.js'

/** Whether some policy that differs may govern an endpoint in a direction. */
export type Touched = (pair: EndpointPair, direction: Direction) => boolean

/**
 * Finds the endpoints that policies which differ may govern: nothing else can have changed where only policies differ. Null where
 * endpoints, namespaces, nodes or settings differ as well.
 */
export function touchedBy(
  world: JointWorld,
  { policies, onlyPolicies }: Mixtures,
  pairs: readonly EndpointPair[],
): Touched | null {
  if (!onlyPolicies(pairs)) return null
  const classes: Record<SideName, Record<Direction, Set<number>>> = {
    base: { ingress: new Set(), egress: new Set() },
    head: { ingress: new Set(), egress: new Set() },
  }
  for (const name of SIDES) {
    const changed = new Set(
      policies.flatMap((policy): readonly (RuleForm | null)[] => (policy.edits.length > 0 ? [policy[name]] : [])),
    )
    const { compiled, classes: own } = world[name].matrix
    for (const [index, form] of compiled.policies.entries()) {
      if (!changed.has(form)) continue
      for (const direction of DIRECTIONS) {
        if (!form.applies[direction]) continue
        for (const number of own.policies[index]?.subjects.possible ?? []) classes[name][direction].add(number)
      }
    }
  }
  return (pair, direction) =>
    SIDES.some((name) => {
      const end = pair[name]
      return end !== null && classes[name][direction].has(classOf(world[name].matrix.classes, end.party).number)
    })
}
