import { describe, expect, test } from 'vitest'
import { parsePeer, type PeerQuestion } from '../../src/query/peer.js'

function read(text: string): PeerQuestion {
  const parsed = parsePeer(text, 'here')
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value
}

describe('peers, rule 1: words', () => {
  test.each(['any', 'internet', 'external'] as const)('%s', (word) => {
    expect(read(word)).toEqual({ kind: word })
  })

  test.each(['Any', 'INTERNET', 'everybody'])('%s is a name', (word) => {
    expect(read(word)).toEqual({ kind: 'name', readings: [{ namespace: 'here', object: null, name: word }] })
  })
})

describe('peers, rule 2: addresses and CIDRs', () => {
  test.each(['10.0.0.1', '2001:db8::1', '::ffff:10.0.0.1', '::'])('%s is an address', (text) => {
    expect(read(text).kind).toBe('address')
  })

  test.each(['10.0.0.0/8', '10.0.0.1/8', '0.0.0.0/0', '2001:db8::/32', '::/0'])('%s is a CIDR', (text) => {
    expect(read(text)).toMatchObject({ kind: 'cidr', cidr: { text } })
  })

  test.each([
    ['10.0.0.0/33', 'prefix length must be 0-32'],
    ['2001:db8::/129', 'prefix length must be 0-128'],
    ['10.0.0/24', 'must be a valid CIDR value'],
    ['10.0.0.256/24', 'must be a valid CIDR value'],
  ])('%s is a CIDR that is wrong, not a name: %s', (text, problem) => {
    const parsed = parsePeer(text, 'here')
    expect(parsed).toMatchObject({ ok: false, error: { code: 'NP030' } })
    expect(parsed.ok ? '' : parsed.error.message).toContain(problem)
  })
})

describe('peers, rule 3: text with = is a label selector', () => {
  const labels = (text: string) => {
    const question = read(text)
    if (question.kind !== 'labels') throw new Error(`${text} is no selector`)
    return {
      namespace: question.namespace,
      requirements: question.selector.requirements.map(({ key, operator, values }) =>
        [key, operator, ...values].join(' '),
      ),
    }
  }

  test.each([
    ['app=web', 'here', ['app In web']],
    ['shop/app=web', 'shop', ['app In web']],
    ['*/app=web', '*', ['app In web']],
    ['tenant-*/app=web', 'tenant-*', ['app In web']],
    ['shop/app=web,tier!=back', 'shop', ['app In web', 'tier NotIn back']],
    ['shop/app==web', 'shop', ['app In web']],
    ['shop/app = web , tier != back', 'shop', ['app In web', 'tier NotIn back']],
    ['shop/app.kubernetes.io/name=web', 'shop', ['app.kubernetes.io/name In web']],
    ['app=web,app.kubernetes.io/name=web', 'here', ['app In web', 'app.kubernetes.io/name In web']],
    ['shop/app=', 'shop', ['app In ']],
    ['shop/app=web,canary', 'shop', ['app In web', 'canary Exists']],
    ['shop/app=web,!canary', 'shop', ['app In web', 'canary DoesNotExist']],
    ['shop/env in (dev, test),app=web', 'shop', ['env In dev test', 'app In web']],
    ['shop/app=web,env notin (dev,test)', 'shop', ['app In web', 'env NotIn dev test']],
    ['shop/app=web,env in (dev)', 'shop', ['app In web', 'env In dev']],
    ['shop/constructor=web,toString!=x', 'shop', ['constructor In web', 'toString NotIn x']],
  ])('%s', (text, namespace, requirements) => {
    expect(labels(text)).toEqual({ namespace, requirements })
  })

  test('the part before the first / is a namespace, even where it looks like the prefix of a key', () => {
    expect(labels('app.kubernetes.io/name=web')).toEqual({
      namespace: 'app.kubernetes.io',
      requirements: ['name In web'],
    })
  })

  test.each(['=web', 'shop/=web', 'shop/app=we b', 'shop/app=web,', 'shop/app=web,,x=y', 'app=-web', 'a=b=c', 'a>=1'])(
    '%s is no selector',
    (text) => {
      expect(parsePeer(text, 'here')).toMatchObject({ ok: false, error: { code: 'NP030' } })
    },
  )

  test.each(['/app=web', 'sh op/app=web', '!x/app=web'])('%s has no namespace before the /', (text) => {
    expect(parsePeer(text, 'here')).toMatchObject({ ok: false, error: { code: 'NP030' } })
  })
})

describe('peers, rule 4: names', () => {
  const readings = (text: string) => {
    const question = read(text)
    if (question.kind !== 'name') throw new Error(`${text} is no name`)
    return question.readings.map(({ namespace, object, name }) => `${namespace}/${object ?? '?'}/${name}`)
  }

  test.each([
    ['web', ['here/?/web']],
    ['shop/web', ['shop/?/web']],
    ['shop/any', ['shop/?/any']],
    ['tenant-*/any', ['tenant-*/?/any']],
    ['shop/Deployment/web', ['shop/Deployment/web']],
    ['shop/Rollout/web', ['shop/Rollout/web']],
    ['shop/Deployment/any', ['shop/Deployment/any']],
    ['Deployment/web', ['here/Deployment/web', 'Deployment/?/web']],
    ['node/n1', ['here/Node/n1', 'node/?/n1']],
    ['svc/web', ['here/Service/web', 'svc/?/web']],
    ['10/8', ['10/?/8']],
  ])('%s', (text, expected) => {
    expect(readings(text)).toEqual(expected)
  })

  test.each([
    ['Pod', ['po', 'pod', 'pods', 'Pod', 'PODS']],
    ['Deployment', ['deploy', 'deployment', 'deployments']],
    ['ReplicaSet', ['rs', 'replicasets']],
    ['StatefulSet', ['sts', 'StatefulSet']],
    ['DaemonSet', ['ds', 'daemonset']],
    ['Job', ['job', 'jobs']],
    ['CronJob', ['cj', 'cronjob']],
    ['ReplicationController', ['rc', 'replicationcontroller']],
    ['Node', ['no', 'node', 'nodes']],
    ['Service', ['svc', 'service', 'services']],
  ])('the kind %s has the short names of kubectl, in any case', (kind, words) => {
    expect(words.flatMap((word) => readings(`shop/${word}/web`))).toEqual(words.map(() => `shop/${kind}/web`))
  })

  test.each([
    '',
    '/',
    'shop/',
    '/web',
    'a/b/c/d',
    'shop//web',
    'a b',
    'web:80',
    '-web',
    '!canary',
    'shop/env in (a,b)',
  ])('%j is no peer, and the forms of peers are told', (text) => {
    const parsed = parsePeer(text, 'here')
    expect(parsed).toMatchObject({ ok: false, error: { code: 'NP030', message: `\`${text}\` is not a peer` } })
    expect(parsed.ok ? null : parsed.error.help).toContain('NAMESPACE/KIND/NAME')
  })
})
