import { describe, expect, test } from 'vitest'
import { check, parseCluster } from '../../src/index.js'
import { parsePort, splitPort } from '../../src/query/port.js'

describe('ports', () => {
  test.each([
    ['8080', ['TCP'], 8080, 8080],
    ['53/UDP', ['UDP'], 53, 53],
    ['53/udp', ['UDP'], 53, 53],
    ['132/SCTP', ['SCTP'], 132, 132],
    ['1', ['TCP'], 1, 1],
    ['65535', ['TCP'], 65535, 65535],
    ['8000-8100', ['TCP'], 8000, 8100],
    ['8000-8100/UDP', ['UDP'], 8000, 8100],
    ['80-80', ['TCP'], 80, 80],
    ['any', ['TCP', 'UDP', 'SCTP'], 1, 65535],
    ['any/UDP', ['UDP'], 1, 65535],
  ])('%s', (text, protocols, first, last) => {
    expect(parsePort(text)).toEqual({ ok: true, value: { kind: 'range', protocols, first, last } })
  })

  test.each([
    ['http', 'http', null],
    ['http/UDP', 'http', 'UDP'],
    ['80tcp', '80tcp', null],
    ['serve-80-tcp', 'serve-80-tcp', null],
    ['refused', 'refused', null],
  ])('%s is a name', (text, name, protocol) => {
    expect(parsePort(text)).toEqual({ ok: true, value: { kind: 'name', name, protocol } })
  })

  test.each(['0', '65536', '80-79', '0-80', '80-65536', '-80', '80-', '', '80/', '/TCP', '80/TCP/x', '8o80 ', 'HTTP'])(
    '%j is no port',
    (text) => {
      expect(parsePort(text)).toMatchObject({ ok: false, error: { code: 'NP030' } })
    },
  )

  test.each(['sixteen-letters1', 'http_alt', '1e3x!', '99999999999'])('%j is neither a number nor a name', (text) => {
    expect(parsePort(text)).toMatchObject({ ok: false, error: { code: 'NP030' } })
  })

  test.each(['80/ICMP', 'any/ICMPv6', 'http/quic', '80/6'])(
    'A-57: %s: other protocols are refused, and why',
    (text) => {
      const parsed = parsePort(text)
      expect(parsed.ok ? '' : parsed.error.message).toContain('TCP, UDP and SCTP')
    },
  )
})

describe('the port stands behind the last colon, after brackets for IPv6', () => {
  test.each([
    ['shop/db:5432', 'shop/db', '5432'],
    ['shop/db:53/UDP', 'shop/db', '53/UDP'],
    ['shop/db', 'shop/db', null],
    ['shop/Deployment/web:http', 'shop/Deployment/web', 'http'],
    ['shop/app=web:any', 'shop/app=web', 'any'],
    ['10.0.0.0/8:443', '10.0.0.0/8', '443'],
    ['10.0.0.1:443/TCP', '10.0.0.1', '443/TCP'],
    ['any:80', 'any', '80'],
    ['2001:db8::1', '2001:db8::1', null],
    ['2001:db8::/32', '2001:db8::/32', null],
    ['::1', '::1', null],
    ['::', '::', null],
    ['2001:db8::1:443', '2001:db8::1:443', null],
    ['[2001:db8::1]:443', '2001:db8::1', '443'],
    ['[2001:db8::/32]:443/UDP', '2001:db8::/32', '443/UDP'],
    ['[2001:db8::1]', '2001:db8::1', null],
    ['[::1]:8000-8100', '::1', '8000-8100'],
    ['shop/db:', 'shop/db', ''],
  ])('%s', (text, peer, port) => {
    expect(splitPort(text)).toEqual({ peer, port })
  })
})

describe('ports of a question', () => {
  const cluster = parseCluster(`
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop}
spec: {containers: [{ports: [{name: dns, containerPort: 53, protocol: UDP}]}]}
`)
  const ask = (from: string, to: string, port?: string | number) => check(cluster, { from, to, port })

  test('a name has the protocol that the pod declares', () => {
    const [flow] = ask('8.8.8.8', 'shop/db:dns').flows
    expect(flow).toMatchObject({ port: 53, protocol: 'UDP', portName: 'dns' })
  })

  test('a name on an address is a mistake', () => {
    const { verdict, diagnostics } = ask('shop/db', '8.8.8.8:dns')
    expect(verdict).toBeNull()
    expect(diagnostics.at(-1)?.code).toBe('NP030')
  })

  test.each([
    ['the port of the source', 'shop/db:80', '8.8.8.8:80', undefined],
    ['a port that is given twice', '8.8.8.8', 'shop/db:80', 80],
    ['no port behind the colon', '8.8.8.8', 'shop/db:', undefined],
    ['an IPv6 address that seems to end with a port', 'shop/db', '2001:db8::g:443', undefined],
  ])('%s is a mistake', (_, from, to, port) => {
    const { verdict, diagnostics } = ask(from, to, port)
    expect(verdict).toBeNull()
    expect(diagnostics.at(-1)).toMatchObject({ code: 'NP030', severity: 'error' })
  })
})
