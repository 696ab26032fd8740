import type { ReadObject } from '../decode/decode.js'
import type { Cluster } from '../../model/cluster.js'
import type { Code } from '../../codes/entries.js'
import type { Diagnostic, Severity } from '../../model/diagnostic.js'
import type { Policy } from '../../model/policy-kinds.js'
import { policyName } from '../../model/reference.js'
import { formatPath, placeOf, type Path } from '../../model/source.js'
import type { Collection } from '../cluster/collect.js'
import type { MentionedValues } from '../cluster/template-pods.js'

/** What remarks about the whole input can look at. */
export interface RemarkContext {
  readonly cluster: Pick<Cluster, 'namespaces' | 'workloads' | 'policies' | 'nodes'>
  readonly collection: Collection
  /** The label values that selectors of policies mention, by key. */
  readonly mentioned: MentionedValues
  readonly objects: readonly ReadObject[]
  /** Whether no document was refused, or what was refused is left out on purpose. */
  readonly isRead: boolean
  /** Namespaces of which a workload was left out: nobody knows all of their pods. */
  readonly incompleteIn: ReadonlySet<string>
  /** Whether the user chose the namespace of objects that name none. */
  readonly namespaceChosen: boolean
}

/** Looks at the input as a whole and says what is probably not meant. */
export type Remark = (context: RemarkContext) => readonly Diagnostic[]

/** A remark about a field of a policy. */
export function aboutPolicy(
  policy: Policy,
  path: Path,
  said: { readonly code: Code; readonly severity: Severity; readonly message: string; readonly help?: string },
): Diagnostic {
  return {
    help: null,
    ...said,
    object: `${policy.kind} ${policyName(policy)}`,
    path: formatPath(path),
    ...placeOf(policy.source, path),
  }
}
