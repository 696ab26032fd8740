import { describe, expect, test } from 'vitest'
import { check, matrix } from '../../src/index.js'
import { run } from '../support/cli-io.js'
import { clusterOf, codesOf, deployment, policy, service, told } from './shop.js'

const API = 'clusterIP: 10.96.0.10, selector: {app: api}'
const HTTP = `${API}, ports: [{name: web, port: 80, targetPort: http}]`
const TWO = [deployment('client'), deployment('api'), deployment('api-v2', 'api', '{containerPort: 9090, name: http}')]
const ONLY_8080 = policy('api', 'policyTypes: [Ingress], ingress: [{ports: [{port: 8080}]}]')
const SHOP = clusterOf(...TWO, service('api', HTTP), ONLY_8080)

describe('A-80: a question about a Service is about every pod behind it', () => {
  test.each([
    'svc/api:80',
    'shop/Service/api:80',
    'shop/svc/api:web',
    'service/api',
    '10.96.0.10:80',
    '10.96.0.10/32:80',
  ])('%s', (to) => {
    expect(told(SHOP, 'client', to)).toBe('partial: allow api:8080/TCP, deny api-v2:9090/TCP')
  })

  test('each flow says by way of which port of which Service it is made', () => {
    const { flows } = check(SHOP, { from: 'shop/client', to: 'shop/Service/api:80' })
    const via = { id: 'shop/Service/api', kind: 'Service', namespace: 'shop', name: 'api', port: 80, portName: 'web' }
    expect(flows.map((flow) => flow.via)).toEqual([via, via])
    expect('via' in (check(SHOP, { from: 'shop/client', to: 'shop/api:80' }).flows[0] ?? {})).toBe(false)
  })

  test('text names the Service, and the backends that are closed', async () => {
    const { code, stdout } = await run(['check', '-f', '-', 'shop/client', 'shop/Service/api:80'], {
      stdin: [...TWO, service('api', HTTP), ONLY_8080].join('---\n'),
    })
    expect([code, stdout.split('\n')[0]]).toEqual([
      1,
      'PARTIAL  shop/client -> Service shop/api:80  1 of 2 backends allowed; not shop/api-v2 (9090/TCP)',
    ])
    expect(stdout).toContain('DENIED  shop/client -> shop/api-v2  9090/TCP  via Service shop/api:80')
  })

  test('a port of a Service is never taken for one of a pod', () => {
    const list = (port?: number) => matrix(SHOP, { to: 'shop/Service/api', from: 'shop/client', port }).connections
    const both = [{ to: 'shop/Deployment/api', ports: [{ protocol: 'TCP', port: 8080, endPort: 8080 }] }]
    expect(list(80)).toMatchObject(both)
    expect(list()).toMatchObject(both)
    expect(list(8080)).toBeNull()
  })
})

describe('A-81: the port', () => {
  const ports = '[{name: dns, port: 53, protocol: UDP, targetPort: 5353}, {name: web, port: 80, targetPort: http}]'
  const cluster = clusterOf(deployment('client'), deployment('api'), service('api', `${API}, ports: ${ports}`))

  test.each([
    ['svc/api:dns', 'allow: allow api:5353/UDP'],
    ['svc/api:53/UDP', 'allow: allow api:5353/UDP'],
    ['svc/api', 'allow: allow api:5353/UDP, allow api:8080/TCP'],
    ['svc/api:1-100', 'allow: allow api:8080/TCP'],
    ['svc/api:53', 'NP031 the Service `shop/api` has no port `53/TCP`; did you mean `53/UDP`?'],
    ['svc/api:81', 'NP031 the Service `shop/api` has no port `81/TCP`; it has 53/UDP (dns), 80/TCP (web)'],
    [
      'svc/api:8080',
      'NP031 the Service `shop/api` has no port `8080/TCP`; 8080 is its target port: did you mean port `80`?',
    ],
    [
      'svc/api:http',
      'NP031 the Service `shop/api` has no port `http`; `http` is its target port: did you mean port `80`?',
    ],
    ['svc/api:wep', 'NP031 the Service `shop/api` has no port `wep`; did you mean `web`?'],
    ['svc/api:web/UDP', 'NP031 the Service `shop/api` has no port `web/UDP`; it has 53/UDP (dns), 80/TCP (web)'],
  ])('%s', (to, answer) => {
    expect(told(cluster, 'client', to)).toBe(answer)
  })

  test('a Service with ports that the API server refuses is not answered for', () => {
    const bad = clusterOf(deployment('client'), deployment('api'), service('api', `${API}, ports: [{port: 80000}]`))
    for (const to of ['svc/api', '10.96.0.10:80'])
      expect(told(bad, 'client', to)).toMatch(/^NP031 the Service `shop\/api` cannot be used: NP034/)
  })

  test('a port that no container declares is said to be one', () => {
    const other = clusterOf(deployment('client'), deployment('api'), service('api', `${API}, ports: [{port: 81}]`))
    const answer = check(other, { from: 'shop/client', to: 'shop/Service/api:81' })
    expect(codesOf(answer)).toEqual(['port-not-declared'])
  })
})

