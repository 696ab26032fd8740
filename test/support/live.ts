/** What only objects of a cluster have in their metadata: `status` and owners are believed of those. */
export const LIVE = { uid: 'u', resourceVersion: '1' }

/** A pod of the StatefulSet shop/web as a cluster has it, with a label `role`, by which policies may tell it from the others. */
export function partOfWeb(role: string): string {
  return `
apiVersion: v1
kind: Pod
metadata:
  {name: web-${role}, namespace: shop, labels: {role: ${role}}, uid: u, resourceVersion: '1',
   ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: w, controller: true}]}
spec: {containers: [{name: c, image: i}]}
status: {phase: Running}
`
}
