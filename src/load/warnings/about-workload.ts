import type { Workload } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { placeOf } from '../../model/source.js'

/** A remark about a workload, at the place where it begins. */
export function aboutWorkload(workload: Workload, said: Pick<Diagnostic, 'code' | 'severity' | 'message'>): Diagnostic {
  return {
    ...said,
    help: null,
    object: `${workload.kind} ${workload.namespace}/${workload.name}`,
    path: null,
    ...placeOf(workload.source, []),
  }
}
