// What the policies of the bench are made of.

/** An entry of `ports`. */
export const TCP = (port, endPort) => ({ protocol: 'TCP', port, ...(endPort === undefined ? {} : { endPort }) })
/** The rule of `egress` that lets names be looked up. */
export const DNS = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'UDP', port: 53 }, TCP(53)],
}

/** A list of so many things. */
export function range(length, make) {
  return Array.from({ length }, (_, index) => make(index))
}

/** A policy for the pods with these labels, which judges the directions of which it has rules. */
export function policy(namespace, name, labels, rules) {
  const policyTypes = Object.keys(rules).map((direction) => (direction === 'ingress' ? 'Ingress' : 'Egress'))
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector: selector(labels), policyTypes, ...rules },
  }
}

/** The entry of `from` or `to` for the pods of the namespace with these labels. */
export const pods = (labels) => ({ podSelector: selector(labels) })

/** The same for all pods of the namespaces with these labels. */
export const namespacesWith = (labels) => ({ namespaceSelector: selector(labels) })

/** The selector of `key=value,key=value`. */
function selector(labels) {
  const pairs = labels === '' ? [] : labels.split(',').map((label) => label.split('='))
  return pairs.length === 0 ? {} : { matchLabels: Object.fromEntries(pairs) }
}

/** A block with an exception; half of them lie where live pods have their addresses. */
export function block(random) {
  const octet = random.below(2) === 0 ? `10.${random.below(2)}` : `${20 + random.below(150)}.${random.below(256)}`
  const third = random.below(16) * 16
  return { ipBlock: { cidr: `${octet}.${third}.0/20`, except: [`${octet}.${third + random.below(16)}.0/24`] } }
}
