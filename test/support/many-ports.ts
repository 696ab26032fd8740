import type { Case } from '../reference/generate.js'

/** A policy for nobody, of so many ports that sets of these are kept by number and are not bits. */
const MANY_PORTS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'many-ports', namespace: 'default' },
  spec: {
    podSelector: { matchLabels: { nobody: 'has-this' } },
    ingress: [{ ports: Array.from({ length: 31 }, (_, index) => ({ port: 20_000 + 7 * index })) }],
  },
}

/** The same case with such a policy. */
export function withManyPorts(example: Case): Case {
  return { ...example, objects: [...example.objects, MANY_PORTS] }
}
