import { selects } from '../../engine/selectors.js'
import { canBe } from '../../engine/truth.js'
import type { Cluster } from '../../model/cluster.js'
import { DIRECTIONS, type Direction } from '../../model/direction.js'
import { grouped } from '../../model/grouped.js'
import { governingIndex } from '../../policy/governing-index.js'
import type { RuleForm } from '../../policy/rule-form.js'
import type { EndpointPair } from './endpoint-pairs.js'
import { workloadOf } from './groups.js'
import { SIDES } from './joint-world.js'

/** The endpoints that some policy which differs may govern, by the direction in which it does. */
export type Touched = Readonly<Record<Direction, ReadonlySet<EndpointPair>>>

/** Finds the endpoints that policies may govern; both sides have the same endpoints and namespaces. */
export function touchedBy(
  changed: readonly RuleForm[],
  cluster: Pick<Cluster, 'namespaces'>,
  pairs: readonly EndpointPair[],
): Touched {
  const touched = { ingress: new Set<EndpointPair>(), egress: new Set<EndpointPair>() }
  const inNamespace = grouped(pairs, (pair) => workloadOf(pair).namespace)
  for (const [home, forms] of grouped(changed, (form) => form.home)) {
    const candidates = governingIndex(forms, (form) => [form])
    for (const pair of home === null ? pairs : (inNamespace.get(home) ?? [])) {
      // Nothing tells the pods of an endpoint apart
      const pods = SIDES.flatMap((name) => pair[name]?.party.pods.slice(0, 1) ?? [])
      for (const { ref, subject, subjectPath, applies } of candidates(pods)) {
        const directions = DIRECTIONS.filter((direction) => applies[direction] && !touched[direction].has(pair))
        const site = { policy: ref, path: subjectPath }
        const mayGovern = () => pods.some((pod) => canBe(true, selects(subject, home, cluster, pod, site)))
        if (directions.length > 0 && mayGovern()) for (const direction of directions) touched[direction].add(pair)
      }
    }
  }
  return touched
}
