import type { NoteCode } from '../../model/note.js'

/** What each note says of the thing that it is about. */
export const NOTE_WORDING = {
  'ipblock-pod-address': (about) =>
    `an ipBlock decides about the address of the pod ${about}; the API leaves open whether it may (--ipblock-pods match|never settles it)`,
  'host-network': (about) =>
    `${about} is on its host's network; the API leaves open whether policies see it (--host-network ignore|enforce settles it)`,
  'own-node-egress': (about) =>
    `the API leaves open whether policies apply to what ${about} sends to the node that it runs on`,
  'pod-address-unknown': (about) =>
    `the address of ${about} is not in the input, so an ipBlock cannot be compared with it (--pod-cidr tells where pods are)`,
  'host-address-unknown': (about) =>
    `the address of ${about} is not in the input, so an ipBlock cannot be compared with it (Nodes from \`kubectl get nodes -o yaml\` give the addresses of nodes, live pods have status.hostIP)`,
  'name-address-unknown': (about) =>
    `the address of ${about} is not in the input, so an ipBlock cannot be compared with it; ask for an address that it resolves to`,
  'namespace-labels-unknown': (about) => `the namespace ${about} is not in the input, so its labels are unknown`,
  'label-unpredictable': (about) => `a controller sets the label ${about} to a value that the input does not say`,
  'node-unknown': (about) =>
    `the input does not say on which node ${about} runs; if the other end is on the same node, policies may not apply: traffic from a pod's own node is always let in`,
  'node-labels-unknown': (about) =>
    `whether ${about} is one of the nodes that a rule selects is not in the input (\`kubectl get nodes -o yaml\` gives their labels and addresses)`,
  'domain-name-unknown': (about) =>
    `whether ${about} belongs to a host name that a rule allows is not in the input; only the cluster looks names up`,
  'node-address-unknown': (about) =>
    `the address may belong to the node of ${about}, whose address is not in the input (\`kubectl get nodes -o yaml\` shows it); traffic from a pod's own node is always let in`,
  'policy-tie': (about) =>
    `the policies ${about} have one priority, and the API leaves open which of them decides; here it is the one whose name comes first`,
  'baseline-scope': (about) =>
    `a NetworkPolicy isolates ${about} in the other direction only; the API leaves open whether the Baseline tier still decides this one`,
  'source-rewritten': (about) =>
    `traffic through ${about} may arrive with the address of a node instead of the client's, and the node of a pod is always let in; the API leaves open which address an ipBlock sees (externalTrafficPolicy: Local keeps the client's)`,
  'ambient-mesh': (about) =>
    `both ends are in an Istio ambient mesh: whatever port is asked for, the connection is made to ${about}`,
  'no-shared-family': (about) =>
    `the two ends share no address family, so no connection to ${about} can be made as things are`,
  'families-differ': (about) => `over IPv4 and IPv6 different ports of ${about} are open; these are open over both`,
  'certainty-estimated': (about) =>
    `not every way in which unknown labels may turn out was tried for ${about}, so it may be surer than this; \`check\` of the pair tries them`,
  'address-is-pod': (about) => `the address is that of ${about}, which is evaluated as that pod`,
  'address-is-node': (about) => `the address is that of ${about}, which is evaluated as that node`,
  'address-is-service': (about) => `the address leads to the Service ${about}; policies see what is behind it`,
  'pod-addresses-in-range': (about) =>
    `known pods have addresses in ${about}; this is the answer for the other addresses; the pods are evaluated separately`,
  'port-not-declared': (about) =>
    `no container declares ${about}; policies do not check that, and a process may still listen on it`,
  'dns-closed': (about) => `${about}; an address needs no DNS`,
  'ingress-controller': (about) =>
    `clients that come through an ingress controller or gateway have the address of its pods, so a block of their own addresses does not let them in; allow the namespace ${about}`,
  'service-port': (about) => `${about}, so ask for that`,
  'service-port-mapped': (about) =>
    `Service ${about}; policies see the port behind it, and that decides here (the AWS VPC CNI asks for both to be equal)`,
  'headless-port': (about) =>
    `Service ${about} is headless: it maps no ports, so its targetPort is not used and the client's port is the port of the pod`,
  'service-endpoints-left-out': (about) => `the Service does not lead to ${about}`,
  'service-address': (about) =>
    `an ipBlock decides otherwise about the address of the Service ${about} than about the one behind it; the API leaves open which of them it is compared with`,
  'service-hairpin': (about) =>
    `${about} reaches itself through a Service; the API leaves open whether policies apply to that`,
  'init-container-port': (about) =>
    `only an init container declares ${about}, and init containers have ended when the pod serves`,
  'knative-requests': (about) =>
    `requests to a Knative Service come from the activator or the ingress gateway, not from the client, and arrive at ${about}; so ask for that port, too`,
  'namespace-assumed': (about) =>
    `the manifest of ${about} names no namespace, so the default one is assumed, and a rule decides by it (-n NAMESPACE sets another)`,
  'service-addresses-in-range': (about) =>
    `the address of the Service ${about} is in this range; policies see the pods behind a Service, never its address, so ask about those; the answer here is for the other addresses`,
  'described-peer': (about) =>
    `${about} is not in the input: it is described by the labels that were given, has no others, and is governed by the policies of the input only`,
  'scaled-to-zero': (about) => `${about} is scaled to zero; it is evaluated as if it ran`,
  'split-peers': (about) =>
    `the rule matches by one of ${about}: two entries, each of which matches alone, where one was probably meant (NP133)`,
  'split-rules': (about) => `${about}: each opens more than both together would as one rule`,
  'same-pod': (about) => `both ends are the same pod: ${about}`,
} as const satisfies Record<NoteCode, (about: string) => string>