describe('names', () => {
  test.each([
    ['svc/apo:80', 'NP031 `svc/apo` matches no Service in the input; did you mean `shop/Service/api`?'],
    ['other/svc/api:80', 'NP031 `other/svc/api` matches no Service in the input; did you mean `shop/Service/api`?'],
    ['svc/none:80', 'NP031 `svc/none` matches no Service in the input; the Services of `shop` are `api`'],
    ['svc/*:80', 'NP030 `svc/*`: a question is about one Service; name one'],
  ])('%s', (to, answer) => {
    expect(told(SHOP, 'client', to)).toBe(answer)
  })

  test('NAMESPACE/NAME never means a Service', () => {
    const front = clusterOf(deployment('client'), deployment('api'), service('front', HTTP))
    expect(told(front, 'client', 'shop/front:80')).toContain('that is a Service: did you mean `shop/Service/front`?')
  })

  test('what can be a Service and a workload of a namespace `svc` has two spellings', () => {
    const workload = deployment('api').replace('namespace: shop', 'namespace: svc')
    expect(told(clusterOf(...TWO, workload, service('api', HTTP)), 'client', 'svc/api:80')).toBe(
      'NP030 `svc/api` can mean `shop/Service/api` or `svc/Deployment/api`; write it as one of these',
    )
  })

  test('two Services of one name are one only if they are equal', () => {
    const again = (spec: string) => clusterOf(...TWO, service('api', HTTP), service('api', spec), ONLY_8080)
    expect(told(again(HTTP), 'client', 'svc/api:80')).toContain('partial')
    for (const to of ['svc/api:80', '10.96.0.10:80'])
      expect(told(again(`${API}, ports: [{port: 80}]`), 'client', to)).toContain('2 Services `shop/api` with different')
  })
})

describe('E-5: as a source', () => {
  test('a Service means its pods, and its address nobody', () => {
    expect(told(SHOP, 'svc/api', 'client:8080')).toBe('allow: allow client:8080/TCP, allow client:8080/TCP')
    expect(told(SHOP, '10.96.0.10', 'client:8080')).toContain('is the address of a Service, and no connection comes')
    expect(matrix(SHOP, { from: '10.96.0.10' }).connections).toBeNull()
  })
})

describe('A-82: backends', () => {
  test('a Service without a selector has none that the input shows', () => {
    const cluster = clusterOf(deployment('client'), service('api', 'ports: [{port: 80}]'))
    expect(told(cluster, 'client', 'svc/api:80')).toContain('the Service `shop/api` has no selector')
  })

  test('a selector that no pod matches is explained', () => {
    const cluster = clusterOf(deployment('client'), deployment('api'), service('api', 'selector: {app: apo}'))
    expect(told(cluster, 'client', 'svc/api')).toBe(
      'NP031 the Service `shop/api` has no endpoints: no pod in the namespace `shop` matches its selector `app=apo`; did you mean `app=api`?',
    )
  })
})

describe('A-61: a pod that reaches itself through a Service', () => {
  const closed = policy('api', 'policyTypes: [Ingress]')
  const alone = (...rest: readonly string[]) => clusterOf(deployment('api'), service('api', HTTP), ...rest)

  test('is allowed, and uncertain only where policies would deny it', () => {
    expect(told(alone(), 'api', 'svc/api:80')).toBe('allow: allow api:8080/TCP')
    expect(told(alone(ONLY_8080), 'api', 'svc/api:80')).toBe('allow: allow api:8080/TCP')
    expect(told(alone(closed), 'api', 'svc/api:80')).toBe('allow undefined: allow api:8080/TCP')
    expect(told(alone(closed), 'api', 'shop/api:8080')).toBe('allow: allow api:8080/TCP')
  })

  test('another replica is another backend', () => {
    const two = clusterOf(deployment('api').replace('replicas: 1', 'replicas: 2'), service('api', HTTP), closed)
    expect(told(two, 'api', 'svc/api:80')).toBe('partial undefined: deny api:8080/TCP, allow api:8080/TCP')
  })

  test('who asks for many pods does not mean that one', () => {
    expect(told(clusterOf(...TWO, service('api', HTTP), closed), 'any', 'svc/api:80')).toMatch(/^deny: /)
  })

  test('a pod of a workload is never taken for another', () => {
    const live = (name: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, uid: u, resourceVersion: '1', labels: {app: api}, ownerReferences: [{kind: StatefulSet, name: api, controller: true}]}
status: {podIP: 10.0.0.${name.slice(-1)}, conditions: [{type: Ready, status: '${name === 'api-1' ? 'True' : 'False'}'}]}
`
    const cluster = clusterOf(live('api-1'), live('api-2'), service('api', API + ', ports: [{port: 80}]'), closed)
    expect(told(cluster, 'shop/api', 'svc/api:80')).toBe('partial undefined: deny api:80/TCP, allow api:80/TCP')
    expect(told(cluster, 'shop/api', 'shop/api-1:80')).toBe('deny: deny api:80/TCP')
  })
})

test('A-44: a Service of one family leads to addresses of that family', () => {
  const pod = (name: string, ip: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, uid: u, resourceVersion: '1', labels: {app: api}}
status: {podIP: '${ip}'}
`
  const parts = [deployment('client'), pod('four', '10.0.0.4'), pod('six', 'fd00::6')]
  const both = service('api', 'selector: {app: api}, ports: [{port: 80}]')
  expect(told(clusterOf(...parts, both), 'client', 'svc/api:80')).toBe('allow: allow four:80/TCP, allow six:80/TCP')
  const six = service('api', 'ipFamilies: [IPv6], selector: {app: api}, ports: [{port: 80}]')
  expect(told(clusterOf(...parts, six), 'client', 'svc/api:80')).toBe('allow: allow six:80/TCP')
})

test('A-80: a note says where the port of the Service has another verdict', () => {
  const mapped = service('api', `${API}, ports: [{port: 80, targetPort: 8080}]`)
  const codes = (...rest: readonly string[]) =>
    codesOf(
      check(clusterOf(deployment('client'), deployment('api'), mapped, ...rest), {
        from: 'shop/client',
        to: 'shop/Service/api:80',
      }),
    )
  expect(codes(ONLY_8080)).toEqual(['service-port-mapped'])
  expect(codes(policy('api', 'policyTypes: [Ingress]'))).toEqual([])
  expect(codes()).toEqual([])
})
