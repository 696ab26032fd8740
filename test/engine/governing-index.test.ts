import fc from 'fast-check'
import { expect, test } from 'vitest'
import { selects } from '../../src/engine/selectors.js'
import { canBe } from '../../src/engine/truth.js'
import type { Cluster } from '../../src/model/cluster.js'
import { governingIndex } from '../../src/policy/governing-index.js'
import { ruleForms } from '../../src/policy/rule-forms.js'
import { cases } from '../reference/generate.js'
import { clusterPolicies } from '../reference/generate-tiers.js'
import { app } from '../support/assertion-cluster.js'
import { clusterOf } from '../support/compare.js'

/** How many policies govern, or may govern, a pod, and how many the index leaves out, over all pods. */
function counts(cluster: Cluster): { governing: number; left: number } {
  const forms = ruleForms(cluster.policies)
  const governingOf = governingIndex(forms, (form) => [form])
  let [governing, left] = [0, 0]
  for (const pod of cluster.workloads.flatMap(({ pods }) => pods)) {
    const found = governingOf([pod])
    expect(found).toEqual(forms.filter((form) => found.includes(form)))
    for (const form of forms) {
      const { ref, home, subject, subjectPath } = form
      const mayGovern = canBe(true, selects(subject, home, cluster, pod, { policy: ref, path: subjectPath }))
      if (mayGovern) {
        expect(found).toContain(form)
        governing++
      }
      if (!found.includes(form)) left++
    }
  }
  return { governing, left }
}

test('a policy that the index leaves out certainly governs none of the pods, and the others keep their order', () => {
  const seen = { governing: 0, left: 0 }
  fc.assert(
    fc.property(cases, clusterPolicies, ({ objects }, policies) => {
      const { governing, left } = counts(clusterOf([...objects, ...policies]))
      seen.governing += governing
      seen.left += left
    }),
    { numRuns: 200 },
  )
  expect(Math.min(seen.governing, seen.left)).toBeGreaterThan(100)
})

test('a label that only the controller knows may be any that a policy asks for (D-5)', () => {
  const select = (requirement: object) => ({ matchExpressions: [requirement] })
  const key = 'pod-template-hash'
  const policy = (name: string, podSelector: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', name },
    spec: { podSelector, ingress: [] },
  })
  const cluster = clusterOf([
    JSON.parse(app({ namespace: 'shop', name: 'web' })),
    policy('value', { matchLabels: { [key]: 'abc' } }),
    policy('exists', select({ key, operator: 'Exists' })),
    policy('other', { matchLabels: { app: 'api' } }),
  ])
  expect(counts(cluster)).toEqual({ governing: 2, left: 1 })
})
