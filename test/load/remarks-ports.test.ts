import { describe, expect, test } from 'vitest'
import { codes, pod, policy } from './remark-objects.js'

describe('NP118 to NP120 (A-54): port names that open nothing', () => {
  const naming = (port: object, to?: readonly object[]) =>
    to === undefined
      ? policy({ podSelector: { matchLabels: { app: 'web' } }, ingress: [{ ports: [port] }] })
      : policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to, ports: [port] }] })

  test.each([
    ['A-54b: a name that no pod declares', naming({ port: 'metrics' }), ['NP118']],
    ['A-54c: a name of another protocol', naming({ port: 'dns' }), ['NP119']],
    ['a name and its protocol', naming({ port: 'dns', protocol: 'UDP' }), []],
    ['a name', naming({ port: 'http' }), []],
    ['a number that nobody declares (A-55)', naming({ port: 9999 }), []],
    ['A-54d: a name of a destination', naming({ port: 'http' }, [{ podSelector: {} }]), []],
    ['A-54d: a name of anybody', naming({ port: 'http' }, []), []],
    ['A-54d: a name that no destination declares', naming({ port: 'metrics' }, [{ podSelector: {} }]), ['NP118']],
    [
      'A-54d: a name at addresses outside',
      naming({ port: 'http' }, [{ ipBlock: { cidr: '203.0.113.0/24' } }]),
      ['NP120'],
    ],
    [
      'a name and a peer that is nobody so far',
      naming({ port: 'http' }, [{ podSelector: { matchLabels: { app: 'x' } } }]),
      [],
    ],
    [
      'a rule without effect',
      policy({ podSelector: {}, policyTypes: ['Egress'], ingress: [{ ports: [{ port: 'no' }] }] }),
      ['NP104'],
    ],
  ])('%s', (_, asking, expected) => {
    expect(codes(asking)).toEqual(expected)
  })

  test('A-54d: a block that holds a known pod is not outside', () => {
    const db = pod('x/db', {}, [{ name: 'http', containerPort: 8080 }], { podIP: '10.0.1.1' })
    expect(codes(db, naming({ port: 'http' }, [{ ipBlock: { cidr: '10.0.0.0/8' } }]))).toEqual([])
  })
})

describe('NP121 (A-54f): one name for two numbers in one pod', () => {
  const two = (first: object, second: object) => ({
    ...pod('x/two'),
    spec: { containers: [{ ports: [first] }, { ports: [second] }] },
  })

  test.each([
    ['two numbers', { name: 'a', containerPort: 80 }, { name: 'a', containerPort: 81 }, ['NP121']],
    ['one number', { name: 'a', containerPort: 80 }, { name: 'a', containerPort: 80 }, []],
    ['two protocols', { name: 'a', containerPort: 80 }, { name: 'a', containerPort: 81, protocol: 'UDP' }, []],
    ['two names', { name: 'a', containerPort: 80 }, { name: 'b', containerPort: 81 }, []],
    ['no names', { containerPort: 80 }, { containerPort: 81 }, []],
  ])('%s', (_, first, second, expected) => {
    expect(codes(two(first, second))).toEqual(expected)
  })
})
