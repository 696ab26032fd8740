import { describe, expect, test } from 'vitest'
import { SHOP, app, policyOf } from '../support/assertion-cluster.js'
import { evaluate, only, testsOf } from '../support/assertions.js'
import { namespace, pod } from '../support/cli-cluster.js'

const named = (...lines: readonly string[]) => ['name: it', ...lines].join('\n')
const of = (test: string, manifests = SHOP) => only(evaluate(manifests, testsOf(test)))

const [WEB, API, DB] = ['shop/Deployment/web', 'shop/Deployment/api', 'shop/Deployment/db']

describe('from, to, expect', () => {
  test('allow is all ports that are listed, or that the target declares', () => {
    expect(of('allow shop/api -> shop/db:5432')).toEqual(['passed'])
    expect(of('allow shop/api -> shop/db')).toEqual(['passed'])
    expect(of('allow shop/api -> shop/db:sql')).toEqual(['passed'])
    expect(of('allow shop/api -> shop/db:5432,5433')).toEqual(['failed', `closed ${API} ${DB} 5433/TCP`])
    expect(of('allow shop/web -> shop/db')).toEqual(['failed', `closed ${WEB} ${DB} 5432/TCP`])
  })

  test('deny is not one port, of those that are listed or of all', () => {
    expect(of('deny shop/web -> shop/db')).toEqual(['passed'])
    expect(of('deny shop/api -> shop/db:1-5431,5433-65535,any/UDP')).toEqual(['passed'])
    expect(of('deny shop/api -> shop/db')).toEqual(['failed', `open ${API} ${DB} 5432/TCP`])
    expect(of('deny shop/web -> shop/api:8080')).toEqual(['failed', `open ${WEB} ${API} 8080/TCP`])
  })

  test('every pair must agree, and each that does not is told, in order', () => {
    expect(of('deny [shop/any] -> shop/db')).toEqual(['error', expect.stringMatching(/is not a peer/)])
    expect(of(named('from: [shop/any, monitoring/any]', 'to: shop/db', 'expect: deny'))).toEqual([
      'failed',
      `open ${API} ${DB} 5432/TCP`,
    ])
    const result = evaluate(SHOP, testsOf('allow any -> shop/db:5432'))
    expect(result.summary.pairs).toBe(6)
    expect(only(result).slice(1, 3)).toEqual([
      `closed monitoring/Deployment/scraper ${DB} 5432/TCP`,
      `closed shop/Deployment/mute ${DB} 5432/TCP`,
    ])
  })

  test('a replica reaches another, and a pod to itself is not a pair (D-6)', () => {
    expect(of('allow shop/web -> shop/web:8080')).toEqual(['passed'])
    expect(evaluate(SHOP, testsOf('allow shop/any -> shop/web:8080')).summary.pairs).toBe(4)
    expect(evaluate(SHOP, testsOf('allow shop/any -> shop/api:8080')).summary.pairs).toBe(3)
  })

  test('a port of its own stands behind each destination', () => {
    expect(of(named('from: shop/api', 'to: [shop/db:5432, shop/web:http]', 'expect: allow'))).toEqual(['passed'])
    expect(of(named('from: shop/api', 'to: shop/db:5432', 'ports: [5432]', 'expect: allow'))[1]).toMatch(
      /`ports` beside/,
    )
    expect(of('allow shop/api:80 -> shop/db')[1]).toMatch(/only a destination takes one/)
  })

  test('groups stand for their members, with the ports behind them', () => {
    const file = (test: string) => `${testsOf(test)}\ngroups: {apps: [shop/web, shop/api], base: shop/app=db}\n`
    expect(only(evaluate(SHOP, file('allow shop/mute -> group:apps:http')))).toEqual(['passed'])
    expect(only(evaluate(SHOP, file('deny group:apps -> group:base:5432')))).toEqual([
      'failed',
      `open ${API} ${DB} 5432/TCP`,
    ])
    const nested = evaluate(SHOP, `${testsOf('deny shop/web -> shop/db')}\ngroups: {a: [group:b], b: shop/web}\n`)
    expect(nested.tests[0]).toMatchObject({ kind: 'file', status: 'error' })
  })
})

