import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
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

describe('A-85: a source that cannot reach the DNS of the cluster gets one note', () => {
  const API = deployment('api')
  const toApi = '{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}'
  const noted = (...parts: readonly string[]) => {
    const question = { from: 'web', to: 'api:8080' }
    const { verdict, flows } = check(clusterOf(deployment('web'), API, ...parts), question, { namespace: 'shop' })
    expect(verdict).toBe('allow')
    return flows.flatMap(({ notes }) => notes).map(({ code, message }) => `${code} ${message}`)
  }
  const to = (peer: string, ...ports: readonly string[]) => `{to: [${peer}], ports: [${ports.join()}]}`
  const [UDP, TCP] = ['{port: 53, protocol: UDP}', '{port: 53}']
  const closed = (what: string, names = 'names of Services or hosts') => [
    `dns-closed policies keep shop/Deployment/web from the DNS of the cluster, ${what} of kube-system/Deployment/coredns, so it cannot resolve ${names}; an address needs no DNS`,
  ]

  test('F-215 where no rule opens a port of DNS', () => {
    expect(noted(PODS, KUBE_DNS, egress(toApi))).toEqual([
      'dns-closed no egress rule of shop/Deployment/web opens port 53, so it cannot resolve names of Services or hosts; an address needs no DNS',
    ])
  })

  test('where rules open it to other pods only, or over one protocol', () => {
    const others = to('{podSelector: {}}', UDP, TCP)
    expect(noted(PODS, KUBE_DNS, egress(`${toApi}, ${others}`))).toEqual(closed('53/UDP and 53/TCP'))
    expect(noted(PODS, KUBE_DNS, egress(`${toApi}, ${to(DNS_PODS, UDP)}`))).toEqual(
      closed('53/TCP', 'names with long answers'),
    )
    expect(noted(PODS, KUBE_DNS, egress(`${toApi}, ${to(DNS_PODS, UDP, TCP)}`))).toEqual([])
  })

  test('also without the Service, and where the DNS pods keep it out', () => {
    expect(noted(PODS, egress(`${toApi}, ${to('{podSelector: {}}', UDP, TCP)}`))).toEqual(closed('53/UDP and 53/TCP'))
    const kept = inDns(policy('x', 'policyTypes: [Ingress]')).replace('{matchLabels: {app: x}}', '{}')
    expect(noted(PODS, KUBE_DNS, kept, egress(`${toApi}, ${to(DNS_PODS, UDP, TCP)}`))).toEqual(
      closed('53/UDP and 53/TCP'),
    )
  })

  test('not where a cache on the node may answer', () => {
    const others = to('{podSelector: {}}', UDP, TCP)
    const cache = to('{ipBlock: {cidr: 169.254.20.10/32}}', UDP, TCP)
    expect(noted(PODS, KUBE_DNS, egress(`${toApi}, ${cache}`))).toEqual([])
    const local = inDns(deployment('node-local', 'node-local-dns')).replaceAll(
      'app: node-local-dns',
      'k8s-app: node-local-dns',
    )
    expect(noted(PODS, KUBE_DNS, local, egress(`${toApi}, ${others}`))).toEqual([])
  })

  test('not where the input does not show who serves DNS, or an answer is not certain', () => {
    const others = to('{podSelector: {}}', UDP, TCP)
    expect(noted(egress(`${toApi}, ${others}`))).toEqual([])
    expect(noted(PODS, KUBE_DNS, egress(`${toApi}, ${to('{ipBlock: {cidr: 10.0.0.0/8}}', UDP, TCP)}`))).toEqual([])
  })

  test('not of a connection to DNS itself, which says so', () => {
    const web = clusterOf(deployment('web'), PODS, KUBE_DNS, egress(to(DNS_PODS, UDP)))
    const { flows } = check(web, { from: 'web', to: 'dns' }, { namespace: 'shop' })
    expect(flows.flatMap(({ notes }) => notes.map(({ code }) => code))).not.toContain('dns-closed')
  })

  test('C-1: what an admin policy accepts is open', () => {
    const admin = `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: dns}
spec:
  tier: Admin
  priority: 1
  subject: {namespaces: {}}
  egress: [{action: Accept, to: [{namespaces: {}}], protocols: [{udp: {destinationPort: {number: 53}}}, {tcp: {destinationPort: {number: 53}}}]}]
`
    expect(noted(PODS, KUBE_DNS, admin, egress(toApi))).toEqual([])
    expect(noted(admin, egress(toApi))).toEqual([])
  })
})
