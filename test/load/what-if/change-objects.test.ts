import { describe, expect, test } from 'vitest'
import { check, parseCluster, type Cluster } from '../../../src/index.js'
import { namespace, pod } from '../../support/cli-cluster.js'

const DENY = policy('deny', '{}')
const INPUT = [
  namespace('shop', { team: 'a' }),
  pod('shop', 'web', { app: 'web' }, null),
  deployment('db'),
  'apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {selector: {app: db}, ports: [{port: 80}]}\n',
  DENY,
].join('---\n')

function policy(name: string, selector: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: shop}\nspec: {podSelector: ${selector}}\n`
}

function deployment(name: string): string {
  const template = `{metadata: {labels: {app: ${name}}}, spec: {containers: [{name: main, image: a}]}}`
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: shop}\nspec: {selector: {matchLabels: {app: ${name}}}, template: ${template}}\n`
}

function changed(options: Parameters<typeof parseCluster>[1], text = INPUT): Cluster {
  return parseCluster(text, options)
}

function verdict(cluster: Cluster): string | null {
  return check(cluster, { from: 'shop/web', to: 'shop/db', port: 80 }).verdict
}

function said(cluster: Cluster, code: string): readonly string[] {
  return cluster.diagnostics.flatMap((one) =>
    one.code === code ? [`${one.message}${one.help === null ? '' : `; ${one.help}`}`] : [],
  )
}

describe('without', () => {
  test.each(['shop/NetworkPolicy/deny', 'NetworkPolicy/shop/deny', 'netpol/shop/deny', 'shop/deny'])(
    '%s removes the policy',
    (name) => {
      expect(verdict(changed({}))).toBe('deny')
      const cluster = changed({ without: [name] })
      expect(verdict(cluster)).toBe('allow')
      expect(said(cluster, 'NP150')).toEqual(['what-if: without shop/NetworkPolicy/deny'])
    },
  )

  test('a workload goes with its pods, an object of the cluster is named by kind and name', () => {
    const workloads = ({ workloads: list }: Cluster) => list.map(({ id }) => id)
    expect(workloads(changed({ without: ['Pod/shop/web'] }))).toEqual(['shop/Deployment/db'])
    expect(workloads(changed({ without: ['shop/Deployment/db'] }))).toEqual(['shop/Pod/web'])
    expect(changed({ without: ['ns/shop'] }).namespaces.get('shop')?.defined).toBe(false)
    expect(changed({ without: ['svc/shop/db'] }).services).toEqual([])
  })

  test('live pods of a workload that is not in the input itself go by its name', () => {
    const owner = 'ownerReferences: [{kind: ReplicaSet, name: api-5d8f, controller: true}]'
    const live = `apiVersion: v1\nkind: Pod\nmetadata: {name: api-5d8f-x, namespace: shop, uid: u, resourceVersion: "1", labels: {pod-template-hash: 5d8f}, ${owner}}\nspec: {containers: [{name: main, image: a}]}\n`
    const cluster = changed({ without: ['shop/Deployment/api'] }, `${INPUT}---\n${live}`)
    expect(cluster.answerable).toBe(true)
    expect(cluster.workloads.map(({ id }) => id)).toEqual(['shop/Deployment/db', 'shop/Pod/web'])
  })

  test.each([
    ['shop/db', 'can mean `shop/Deployment/db` or `shop/Service/db`; write it as one of these'],
    ['shop/NetworkPolicy/denny', 'matches nothing in the input; did you mean `shop/NetworkPolicy/deny`?'],
    ['shop/Pod/deny', 'matches nothing in the input; did you mean `shop/NetworkPolicy/deny`?'],
    [
      'deny',
      'matches nothing in the input; a name is `ns/Kind/name`, `ns/name`, or `Kind/name` for what has no namespace',
    ],
  ])('%s gives no answer, whatever is forgiven', (name, problem) => {
    const cluster = changed({ without: [name], keepGoing: true })
    expect(said(cluster, 'NP055')).toEqual([`\`--without ${name}\` ${problem}`])
    expect(cluster.answerable).toBe(false)
    expect(cluster.choices).toBeNull()
  })
})

describe('label', () => {
  const selective = INPUT.replace('podSelector: {}', 'podSelector: {matchLabels: {tier: back}}')

  test('sets labels of the pods of a workload, and removes them', () => {
    expect(verdict(changed({}, selective))).toBe('allow')
    expect(verdict(changed({ label: ['shop/Deployment/db:tier=back'] }, selective))).toBe('deny')
    const twice = ['shop/Deployment/db:tier=back', 'shop/Deployment/db:tier-']
    const cluster = changed({ label: twice }, selective)
    expect(verdict(cluster)).toBe('allow')
    expect(said(cluster, 'NP150')).toEqual([
      'what-if: shop/Deployment/db with the label tier=back',
      'what-if: shop/Deployment/db with the label tier removed',
    ])
  })

  test('sets those of a Pod and of a Namespace', () => {
    expect(changed({ label: ['shop/web:a=b'] }).workloads[1]?.pods[0]?.labels).toEqual(
      new Map([
        ['app', 'web'],
        ['a', 'b'],
      ]),
    )
    expect(
      changed({ label: ['Namespace/shop:team=b'] })
        .namespaces.get('shop')
        ?.labels.get('team'),
    ).toBe('b')
  })

  test.each([
    ['shop/NetworkPolicy/deny:a=b', 'names a NetworkPolicy, whose labels decide nothing'],
    ['ns/shop:kubernetes.io/metadata.name=x', 'changes a label that the API server always sets'],
    ['shop/web:a b=c', 'has a key that is not valid'],
    ['shop/web:a=b c', 'has a value that is not valid'],
    ['shop/web', 'is not a change of a label'],
    ['shop/wbe:a=b', 'matches nothing in the input'],
  ])('%s gives no answer', (change, problem) => {
    const cluster = changed({ label: [change] })
    expect(said(cluster, 'NP055').join()).toContain(problem)
    expect(cluster.answerable).toBe(false)
  })
})
