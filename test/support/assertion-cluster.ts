import { namespace } from './cli-cluster.js'

interface Policy {
  readonly namespace: string
  readonly name: string
  readonly select?: Readonly<Record<string, string>>
  readonly rules: string
}

/** A policy as text: the pods that it selects, and the rest of its spec in YAML's flow style. */
export function policyOf({ namespace: own, name, select = {}, rules }: Policy): string {
  const head = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: ${JSON.stringify({ namespace: own, name })}\n`
  return `${head}spec: {podSelector: ${JSON.stringify({ matchLabels: select })}, ${rules}}\n`
}

interface App {
  readonly namespace: string
  readonly name: string
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: string }[]
  readonly replicas?: number
  readonly hostNetwork?: true
  readonly labels?: Readonly<Record<string, string>>
}

/** A Deployment as text, whose pods have the label `app` of its name. */
export function app({ namespace: own, name, ports = [], replicas = 1, hostNetwork, labels = {} }: App): string {
  const all = { app: name, ...labels }
  const containers = [{ name: 'main', image: 'registry.example/main:1', ports }]
  const spec = { containers, ...(hostNetwork === undefined ? {} : { hostNetwork }) }
  const template = { metadata: { labels: all }, spec }
  const metadata = { name, namespace: own }
  return `${JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas, selector: { matchLabels: all }, template } })}\n`
}

const HTTP = [{ name: 'http', containerPort: 8080 }]

/** A shop whose database lets in its api only, two tenants, monitoring and an agent on the network of its hosts. */
export const SHOP = [
  ...['shop', 'tenant-a', 'tenant-b', 'monitoring'].map((name) => namespace(name)),
  app({ namespace: 'shop', name: 'web', ports: HTTP, replicas: 2 }),
  app({ namespace: 'shop', name: 'api', ports: HTTP }),
  app({ namespace: 'shop', name: 'db', ports: [{ name: 'sql', containerPort: 5432 }] }),
  app({ namespace: 'shop', name: 'mute' }),
  app({ namespace: 'tenant-a', name: 'app', ports: HTTP }),
  app({ namespace: 'tenant-b', name: 'app', ports: HTTP }),
  app({ namespace: 'monitoring', name: 'scraper' }),
  app({ namespace: 'monitoring', name: 'agent', hostNetwork: true }),
  policyOf({
    namespace: 'shop',
    name: 'db',
    select: { app: 'db' },
    rules: 'ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: sql}]}]',
  }),
  ...['tenant-a', 'tenant-b'].map((own) =>
    policyOf({ namespace: own, name: 'own', rules: 'ingress: [{from: [{podSelector: {}}]}]' }),
  ),
].join('---\n')
