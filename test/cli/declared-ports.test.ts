import { describe, expect, test } from 'vitest'
import { ask, askJson } from '../support/cli-io.js'

const manifests = (egress: string) => `apiVersion: v1
kind: Pod
metadata: {name: handler, namespace: nm}
spec: {containers: [{name: c, image: i}]}
---
apiVersion: v1
kind: Pod
metadata: {name: dns, namespace: dns}
spec: {containers: [{name: c, image: i, ports: [{name: dns, containerPort: 5353, protocol: UDP}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: nm}
spec: {podSelector: {}, policyTypes: [Egress], egress: [${egress}]}
`

test('a headline names the ends as they were asked for, not the addresses of one flow', async () => {
  const egress = '{to: [{ipBlock: {cidr: 52.0.0.0/8}}], ports: [{port: 443}]}'
  const { stdout } = await ask(manifests(egress), ['nm/handler', 'internet:443'])
  expect(stdout).toContain(`PARTIAL  nm/handler -> internet

  open      443/TCP at 52.0.0.0/8
  closed    443/TCP at internet except 52.0.0.0/8
`)
  expect(stdout).toContain('DENIED  nm/handler -> internet except 52.0.0.0/8  443/TCP')
})

describe('without a port, what the destination declares comes first', () => {
  test('PARTIAL says so where no declared port is open', async () => {
    const text = manifests('{ports: [{port: 53, protocol: UDP}]}')
    const { code, stdout } = await ask(text, ['nm/handler', 'dns/dns'])
    expect(code).toBe(1)
    expect(stdout).toContain(`PARTIAL  nm/handler -> dns/dns  no declared port is open (5353/UDP)

  declared  5353/UDP (dns) closed
  open      53/UDP
`)
    expect((await ask(text, ['any', 'dns/dns', '-q'])).stdout).toContain('no declared port is open (5353/UDP)')
    const flows = (await askJson(text, ['nm/handler', 'dns/dns'])).flows
    expect(flows.flatMap(({ port, declared }) => (declared === undefined ? [] : [[port, declared]]))).toEqual([
      [54, [{ port: 5353, name: 'dns' }]],
    ])
  })

  test('a table of pairs goes by declared ports, too', async () => {
    const other =
      '---\napiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: nm}\nspec: {containers: [{name: c, image: i}]}\n'
    const rows = async (egress: string) => (await ask(manifests(egress) + other, ['nm/any', 'dns/dns'])).stdout
    const closed = await rows('{ports: [{port: 53, protocol: UDP}]}')
    expect(closed).toMatch(/partial +nm\/handler +dns\/dns +53\/UDP; no declared port \(5353\/UDP\)\n/)
    const open = await rows('{ports: [{port: 5353, protocol: UDP}]}')
    expect(open).toMatch(/ALLOWED[^]*allowed +nm\/handler +dns\/dns +5353\/UDP\n/)
  })

  test('nothing is said of declared ports where a port is asked for, or none is open at all', async () => {
    const text = manifests('{ports: [{port: 53, protocol: UDP}]}')
    expect((await ask(text, ['nm/handler', 'dns/dns:any'])).stdout).not.toContain('declared')
    const closed = (await ask(manifests(''), ['nm/handler', 'dns/dns'])).stdout
    expect(closed).toMatch(/^DENIED {2}nm\/handler -> dns\/dns\n/)
  })
})
