import { describe, expect, test } from 'vitest'
import { clusterOf, deployment, policy, service, told } from './shop.js'

const inDns = (text: string) => text.replaceAll('namespace: shop', 'namespace: kube-system')
const PODS = inDns(deployment('coredns', 'kube-dns', '{containerPort: 53, protocol: UDP}')).replaceAll(
  'app: kube-dns',
  'k8s-app: kube-dns',
)
const PORTS = '[{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}, {name: metrics, port: 9153}]'
const KUBE_DNS = inDns(service('kube-dns', `selector: {k8s-app: kube-dns}, ports: ${PORTS}`))
const METRICS = inDns(service('a-metrics', 'selector: {k8s-app: kube-dns}, ports: [{port: 9153}]'))
const egress = (rules: string) => policy('web', `policyTypes: [Egress], egress: [${rules}]`)
const DNS_PODS = '{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}'

describe('A-85: check FROM dns', () => {
  const ask = (...rest: readonly string[]) => told(clusterOf(deployment('web'), ...rest), 'web', 'dns')

  test('asks the pods behind the DNS Service over UDP and TCP', () => {
    expect(ask(PODS, METRICS, KUBE_DNS)).toBe('allow: allow coredns:53/UDP, allow coredns:53/TCP')
    expect(ask(PODS, KUBE_DNS, egress(''))).toBe('deny: deny coredns:53/UDP, deny coredns:53/TCP')
    const udp = egress(`{to: [${DNS_PODS}], ports: [{port: 53, protocol: UDP}]}`)
    expect(ask(PODS, KUBE_DNS, udp)).toBe('partial: allow coredns:53/UDP, deny coredns:53/TCP')
  })

  test('on the port of the pods, which is another one on OpenShift', () => {
    const mapped = inDns(
      service(
        'dns',
        'selector: {k8s-app: kube-dns}, ports: [{name: a, port: 53, protocol: UDP, targetPort: 5353}, {name: b, port: 53, targetPort: 5353}]',
      ),
    )
    expect(ask(PODS, mapped, egress(`{to: [${DNS_PODS}], ports: [{port: 53, protocol: UDP}, {port: 53}]}`))).toBe(
      'deny: deny coredns:5353/UDP, deny coredns:5353/TCP',
    )
  })

  test('asks the pods that serve DNS where the input has no Service', () => {
    expect(ask(PODS)).toBe('allow: allow coredns:53/TCP, allow coredns:53/UDP')
  })

  test('without either it says what to add, and a workload of that name is meant before', () => {
    expect(ask()).toMatch(/^NP031 the input does not show the DNS of the cluster; add its Service and pods/)
    expect(ask(PODS, KUBE_DNS, deployment('dns'))).toContain('dns:')
  })
})
