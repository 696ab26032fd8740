import { expect, test } from 'vitest'
import { mutantsOf } from '../../src/analyze/assertions/mutants.js'
import { formatPath } from '../../src/model/source.js'
import { parseCluster } from '../../src/index.js'

const POLICY = `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec:
  tier: Admin
  priority: 10
  subject: { namespaces: {} }
  egress:
    - action: Deny
      to: [{ networks: [10.0.0.0/8, 192.168.0.0/16] }, { namespaces: {} }]
      protocols: [{ destinationNamedPort: http }, { udp: { destinationPort: { number: 53 } } }]
    - action: Accept
      to: [{ namespaces: {} }]
`

test('C-20, C-22: a policy of the cluster loses each rule, each of several peers and each of several ports, as they are written', () => {
  const [policy] = parseCluster(POLICY).policies
  const mutants = policy === undefined ? [] : mutantsOf(policy)
  expect(mutants.map(({ mutation, path }) => `${mutation} ${formatPath(path)}`)).toEqual([
    'remove-rule spec.egress[0]',
    'remove-peer spec.egress[0].to[0]',
    'remove-peer spec.egress[0].to[1]',
    'remove-port spec.egress[0].protocols[0]',
    'remove-port spec.egress[0].protocols[1]',
    'remove-rule spec.egress[1]',
  ])
  const left = mutants.map(({ changed }) =>
    changed.rules.egress.map(({ peers, ports }) => [peers.length, ports.length]),
  )
  // Two networks are two blocks, and a name stands for a port of each protocol
  expect(left).toEqual([
    [[1, 0]],
    [
      [1, 4],
      [1, 0],
    ],
    [
      [2, 4],
      [1, 0],
    ],
    [
      [3, 1],
      [1, 0],
    ],
    [
      [3, 3],
      [1, 0],
    ],
    [[3, 4]],
  ])
})
