import { describe, expect, test } from 'vitest'
import { CLUSTER } from '../support/cli-cluster.js'
import { askJson } from '../support/cli-io.js'

const WEB = 'shop/Deployment/web'
const DB = 'shop/StatefulSet/db'
const BLUES = ['tenant-a/Pod/blue', 'tenant-b/Pod/blue']
const SHOP = ['api', 'quic', 'twin', 'web'].map((name) => `shop/Deployment/${name}`)
const PODS = ['default/Pod/solo', 'deploy/Pod/web', ...SHOP, DB, 'shop/StatefulSet/twin', ...BLUES]

describe('a peer means', () => {
  test.each([
    ['any', 'every workload and bare pod, and no node or address', PODS],
    ['internet', 'the addresses of the internet', ['internet']],
    ['external', 'every address that is no known pod or node', ['external']],
    ['1.2.3.4', 'an address', ['1.2.3.4']],
    ['2001:db8::1', 'an address of IPv6', ['2001:db8::1']],
    ['1.2.0.0/16', 'a CIDR', ['1.2.0.0/16']],
    ['2001:db8::/32', 'a CIDR of IPv6', ['2001:db8::/32']],
    ['10.0.0.2', 'the pod that has the address', ['tenant-a/Pod/blue']],
    ['10.0.0.2/32', 'the pod that has the address, written as a CIDR', ['tenant-a/Pod/blue']],
    ['192.168.0.1', 'the node that has the address', ['node/n1']],
    ['shop/app=web', 'the pods of a namespace by label', [WEB]],
    ['shop/app.kubernetes.io/name=web', 'the first slash ends the namespace, the next belongs to the label', [WEB]],
    ['shop/app=web,tier!=back', 'a selector as kubectl -l has it', [WEB]],
    ['shop/tier=back,app!=db', 'pods that meet all of a selector', ['shop/Deployment/api']],
    ['shop/app in (web,quic),app!=x', 'sets in a selector', ['shop/Deployment/quic', WEB]],
    ['*/app=blue', 'a selector in every namespace', BLUES],
    ['tenant-*/app=blue', 'a selector in some namespaces', BLUES],
    ['app=solo', 'a selector without a namespace is one in the default namespace', ['default/Pod/solo']],
    ['shop/Deployment/web', 'namespace, kind and name', [WEB]],
    ['shop/deploy/web', 'namespace, short kind and name', [WEB]],
    ['shop/sts/twin', 'the one of two kinds that it names', ['shop/StatefulSet/twin']],
    ['deploy/Pod/web', 'a namespace that is called like a kind', ['deploy/Pod/web']],
    ['Pod/solo', 'kind and name in the default namespace', ['default/Pod/solo']],
    ['po/solo', 'short kind and name', ['default/Pod/solo']],
    ['shop/web', 'namespace and name', [WEB]],
    ['deploy/web', 'namespace and name, where no such kind is in the default namespace', ['deploy/Pod/web']],
    ['solo', 'a name in the default namespace', ['default/Pod/solo']],
    ['tenant-a/any', 'a whole namespace', ['tenant-a/Pod/blue']],
    ['tenant-*/any', 'several whole namespaces', BLUES],
    ['*/blue', 'a name in every namespace', BLUES],
    ['shop/w*', 'names by their beginning', [WEB]],
    ['shop/Deployment/*', 'all of a kind', SHOP],
    ['node/n1', 'a node', ['node/n1']],
  ])('%s: %s', async (peer, _, ids) => {
    const { code, flows } = await askJson(CLUSTER, [peer, 'shop/db:5432'])
    const sources = flows.map(({ from }) => from.id)
    expect([code, sources]).toEqual([0, ids.filter((id) => id !== DB)])
  })

  test.each([
    ['web', 'a name', [WEB]],
    ['Deployment/web', 'kind and name', [WEB]],
    ['app=web', 'a selector', [WEB]],
    ['default/solo', 'a name of the namespace that it names', ['default/Pod/solo']],
    ['any', 'every workload still', PODS],
  ])('with -n shop, %s: %s there', async (peer, _, ids) => {
    const { code, flows } = await askJson(CLUSTER, ['-n', 'shop', peer, 'db:5432'])
    expect([code, flows.map(({ from }) => from.id)]).toEqual([0, ids.filter((id) => id !== DB)])
  })
})

