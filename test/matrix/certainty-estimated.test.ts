import { describe, expect, test } from 'vitest'
import { check, matrix, parseCluster } from '../../src/index.js'
import { run } from '../support/cli-io.js'

/** A policy whose rule matches everybody: `env` of namespace z is unknown, and is `prod` or is not. */
function cluster(ports: number): string {
  const env = (operator: string) =>
    `{namespaceSelector: {matchExpressions: [{key: env, operator: ${operator}, values: [prod]}]}}`
  const list = Array.from({ length: ports }, (_, index) => `{port: ${1000 + 2 * index}}`).join(', ')
  return `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: x}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: z}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: x}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [${env('In')}, ${env('NotIn')}], ports: [${list}]}]
`
}

const pairsTo = (text: string) => {
  const { connections } = matrix(parseCluster(text), { from: 'z/b', to: 'x/a' })
  return (connections ?? []).map(({ ports, certainty = 'certain', notes = [] }) => [
    ports.length,
    certainty,
    ...notes.map(({ code }) => code),
  ])
}

describe('a pair of which not every completion was tried says so (A-28)', () => {
  test('with few ports all of them are tried: the pair is certainly open', () => {
    expect(pairsTo(cluster(64))).toEqual([[64, 'certain']])
  })

  test('with more it is said to be indeterminate, with a note that it may be surer', () => {
    expect(pairsTo(cluster(65))).toEqual([[65, 'indeterminate', 'certainty-estimated']])
  })

  test('check tries them', () => {
    const { verdict, certainty } = check(parseCluster(cluster(65)), { from: 'z/b', to: 'x/a:1000' })
    expect([verdict, certainty]).toEqual(['allow', 'certain'])
  })

  test('people are told how many there are, on stderr', async () => {
    const said = async (ports: number) =>
      (await run(['matrix', '-f', '-', '-o', 'list'], { stdin: cluster(ports) })).stderr
    expect(await said(65)).toContain('1 of these pairs may be surer; check FROM TO tries them\n')
    expect(await said(64)).not.toContain('may be surer')
  })
})
