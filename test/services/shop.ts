import { check, parseCluster, type CheckResult, type Cluster } from '../../src/index.js'

/** A Deployment `shop/NAME` whose pods have the label `app=LABEL`. */
export function deployment(name: string, label = name, ports = '{containerPort: 8080, name: http}'): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${label}}}
  template:
    metadata: {labels: {app: ${label}, name: ${name}}}
    spec: {containers: [{name: c, image: i, ports: [${ports}]}]}
`
}

/** A Service `shop/NAME` with a spec in flow style. */
export function service(name: string, spec: string, more = ''): string {
  return `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop${more === '' ? '' : ', uid: u, resourceVersion: "1"'}}
spec: {${spec}}
${more}`
}

/** A policy of `shop` on pods of an app; the rest is its spec in flow style. */
export function policy(app: string, rest: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: on-${app}, namespace: shop}
spec: {podSelector: {matchLabels: {app: ${app}}}, ${rest}}
`
}

export function clusterOf(...parts: readonly string[]): Cluster {
  return parseCluster(parts.join('---\n'))
}

/** What a question is answered with, in a few words: the verdict, then each flow; or the message and its help. */
export function told(cluster: Cluster, from: string, to: string): string {
  const { verdict, certainty, flows, diagnostics } = check(cluster, { from, to }, { namespace: 'shop' })
  if (verdict === null) {
    const last = diagnostics.at(-1)
    return `${last?.code ?? ''} ${last?.message ?? ''}; ${last?.help ?? ''}`
  }
  const each = flows.map((flow) => `${flow.verdict} ${flow.to.name}:${flow.port}/${flow.protocol}`)
  return `${verdict}${certainty === 'certain' ? '' : ` ${certainty}`}: ${each.join(', ')}`
}

/** The codes of all notes of an answer, each once. */
export function codesOf({ flows }: CheckResult): readonly string[] {
  return [...new Set(flows.flatMap(({ notes }) => notes.map(({ code }) => code)))]
}
