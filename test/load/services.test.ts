import { describe, expect, test } from 'vitest'
import { codesOf, load, object } from './manifests.js'

const service = (spec: object) => object('v1', 'Service', 'x/a', { spec })
const errors = (spec: object) => codesOf(load([object('v1', 'Namespace', 'x'), service(spec)]), 'error')

describe('B-41: ports of a Service that the API server takes', () => {
  test.each([
    ['one without a name', { ports: [{ port: 80 }] }],
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
    expect(errors(spec)).toEqual([])
  })

  test('one among several that is refused does not hide the others', () => {
    expect(errors({ ports: [{ port: 0 }, { name: 'B', port: 81 }, null] })).toEqual(['NP034'])
  })

  test('what is no list or no number has the wrong type', () => {
    expect(errors({ ports: { port: 80 } })).toEqual(['NP009'])
    expect(errors({ ports: [{ port: '80' }] })).toEqual(['NP009'])
    expect(errors({ ports: [{ port: 80, targetPort: true }] })).toEqual(['NP009'])
  })
})