describe('addresses outside', () => {
  const block = policyOf({
    namespace: 'shop',
    name: 'web',
    select: { app: 'web' },
    rules: 'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80}]}]',
  })
  const both = [namespace('shop'), pod('shop', 'web', { app: 'web' }, '172.16.0.1'), block].join('---\n')

  test('allow is every address, deny not one', () => {
    expect(of('allow 10.2.0.0/16 -> shop/web:80', both)).toEqual(['passed'])
    expect(of('allow 10.0.0.0/8 -> shop/web:80', both)).toEqual([
      'failed',
      'closed external shop/Pod/web 80/TCP 10.1.0.0/16',
    ])
    expect(of('deny 10.1.0.0/16 -> shop/web', both)).toEqual(['passed'])
    expect(of('deny internet -> shop/web', both)).toEqual(['passed'])
    expect(of('deny 10.0.0.0/15 -> shop/web', both)).toEqual([
      'failed',
      'open external shop/Pod/web 80/TCP 10.0.0.0/16',
    ])
  })

  test('an exception takes addresses out', () => {
    const test = (except: string) =>
      of(named('from: 10.0.0.0/8', 'to: shop/web', 'ports: [80]', `except: {from: ${except}}`, 'expect: allow'), both)
    expect(test('10.1.0.0/16')).toEqual(['passed'])
    expect(test('10.1.0.0/17')).toEqual(['failed', 'closed external shop/Pod/web 80/TCP 10.1.128.0/17'])
    expect(test('192.168.0.0/16')[1]).toMatch(/leaves out no pair/)
    expect(test('external')[1]).toMatch(/leaves no pair/)
  })
})

describe('except, same-namespace and deniedBy', () => {
  test('tenants do not see each other', () => {
    const tenants = named('from: tenant-*/any', 'to: tenant-*/any', 'except: same-namespace', 'expect: deny')
    const more = app({ namespace: 'tenant-a', name: 'job' })
    expect(of(tenants, `${SHOP}---\n${more}`)).toEqual(['passed'])
    expect(evaluate(`${SHOP}---\n${more}`, testsOf(tenants)).summary.pairs).toBe(4)
  })

  test('`same-namespace/…` takes the namespace of the other end', () => {
    const more = ['tenant-a', 'tenant-b'].map((own) => app({ namespace: own, name: 'job' })).join('---\n')
    const manifests = `${SHOP}---\n${more}`
    const result = evaluate(manifests, testsOf('allow same-namespace/job -> tenant-*/app:8080'))
    expect([only(result), result.summary.pairs]).toEqual([['passed'], 2])
    expect(of('allow same-namespace/job -> same-namespace/app:8080', manifests)[1]).toMatch(/both ends/)
    expect(of(named('from: shop/web', 'to: shop/db', 'except: shop/web', 'expect: deny'))[1]).toMatch(/which end it is/)
  })

  test('`deniedBy` is exactly what denies', () => {
    const by = (direction: string, manifests = SHOP) =>
      of(named('from: shop/web', 'to: shop/db', 'expect: deny', `deniedBy: ${direction}`), manifests)
    expect(by('ingress')).toEqual(['passed'])
    expect(by('egress')).toEqual(['failed', `denied-by ${WEB} ${DB} 1-65535/TCP,1-65535/UDP,1-65535/SCTP`])
    const shut = policyOf({
      namespace: 'shop',
      name: 'web',
      select: { app: 'web' },
      rules: 'policyTypes: [Egress], egress: []',
    })
    expect(by('ingress', `${SHOP}---\n${shut}`)[0]).toBe('failed')
    expect(by('both', `${SHOP}---\n${shut}`)).toEqual(['passed'])
    expect(of(named('from: shop/web', 'to: shop/db', 'expect: allow', 'deniedBy: both'))[1]).toMatch(
      /asks about a denial/,
    )
  })
})

describe('known gaps', () => {
  const gap = (from: string, to = 'shop/db') =>
    of(named(`from: ${from}`, `to: ${to}`, 'expect: deny', 'knownGap: SEC-1'))

  test('stand as long as every pair is wrong', () => {
    expect(gap('shop/api')).toEqual(['known-gap', `open ${API} ${DB} 5432/TCP`])
    expect(gap('shop/web')[0]).toBe('failed')
    expect(gap('shop/web')[1]).toMatch(/^fixed shop\/Deployment\/web/)
    expect(gap('[shop/api, shop/web]').map((line) => line.split(' ')[0])).toEqual(['failed', 'partly-fixed'])
  })

  test('never cover what matches nothing', () => {
    expect(gap('shop/gone')[0]).toBe('error')
  })
})
