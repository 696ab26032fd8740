import { describe, expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { clusterOf, codesOf, deployment, policy, told } from './shop.js'

const NAMESPACES = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: shop}}\n'
const DB = policy(
  'db',
  'policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: ops}}}], ports: [{port: 5432}]}]',
)
const SHOP = clusterOf(NAMESPACES, deployment('db', 'db', '{containerPort: 5432}'), DB)

describe('peers that are described by labels', () => {
  test.each([
    ['labels:app=web@shop', 'allow'],
    ['labels:app=web', 'allow'],
    ['labels:app=api@shop', 'deny'],
    ['labels:app=web,ns.team=shop', 'deny'],
    ['labels:app=api,ns.team=ops', 'allow'],
  ])('%s as a source', (from, verdict) => {
    expect(told(SHOP, from, 'shop/db:5432')).toBe(`${verdict}: ${verdict} db:5432/TCP`)
  })

  test('as a destination they are governed by the policies of their namespace', () => {
    const only = clusterOf(NAMESPACES, deployment('web'), DB)
    expect(told(only, 'shop/web', 'labels:app=db@shop:5432')).toBe('allow: allow {app=db}:5432/TCP')
    expect(told(only, 'shop/web', 'labels:app=db@shop:5433')).toBe('deny: deny {app=db}:5433/TCP')
    expect(told(only, 'shop/web', 'labels:app=db,ns.team=x:5433')).toBe('allow: allow {app=db}:5433/TCP')
    expect(told(only, 'labels:app=web', 'labels:app=db:5432')).toBe('allow: allow {app=db}:5432/TCP')
  })

  test('answers say so', () => {
    const answer = check(SHOP, { from: 'labels:app=web@shop', to: 'shop/db:5432' })
    expect(codesOf(answer)).toContain('described-peer')
    expect(answer.flows[0]?.from).toMatchObject({ id: 'shop/Pod/{app=web}', described: true })
  })

  test.each([
    ['labels:', /has no labels/],
    ['labels:app!=web', /a pod has labels/],
    ['labels:app=web@shap', /the namespace `shap` is not in the input; did you mean `@shop`/],
    ['labels:app=web,ns.team=x@shop', /has a namespace and labels of one/],
  ])('%s is refused', (from, message) => {
    expect(told(SHOP, from, 'shop/db:5432')).toMatch(message)
  })
})
