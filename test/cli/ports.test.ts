import { describe, expect, test } from 'vitest'
import { CLUSTER, namespace, pod, policy } from '../support/cli-cluster.js'
import { ask, askJson } from '../support/cli-io.js'

/** Ports as a reader of JSON would write them down. */
async function portsOf(to: string, manifests = CLUSTER): Promise<readonly string[]> {
  const { flows } = await askJson(manifests, ['tenant-a/blue', to])
  return flows.map(({ port, endPort, protocol, portName, verdict }) => {
    const range = endPort === undefined ? String(port) : `${port}-${endPort}`
    return `${verdict} ${portName === undefined ? '' : `${portName}=`}${range}/${protocol}`
  })
}

const WHOLE = ['allow 1-65535/TCP', 'allow 1-65535/UDP', 'allow 1-65535/SCTP']

describe('a port means', () => {
  test.each([
    ['shop/db:8080', 'TCP without a protocol', ['allow 8080/TCP']],
    ['shop/db:53/UDP', 'the protocol that it names', ['allow 53/UDP']],
    ['shop/db:53/udp', 'the protocol in any case', ['allow 53/UDP']],
    ['shop/db:9/SCTP', 'SCTP', ['allow 9/SCTP']],
    ['shop/db:8000-8100/TCP', 'a range', ['allow 8000-8100/TCP']],
    ['shop/db:8000-8000', 'a range of one port is a port', ['allow 8000/TCP']],
    ['shop/db:any', 'every port of every protocol', WHOLE],
    ['shop/db:any/UDP', 'every port of one protocol', ['allow 1-65535/UDP']],
    ['shop/db', 'without a port, all of them', WHOLE],
    ['shop/web:http', 'the number and protocol that the pod declares for a name', ['allow http=8080/TCP']],
    ['shop/quic:http', 'the same name, declared for UDP', ['allow http=8443/UDP']],
    ['shop/quic:http/UDP', 'a name with its protocol', ['allow http=8443/UDP']],
    [
      'shop/any:http',
      'a name, resolved by each destination that declares it',
      ['allow http=9090/TCP', 'allow http=8443/UDP', 'allow http=8080/TCP'],
    ],
    ['shop/any:http/UDP', 'a name, filtered by protocol', ['allow http=8443/UDP']],
  ])('%s: %s', async (to, _, ports) => {
    expect(await portsOf(to)).toEqual(ports)
  })
})

describe('not a port', () => {
  test.each([
    ['shop/db:80/ICMP', /unknown protocol `ICMP`: NetworkPolicies support TCP, UDP and SCTP/],
    ['shop/db:0', /`0` is not a port/],
    ['shop/db:65536', /`65536` is not a port/],
    ['shop/db:90-80', /`90-80` is not a port/],
    ['shop/db:', /is not a port/],
    ['shop/db:80/TCP/UDP', /is not a port/],
    ['shop/db:8080x8080x8080x8080', /is not a port/],
    ['shop/web:https', /declares no port named `https`/],
    ['shop/web:http/UDP', /declares no port named `http` for UDP/],
    ['1.2.3.4:http', /`http` means nothing outside a pod/],
    ['10.0.0.0/8:http', /`http` means nothing outside a pod/],
    ['node/n1:http', /`http` means nothing outside a pod/],
    ['svc/web:80', /`svc\/web` matches no Service in the input/],
    ['shop/Service/web:80', /`shop\/Service\/web` matches no Service in the input/],
    ['tenant-b/done:80', /`tenant-b\/done` has terminated/],
  ])('%s ends with 2', async (to, message) => {
    const { code, stdout, stderr } = await ask(CLUSTER, ['shop/api', to])
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)])
  })

  test('with -o json the answer to each is JSON, without a verdict and with what is wrong', async () => {
    for (const to of ['shop/db:80/ICMP', 'svc/web:80', 'tenant-b/done:80', 'nobody']) {
      const { code, verdict, flows, diagnostics } = await askJson(CLUSTER, ['shop/api', to])
      expect({ code, verdict, flows }).toEqual({ code: 2, verdict: null, flows: [] })
      expect(diagnostics.at(-1)).toMatchObject({
        severity: 'error',
        code: expect.stringMatching(/^NP03[01]$/) as string,
      })
    }
  })
})

describe('ports that policies tell apart', () => {
  const GUARDED = [
    namespace('a'),
    pod('a', 'x', {}, null),
    pod('tenant-a', 'blue', {}, null),
    policy('a', 'p', 'ingress: [{ports: [{port: 8010, endPort: 8019}, {port: 8050}]}]'),
  ].join('---\n')

  test('a range is cut into flows of equal verdict', async () => {
    expect(await portsOf('a/x:8000-8100', GUARDED)).toEqual([
      'deny 8000-8009/TCP',
      'allow 8010-8019/TCP',
      'deny 8020-8049/TCP',
      'allow 8050/TCP',
      'deny 8051-8100/TCP',
    ])
  })

  test('without a port the closed ones are listed beside the open ones', async () => {
    const { code, stdout } = await ask(GUARDED, ['tenant-a/blue', 'a/x'])
    expect(code).toBe(1)
    expect(stdout).toContain('PARTIAL  tenant-a/blue -> a/x')
    expect(stdout).toContain('open      8010-8019/TCP, 8050/TCP\n')
    expect(stdout).toMatch(/closed {4}1-8009\/TCP, 8020-8049\/TCP, 8051-65535\/TCP, any UDP port, any SCTP port\n/)
  })
})
