import type { Cluster } from '../model/cluster.js'

/** One line on what was read: `loaded 12 policies, 34 workloads, 5 namespaces from 48 files (3 documents skipped)`. */
export function loadedLine({ policies, workloads, namespaces, inventory }: Cluster): string {
  const { files, irrelevant, template, error } = inventory
  const skipped = irrelevant + template + error
  const what = [
    count(policies.length, 'policy', 'policies'),
    count(workloads.length, 'workload', 'workloads'),
    count(namespaces.size, 'namespace', 'namespaces'),
  ].join(', ')
  const left = skipped === 0 ? '' : ` (${count(skipped, 'document', 'documents')} skipped)`
  return `loaded ${what} from ${count(files, 'file', 'files')}${left}`
}

/** What became of every document, for `-v`: `10 documents: 5 used, 2 irrelevant, 1 empty, 1 template, 1 with errors`. */
export function inventoryLine({ inventory: { used, irrelevant, empty, template, error } }: Cluster): string {
  const all = count(used + irrelevant + empty + template + error, 'document', 'documents')
  const templates = count(template, 'template', 'templates')
  return `${all}: ${used} used, ${irrelevant} irrelevant, ${empty} empty, ${templates}, ${error} with errors`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