describe('a destination means the same as a source, with its port behind the last colon', () => {
  test.each([
    ['1.2.3.4:443', '1.2.3.4', 443],
    ['1.2.0.0/16:443', '1.2.0.0/16', 443],
    ['[2001:db8::1]:443', '2001:db8::1', 443],
    ['[2001:db8::/32]:443', '2001:db8::/32', 443],
    ['[2001:db8::1]', '2001:db8::1', 1],
    ['internet:443', 'internet', 443],
    ['shop/app=web:443', WEB, 443],
    ['node/n1:443', 'node/n1', 443],
  ])('%s', async (to, id, port) => {
    const { code, flows } = await askJson(CLUSTER, ['tenant-a/blue', to])
    expect([code, flows[0]?.to.id, flows[0]?.port]).toEqual([0, id, port])
  })
})

describe('a name with two meanings is an error that spells both', () => {
  test.each([
    ['two kinds of one name', ['shop/twin', 'shop/db:1'], ['shop/Deployment/twin', 'shop/StatefulSet/twin']],
    ['as a destination, too', ['shop/db', 'shop/twin:1'], ['shop/Deployment/twin', 'shop/StatefulSet/twin']],
    ['the same with a glob', ['-n', 'shop', 'deploy/w*', 'db:1'], ['shop/Deployment/web', 'deploy/Pod/web']],
    ['KIND/NAME or NAMESPACE/NAME', ['-n', 'shop', 'deploy/web', 'db:1'], ['shop/Deployment/web', 'deploy/Pod/web']],
  ])('%s', async (_, argv, spellings) => {
    const { code, verdict, flows, diagnostics } = await askJson(CLUSTER, argv)
    expect({ code, verdict, flows }).toEqual({ code: 2, verdict: null, flows: [] })
    const message = diagnostics.find((diagnostic) => diagnostic.code === 'NP030')?.message ?? ''
    for (const spelling of spellings) expect(message).toContain(`\`${spelling}\``)
  })
})

describe('a pod and itself', () => {
  test('a wildcard never pairs a pod with itself, but a workload with its other replicas', async () => {
    const { flows } = await askJson(CLUSTER, ['any', 'any:80'])
    expect(flows).toHaveLength(PODS.length * (PODS.length - 1) + 1)
    expect(flows.filter(({ from, to }) => from.id === to.id).map(({ from }) => from.id)).toEqual([WEB])
  })

  test('a workload that is asked about itself means another replica', async () => {
    const { code, flows } = await askJson(CLUSTER, ['shop/web', 'shop/web:8080'])
    expect([code, flows[0]?.ingress.reason, flows[0]?.notes]).toEqual([0, 'not-isolated', []])
  })

  test.each([['solo'], ['shop/db']])(
    'with one replica it means the pod itself, and a note says so (%s)',
    async (peer) => {
      const { code, flows } = await askJson(CLUSTER, [peer, `${peer}:5432`])
      expect([code, flows[0]?.ingress.reason]).toEqual([0, 'same-pod'])
      expect(flows[0]?.notes.map(({ code }) => code)).toContain('same-pod')
    },
  )

  test('a wildcard that could only mean that is an error', async () => {
    const { code, diagnostics } = await askJson(CLUSTER, ['tenant-a/any', 'tenant-a/any:80'])
    expect([code, diagnostics.at(-1)?.message]).toEqual([2, expect.stringContaining('itself')])
  })
})
