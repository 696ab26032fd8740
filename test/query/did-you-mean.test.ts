import { describe, expect, test } from 'vitest'
import { check, parseCluster } from '../../src/index.js'
import { clusterOf } from '../support/compare.js'
import { errorOf, pod } from './world.js'

describe('what matches nothing is an error with a suggestion', () => {
  test.each([
    ['a name', 'shop/wbe', 'did you mean `shop/Deployment/web`?'],
    ['a name in -n', 'locl', 'did you mean `default/Pod/local`?'],
    ['a name that is elsewhere', 'web', 'there is `shop/Deployment/web`'],
    ['a namespace', 'shp/web', 'did you mean `shop/web`?'],
    ['a namespace before a kind', 'shp/Deployment/web', 'did you mean `shop/Deployment/web`?'],
    ['a kind', 'shop/Deploymnt/web', 'did you mean `shop/Deployment/web`?'],
    ['another kind', 'shop/StatefulSet/web', 'did you mean `shop/Deployment/web`?'],
    ['a name that goes on', 'shop/web-5d8f9c7b6d-x2x4z', 'did you mean `shop/Deployment/web`?'],
    ['a node', 'node/n2', 'did you mean `node/n1`?'],
    ['the namespace of a selector', 'shp/app=web', 'did you mean the namespace `shop`?'],
    ['a label key', 'shop/ap=web', 'did you mean the label key `app`?'],
    ['a label value', 'shop/app=wbe', 'did you mean `app=web`?'],
    ['a namespace without workloads', 'empty/any', 'the namespace `empty` has no workloads in the input'],
    ['the same for a selector', 'empty/app=web', 'the namespace `empty` has no workloads in the input'],
    ['a key with a prefix and no namespace', 'app.kubernetes.io/name=web', 'NAMESPACE/app.kubernetes.io/…'],
    ['labels that only stand apart', 'shop/app=web,tier=back', 'not all of them for one'],
    ['a namespace far from all', 'zzzzzz/any', 'the namespaces are `default`, `deploy`, `shop`'],
    ['a namespace of a selector far from all', 'zzzzzz/app=web', 'the namespaces are `default`, `deploy`, `shop`'],
    ['a name far from all', 'tenant-a/zzzzzz', '`tenant-a` has `app`'],
    ['a value far from all', 'tenant-a/app=zzzzzz', 'the values of `app` there are `app`'],
    ['the kubelet', 'kubelet', "a pod's own node, probes included, is always let in"],
    ['a key far from all', 'tenant-a/zzzzzz=app', 'the label keys there are `app`'],
  ])('%s: %s', (_, text, suggestion) => {
    const { code, help } = errorOf(text)
    expect(code).toBe('NP031')
    expect(help).toContain(suggestion)
  })

  test('a requirement that a missing key meets is not what is wrong', () => {
    expect(errorOf('shop/zzzzzz!=x,app=wbe').help).toContain('`app=web`')
  })

  test('A-62: nodes where the input shows none', () => {
    const cluster = clusterOf([pod('x/a')])
    for (const text of ['node/any', 'node/n1']) {
      const { message, help } = errorOf(text, cluster)
      expect(message).toBe(`\`${text}\` matches nothing in the input, which shows no nodes`)
      expect(help).toContain('kubectl get nodes -o yaml')
    }
  })

  test('port names', () => {
    const cluster = parseCluster(`
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop}
spec: {containers: [{ports: [{name: postgres, containerPort: 5432}, {name: metrics, containerPort: 9187}]}]}
`)
    const helpFor = (port: string) => {
      const { verdict, diagnostics } = check(cluster, { from: '8.8.8.8', to: `shop/db:${port}` })
      expect(verdict).toBeNull()
      return diagnostics.find(({ code }) => code === 'NP031')?.help
    }
    expect(helpFor('postgre')).toBe('did you mean `postgres`?')
    expect(helpFor('zzzzzz')).toBe('it declares `postgres`, `metrics`')
    expect(helpFor('postgres/UDP')).toBe('the name stands for another protocol there')
  })
})
