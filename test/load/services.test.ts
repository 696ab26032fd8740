import { describe, expect, test } from 'vitest'
import { codesOf, load, object } from './manifests.js'

const service = (spec: object) => object('v1', 'Service', 'x/a', { spec })
const loaded = (spec: object) => load([object('v1', 'Namespace', 'x'), service(spec)])
const refusals = (spec: object) => codesOf(loaded(spec), 'warning').filter((code) => code < 'NP100')

describe('B-41: ports of a Service', () => {
  test.each([
    ['one without a name is fine', { ports: [{ port: 80 }] }],
    [
      'targets by number and by name',
      {
        ports: [
          { name: 'a', port: 1, targetPort: 65535 },
          { name: 'b', port: 2, targetPort: 'http' },
        ],
      },
    ],
    [
      'targets that mean the port itself (A-81)',
      {
        ports: [
          { name: 'a', port: 1, targetPort: 0 },
          { name: 'b', port: 2, targetPort: '' },
        ],
      },
    ],
    [
      'one number with two protocols',
      {
        ports: [
          { name: 'a', port: 53 },
          { name: 'b', port: 53, protocol: 'UDP' },
        ],
      },
    ],
    ['none, of a headless one', { clusterIP: 'None' }],
    ['none, of another name', { type: 'ExternalName', externalName: 'db.example.com' }],
    ['a blank protocol, which is TCP', { ports: [{ port: 80, protocol: '' }] }],
  ])('%s', (_, spec) => {
    expect(refusals(spec)).toEqual([])
  })

  test('one among several that is refused does not hide the others', () => {
    expect(refusals({ ports: [{ port: 0 }, { name: 'B', port: 81 }, null] })).toEqual(['NP034'])
  })

  test('they stop no answer, which does not rest on them: the addresses of the Service are read all the same', () => {
    const cluster = loaded({ clusterIP: '10.96.0.10', ports: [{ port: 0 }] })
    expect(cluster).toMatchObject({ answerable: true, incomplete: false, services: [{ name: 'a' }] })
    expect(codesOf(cluster, 'error')).toEqual([])
  })

  test('what is no list or no number has the wrong type', () => {
    expect(refusals({ ports: { port: 80 } })).toEqual(['NP009'])
    expect(refusals({ ports: [{ port: '80' }] })).toEqual(['NP009'])
    expect(refusals({ ports: [{ port: 80, targetPort: true }] })).toEqual(['NP009'])
  })
})
