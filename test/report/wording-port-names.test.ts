import { expect, test } from 'vitest'
import { ask } from '../support/cli-io.js'

const PORTS = 'containers: [{ports: [{name: dns, containerPort: 8080}]}]'
const CLUSTER = `
apiVersion: v1
kind: Pod
metadata: {uid: u, resourceVersion: '1', namespace: s, name: web, labels: {app: web}}
spec: {nodeName: n1}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {uid: u, resourceVersion: '1', namespace: s, name: agent}
spec: {nodeName: n2, hostNetwork: true, ${PORTS}}
status: {podIP: 192.168.9.2}
---
apiVersion: v1
kind: Pod
metadata: {uid: u, resourceVersion: '1', namespace: s, name: plain}
spec: {nodeName: n2, ${PORTS}}
status: {podIP: 192.168.9.3}
---
apiVersion: v1
kind: Pod
metadata: {uid: u, resourceVersion: '1', namespace: s, name: bare}
status: {podIP: 10.0.0.3}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {namespace: s, name: p}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: dns}]}]
`
const ON_HOST = "dns (a name, and names are not resolved for a pod on its host's network)"

test.each([
  ["A-64: a pod on its host's network that declares the name", ['s/agent:dns'], `${ON_HOST}, you asked for 8080/TCP`],
  ['A-64: policies that see such a pod', ['s/agent:81', '--host-network=enforce'], 'dns/TCP (declared as 8080/TCP)'],
  ['A-54a: a pod that declares the name for another port', ['s/plain:81'], 'dns/TCP (declared as 8080/TCP)'],
  ['A-54b: a pod that does not declare the name', ['s/bare:81'], 'dns (which the pod does not declare)'],
  ['A-54d: an address outside', ['203.0.113.9:8080'], 'dns (a name, which means nothing outside a pod)'],
])('why a port name opens nothing: %s', async (_, to, said) => {
  const { stdout } = await ask(CLUSTER, ['s/web', ...to])
  expect(stdout.replace(/\s+/g, ' ')).toContain(`allows ${said}`)
})
