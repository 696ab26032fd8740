import { describe, expect, test } from 'vitest'
import { clusterOf } from '../support/compare.js'
import { errorOf, namesOf, pod, resolve, SHOP } from './world.js'

describe('words', () => {
  test('any is every workload and bare pod, no node and no finished pod', () => {
    const names = namesOf('any')
    expect(names).toContain('shop/Pod/bare')
    expect(names).toHaveLength(SHOP.workloads.length)
    expect(names.join()).not.toMatch(/node|done|Service/)
  })

  test('internet and external are ranges of the families that the input shows', () => {
    const families = (text: string, objects: readonly object[]) => {
      const resolved = resolve(text, clusterOf(objects))
      const [party] = resolved.ok ? resolved.value.parties : []
      return party?.kind === 'outside' ? [...new Set(party.ranges.map(({ family }) => family))] : null
    }
    for (const word of ['internet', 'external']) {
      expect(families(word, [pod('x/a')])).toEqual(['IPv4'])
      expect(families(word, [pod('x/a', {}, { status: { podIP: '10.0.0.1' } })])).toEqual(['IPv4'])
      expect(families(word, [pod('x/a', {}, { status: { podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] } })])).toEqual(
        ['IPv4', 'IPv6'],
      )
    }
  })
})

describe('E-5: an address that somebody has means that one', () => {
  test.each([
    ['10.0.1.1', ['shop/Pod/bare']],
    ['::ffff:10.0.1.1', ['shop/Pod/bare']],
    ['10.0.1.1/32', ['shop/Pod/bare']],
    ['10.0.1.3', ['shop/Deployment/api: api-5d8f-aaa']],
    ['192.168.9.1', ['node/n1']],
    ['198.51.100.7', ['node/n1']],
    ['8.8.8.8', ['outside 8.8.8.8']],
    ['10.0.1.0/24', ['outside 10.0.1.0/24', 'shop/Deployment/api', 'shop/Pod/bare']],
    ['192.168.9.0/30', ['outside 192.168.9.0/30', 'node/n1']],
    ['172.16.0.0/12', ['outside 172.16.0.0/12']],
    ['127.0.0.1', ['loopback']],
    ['::1', ['loopback']],
  ])('%s', (text, names) => {
    expect(namesOf(text)).toEqual(names)
  })

  test('A-5: a finished pod owns no address', () => {
    expect(namesOf('10.0.1.2')).toEqual(['outside 10.0.1.2'])
  })

  test('A-7: of two pods with one address the running one is meant, in any order', () => {
    const status = (phase: string) => ({ status: { phase, podIP: '10.0.1.1' } })
    const objects = [pod('x/waiting', {}, status('Pending')), pod('x/running', {}, status('Running'))]
    expect(namesOf('10.0.1.1', clusterOf(objects))).toEqual(['x/Pod/running'])
    expect(namesOf('10.0.1.1', clusterOf(objects.toReversed()))).toEqual(['x/Pod/running'])
  })

  test('A-64: the address of a pod on the host network is its node', () => {
    const host = pod('x/h', {}, { spec: { hostNetwork: true, nodeName: 'n1' }, status: { hostIP: '192.168.9.1' } })
    expect(namesOf('192.168.9.1', clusterOf([host]))).toEqual(['node/n1'])
  })
})

describe('labels', () => {
  test.each([
    ['shop/app=web', ['shop/Deployment/web']],
    ['shop/app.kubernetes.io/name=web', ['shop/Deployment/web']],
    ['app=local', ['default/Pod/local']],
    ['*/app=app', ['tenant-a/Pod/app', 'tenant-b/Pod/app']],
    ['tenant-*/app=app', ['tenant-a/Pod/app', 'tenant-b/Pod/app']],
    ['shop/app in (web,db),tier!=back', ['shop/Deployment/web']],
    ['shop/tier=back,!canary', ['shop/StatefulSet/db']],
    ['shop/job-name=migrate', ['shop/Job/migrate']],
  ])('%s', (text, names) => {
    expect(namesOf(text)).toEqual(names)
  })
})

