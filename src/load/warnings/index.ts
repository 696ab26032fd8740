import type { Diagnostic } from '../../model/diagnostic.js'
import { contradictions } from './contradictions.js'
import { defaultNamespace } from './default-namespace.js'
import { livePods } from './live-pods.js'
import { policiesOfCluster } from './policies-of-cluster.js'
import { portNames } from './port-names.js'
import type { Remark, RemarkContext } from './remark-context.js'
import { selectedPods } from './selected-pods.js'
import { splitPeers } from './split-peers.js'
import { tiers } from './tiers.js'
import { unknownNamespaces } from './unknown-namespaces.js'
import { doubledPortNames, noPolicies, scaledToZero } from './workload-remarks.js'

const REMARKS: readonly Remark[] = [
  defaultNamespace,
  noPolicies,
  unknownNamespaces,
  tiers,
  selectedPods,
  policiesOfCluster,
  contradictions,
  splitPeers,
  portNames,
  doubledPortNames,
  scaledToZero,
  livePods,
]

/** Everything that the input as a whole gives reason to say. */
export function remarksOn(context: RemarkContext): readonly Diagnostic[] {
  return REMARKS.flatMap((remark) => remark(context))
}
