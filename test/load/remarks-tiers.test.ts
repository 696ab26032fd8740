import { expect, test } from 'vitest'
import { load } from './manifests.js'

const NEVER = {
  matchExpressions: [
    { key: 'a', operator: 'Exists' },
    { key: 'a', operator: 'DoesNotExist' },
  ],
}

test('C-13, A-33: selectors of policies of the cluster that can never match are said at their places', () => {
  const policy = {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'guard' },
    spec: {
      tier: 'Admin',
      priority: 1,
      subject: { namespaces: NEVER },
      egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.0/8', '10.1.0.0/16'] }, { pods: { podSelector: NEVER } }] }],
    },
  }
  const said = load([policy]).diagnostics.filter(({ code }) => code === 'NP116')
  expect(said.map(({ object, path }) => `${object ?? ''} ${path ?? ''}`)).toEqual([
    'ClusterNetworkPolicy guard spec.subject.namespaces',
    'ClusterNetworkPolicy guard spec.egress[0].to[1].pods.podSelector',
  ])
})