describe('names', () => {
  test.each([
    ['local', ['default/Pod/local']],
    ['shop/web', ['shop/Deployment/web']],
    ['shop/api', ['shop/Deployment/api']],
    ['shop/api-5d8f-bbb', ['shop/Deployment/api: api-5d8f-bbb']],
    ['shop/Pod/api-5d8f-bbb', ['shop/Deployment/api: api-5d8f-bbb']],
    ['shop/deploy/web', ['shop/Deployment/web']],
    ['shop/sts/twin', ['shop/StatefulSet/twin']],
    ['shop/rc/legacy', ['shop/ReplicationController/legacy']],
    ['Deployment/nested', ['default/Deployment/nested']],
    ['node/n1', ['node/n1']],
    ['no/n1', ['node/n1']],
    ['node/any', ['node/n1']],
    ['tenant-*/any', ['tenant-a/Pod/app', 'tenant-b/Pod/app']],
    ['tenant-*/app', ['tenant-a/Pod/app', 'tenant-b/Pod/app']],
    ['shop/a*', ['shop/DaemonSet/agent', 'shop/Deployment/api']],
    ['shop/Deployment/*', ['shop/Deployment/api', 'shop/Deployment/twin', 'shop/Deployment/web']],
    ['default/any', ['default/Deployment/nested', 'default/Pod/local']],
  ])('%s', (text, names) => {
    expect(namesOf(text)).toEqual(names)
  })

  test('a name in the namespace of -n', () => {
    expect(namesOf('web', SHOP, 'shop')).toEqual(['shop/Deployment/web'])
    expect(namesOf('deploy/web', SHOP, 'shop')).toEqual(['shop/Deployment/web'])
  })

  test.each([
    ['shop/any', true],
    ['shop/*', true],
    ['tenant-*/app', true],
    ['any', true],
    ['shop/app=web', true],
    ['shop/web', false],
    ['10.0.1.1', false],
  ])('%s names many at once: %s', (text, wildcard) => {
    expect(resolve(text)).toMatchObject({ ok: true, value: { wildcard } })
  })

  test.each([
    ['shop/twin', ['shop/Deployment/twin', 'shop/StatefulSet/twin']],
    ['deploy/nested', ['default/Deployment/nested', 'deploy/Pod/nested']],
  ])('%s is ambiguous, and both spellings are told; each of them works', (text, spellings) => {
    const { code, message } = errorOf(text)
    expect(code).toBe('NP030')
    for (const spelling of spellings) {
      expect(message).toContain(`\`${spelling}\``)
      expect(namesOf(spelling)).toEqual([spelling])
    }
  })

  test.each(['shop/done', 'shop/Pod/done'])('A-5: %s has terminated, which is told', (text) => {
    expect(errorOf(text)).toMatchObject({ code: 'NP031', message: expect.stringContaining('has terminated') as string })
  })

  test('ns/name never means a Service', () => {
    expect(errorOf('shop/front')).toMatchObject({ code: 'NP031', help: expect.stringContaining('Service') as string })
    expect(errorOf('shop/svc/front').code).toBe('NP031')
  })
})

test('a Pod is never the pods that a template stands for, which have the name of their owner', () => {
  const template = { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'i' }] } }
  const spec = { selector: { matchLabels: { app: 'db' } }, template }
  const cluster = clusterOf([
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'db', namespace: 'shop' }, spec },
  ])
  for (const text of ['shop/Pod/db', 'shop/po/db']) {
    const resolved = resolve(text, cluster)
    expect(resolved.ok ? null : resolved.error).toMatchObject({
      code: 'NP031',
      help: 'did you mean `shop/Deployment/db`?',
    })
  }
  expect(resolve('shop/db', cluster).ok).toBe(true)
})
