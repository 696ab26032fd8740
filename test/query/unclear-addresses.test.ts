import { describe, expect, test } from 'vitest'
import { check, parseCluster } from '../../src/index.js'

const CLUSTER = parseCluster(`
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: c}]}
---
apiVersion: v1
kind: Service
metadata: {name: dns, namespace: kube-system}
spec: {clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, 'fd00:96::a'], ports: [{port: 53, protocol: UDP}]}
`)

function said(to: string, port?: number): string {
  const { verdict, diagnostics } = check(CLUSTER, { from: 'shop/web', to, port })
  const found = diagnostics.find(({ severity }) => severity === 'error')
  return found === undefined ? String(verdict) : `${found.code} ${found.message}; ${found.help ?? ''}`
}

describe('A-46: the address of a Service is not that of a pod or of the outside', () => {
  test.each(['10.96.0.10:53/UDP', '[fd00:96::a]:53/UDP', '10.96.0.10'])('%s', (to) => {
    expect(said(to)).toMatch(
      /^NP031 `[^`]*`: the Service `kube-system\/dns` has no selector, and the input does not show its endpoints/,
    )
  })

  test('its neighbour is outside', () => {
    expect(said('10.96.0.11:53/UDP')).toBe('allow')
  })
})

describe('an IPv6 address without brackets, whose last group may be a port', () => {
  test.each(['2001:db8::1:5432', '2001:db8:1:2:3::7:443'])('%s is asked about', (to) => {
    const [, address, port] = /^(.*):(\d+)$/.exec(to) ?? []
    expect(said(to)).toBe(
      `NP030 \`${to}\` can be an address, or an address and a port; did you mean \`[${address}]:${port}\`? The address alone is \`[${to}]\``,
    )
  })

  test.each(['[2001:db8::1:5432]', '[2001:db8::1]:5432', '2001:db8::5432', '2001:db8::1', '1:2:3:4:5:6:7:5432'])(
    '%s is not',
    (to) => {
      expect(said(to)).toBe('allow')
    },
  )

  test('nor is one whose port is given apart', () => {
    expect(said('2001:db8::1:5432', 80)).toBe('allow')
  })
})
