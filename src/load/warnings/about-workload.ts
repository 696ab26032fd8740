import type { Workload } from '../../model/cluster.js'
import type { Diagnostic } from '../../model/diagnostic.js'

/** A remark about a workload, at the place where it begins. */
export function aboutWorkload(workload: Workload, said: Pick<Diagnostic, 'code' | 'severity' | 'message'>): Diagnostic {
  const place = workload.source.locate([])
  return {
    ...said,
    help: null,
    object: `${workload.kind} ${workload.namespace}/${workload.name}`,
    path: null,
    file: workload.source.file,
    line: place?.line ?? null,
    column: place?.column ?? null,
  }
}
