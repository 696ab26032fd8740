import { expect, test } from 'vitest'
import { diffTexts } from '../support/diff.js'

const pod = (namespace: string, more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: ${namespace}, labels: {app: p${more}}}\nspec: {containers: []}\n`
const policy = (namespace: string, key: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np, namespace: ${namespace}}
spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {${key}: v}}}]}]}
`

/** Namespaces of which no object tells the labels, each of which lets in those with a label of its own; one pod has another label. */
function compared(many: number) {
  const names = Array.from({ length: many }, (_, index) => `n${index}`)
  const policies = names.map((name) => policy(name, `k-${name}`))
  const base = [...names.map((name) => pod(name)), ...policies]
  const head = [...names.map((name, index) => pod(name, index === 0 ? ', b: c' : '')), ...policies]
  return diffTexts(base.join('---\n'), head.join('---\n'))
}

test('that more pairs may be open on both sides than are looked at is said', () => {
  const few = compared(20)
  expect(few.changes).toEqual([])
  expect(few.notes).toEqual([])
  const many = compared(150)
  expect(many.changes).toEqual([])
  expect(many.notes).toMatchObject([{ code: 'possibly-opened-unknown' }])
})
