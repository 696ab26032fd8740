import { describe, expect, test } from 'vitest'
import { check, parseCluster } from '../../src/index.js'

const POD = (name: string, ips: readonly string[] = [], namespace = 'x') => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}, uid: u-${name}, resourceVersion: '1'}
spec: {containers: [{ports: [{name: http, containerPort: 8080}]}]}
status: {podIPs: [${ips.map((ip) => `{ip: "${ip}"}`).join()}]}
`
const POLICY = (spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np, namespace: x}
spec:
  podSelector: {matchLabels: {app: a}}
  ingress: ${spec}
`

/** What each near miss of a question says, with what failed and the entry. */
function missesOf(text: string, from: string, to: string): readonly string[] {
  const { flows, verdict } = check(parseCluster(text), { from, to })
  expect(verdict).not.toBeNull()
  return flows.flatMap(({ ingress }) =>
    ingress.nearMisses.map(({ failed, peer, message }) => `${failed} ${peer ?? '-'}: ${message}`),
  )
}

const BOTH = [POD('a', ['10.244.1.1', 'fd00::1']), POD('b', ['10.244.1.2', 'fd00::2'])].join('')

describe('what is said of a rule holds for everything that the answer holds for', () => {
  test('A-44: for each family, where they differ', () => {
    const spec = '[{from: [{ipBlock: {cidr: 10.244.1.0/24}}], ports: [{port: 443}]}]'
    expect(missesOf(BOTH + POLICY(spec), 'x/b', 'x/a:80')).toEqual([
      'port -: over IPv4: allows 443/TCP, you asked for 80/TCP',
      'peer and port from[0]: over IPv6: from[0] wants 10.244.1.0/24, and the connection is over IPv6; allows 443/TCP, you asked for 80/TCP',
    ])
    const labels = '[{from: [{podSelector: {matchLabels: {app: c}}}]}]'
    expect(missesOf(BOTH + POLICY(labels), 'x/b', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants app=c, x/b has app=b',
    ])
  })

  test('for all ports of a range: those that the rule opens are not what failed, nor is it silent about the others', () => {
    const rule = (port: string) =>
      POLICY(`[{from: [{podSelector: {matchLabels: {app: c}}}], ports: [{port: ${port}}]}]`)
    const peer = 'from[0] wants app=c, x/b has app=b'
    expect(missesOf(BOTH + rule('80'), 'x/b', 'x/a:80-443')).toEqual([
      `peer from[0]: ${peer}; allows 80/TCP, you asked for 80-443/TCP`,
    ])
    expect(missesOf(BOTH + rule('80'), 'x/b', 'x/a:81-443')).toEqual([
      `peer and port from[0]: ${peer}; allows 80/TCP, you asked for 81-443/TCP`,
    ])
    expect(missesOf(BOTH + rule('80, endPort: 443'), 'x/b', 'x/a:80-443')).toEqual([`peer from[0]: ${peer}`])
    expect(missesOf(BOTH + rule('http'), 'x/b', 'x/a:8080')).toEqual([`peer from[0]: ${peer}`])
    expect(missesOf(BOTH + rule('http'), 'x/b', 'x/a:8000-8080')[0]).toMatch(
      /^peer from\[0\]: .*you asked for 8000-8080\/TCP$/,
    )
  })

  test('E-3, E-8: for all addresses, or for which of them', () => {
    const spec = '[{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]'
    expect(missesOf(POD('a') + POLICY(spec), '192.168.0.0/16', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants 10.0.0.0/8, these addresses are outside',
    ])
    expect(missesOf(POD('a') + POLICY(spec), '192.168.0.1', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants 10.0.0.0/8, 192.168.0.1 is outside',
    ])
    expect(missesOf(POD('a') + POLICY(spec), '10.0.0.0/7', 'x/a:80')).toEqual([
      'peer from[0]: for 10.1.0.0/16: from[0] wants no address of except[0] 10.1.0.0/16, and these addresses are excluded by it',
      'peer from[0]: for 11.0.0.0/8: from[0] wants 10.0.0.0/8, these addresses are outside',
    ])
  })
})

describe('a near miss names its entry and says only what is known', () => {
  test('the nearest of how many; a block of another family is far', () => {
    const spec = '[{from: [{ipBlock: {cidr: "fd00::/8"}}, {ipBlock: {cidr: 10.9.0.0/16}}]}]'
    expect(missesOf(POD('a', ['10.0.0.1']) + POD('b') + POLICY(spec), 'x/b', 'x/a:80')).toEqual([
      'peer from[1]: from[1] (nearest of 2) wants 10.9.0.0/16, and the address of x/b is not in the input',
    ])
    const many = `[{from: [${'{podSelector: {matchLabels: {app: c}}}, '.repeat(201)}]}]`
    expect(missesOf(BOTH + POLICY(many), 'x/b', 'x/a:80')[0]).toContain(
      'from[0] (nearest of the first 200 of 201) wants',
    )
  })

  test('A-45: of an address that is not known the family may be', () => {
    const spec = '[{from: [{ipBlock: {cidr: "fd00::/8"}}]}]'
    expect(missesOf(POD('a', ['10.0.0.1']) + POD('b') + POLICY(spec), 'x/b', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants fd00::/8, and the connection is over IPv4',
    ])
  })

  test('A-28: labels that nobody has written down are unknown, not absent', () => {
    const spec = '[{from: [{namespaceSelector: {matchLabels: {name: team}}}]}]'
    expect(missesOf(POD('a') + POD('b', [], 'team') + POLICY(spec), 'team/b', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants a namespace with name=team, and the labels of namespace team are unknown',
    ])
  })
})

describe('a rule that matched for some of the answer says for what', () => {
  function rulesOf(spec: string, from: string, to: string, pods = BOTH): readonly string[] {
    const { flows } = check(parseCluster(pods + POLICY(spec)), { from, to })
    return flows.flatMap(({ ingress }) => ingress.rules.map(({ path, only }) => `${path} ${only ?? 'all'}`))
  }

  test('of a range of ports', () => {
    const spec =
      '[{ports: [{port: 80, endPort: 90}]}, {ports: [{port: 91, endPort: 99}]}, {ports: [{port: 1, endPort: 100}]}]'
    expect(rulesOf(spec, 'x/b', 'x/a:80-99')).toEqual([
      'spec.ingress[0] 80-90',
      'spec.ingress[1] 91-99',
      'spec.ingress[2] all',
    ])
    expect(rulesOf(spec, 'x/b', 'x/a:80')).toEqual(['spec.ingress[0] all', 'spec.ingress[2] all'])
  })

  test('of addresses and families', () => {
    const spec = '[{from: [{ipBlock: {cidr: 10.0.0.0/9}}]}, {from: [{ipBlock: {cidr: 10.128.0.0/9}}]}, {}]'
    expect(rulesOf(spec, '10.0.0.0/8', 'x/a:80', POD('a'))).toEqual([
      'spec.ingress[0] 10.0.0.0/9',
      'spec.ingress[1] 10.128.0.0/9',
      'spec.ingress[2] all',
    ])
    const six = '[{from: [{ipBlock: {cidr: "fd00::/8"}}]}, {from: [{podSelector: {}}]}]'
    expect(rulesOf(six, 'x/b', 'x/a:80')).toContain('spec.ingress[1] all')
  })
})

describe('labels are looked for where people put them', () => {
  const NAMESPACE = (name: string, labels: string) => `---
apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {${labels}}}
`
  const text = (labels: string, from: string) =>
    [POD('a'), POD('b', [], 'z'), NAMESPACE('z', labels), POLICY(`[{from: [${from}]}]`)].join('')

  test('A-27: the value is in another label of the namespace', () => {
    const from = '{namespaceSelector: {matchLabels: {name: z}}}'
    expect(missesOf(text('team: web', from), 'z/b', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants a namespace with name=z, namespace z has no label `name`; it has `kubernetes.io/metadata.name=z`',
    ])
  })

  test('the pod has what is asked of its namespace, and the other way round', () => {
    const ofNamespace = '{namespaceSelector: {matchLabels: {app: b}}}'
    expect(missesOf(text('team: web', ofNamespace), 'z/b', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants a namespace with app=b, namespace z has no label `app` (the pod has it, its namespace has not)',
    ])
    const ofPod = '{namespaceSelector: {}, podSelector: {matchLabels: {team: web}}}'
    expect(missesOf(text('team: web', ofPod), 'z/b', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants team=web, z/b has no label `team` (its namespace has it, the pod has not)',
    ])
  })

  test('A-35: the object that owns the pods has it, their template has not', () => {
    const job = (own: string, inner: string) => `---
apiVersion: batch/v1
kind: Job
metadata: {name: j, namespace: x, labels: {${own}}}
spec: {template: {metadata: {labels: {${inner}}}, spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
`
    const asked = (own: string, inner: string, from = '{podSelector: {matchLabels: {role: job}}}') =>
      missesOf(POD('a') + job(own, inner) + POLICY(`[{from: [${from}]}]`), 'x/j', 'x/a:80').join()
    expect(asked('role: job', 'app: j')).toMatch(/has no label `role` \(the Job has it, its pod template has not\)$/)
    const cronJob = job('role: other', 'app: j')
      .replace('kind: Job', 'kind: CronJob')
      .replace('{template: ', '{jobTemplate: {metadata: {labels: {role: job}}, spec: {template: ')
      .replace('image: i}]}}}', 'image: i}]}}}}}')
    expect(
      missesOf(
        `${POD('a')}${cronJob}${POLICY('[{from: [{podSelector: {matchLabels: {role: job}}}]}]')}`,
        'x/j',
        'x/a:80',
      ).join(),
    ).toMatch(/has no label `role` \(the jobTemplate has it, its pod template has not\)$/)
    // Of two entries that lack one label each, the one whose label stands on the Job is what was meant
    const others = '{podSelector: {matchLabels: {app: a}}}, {podSelector: {matchLabels: {role: job}}}'
    expect(asked('role: job', 'app: j', others)).toMatch(
      /^peer from\[1\].*\(the Job has it, its pod template has not\)$/,
    )
    expect(asked('role: job', 'role: other')).toMatch(/has role=other \(the Job has it, its pod template has not\)$/)
    expect(asked('role: other', 'app: j')).not.toContain('the Job')
    expect(
      asked('app: j', 'app: j', '{podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}'),
    ).not.toContain('the Job')
  })

  test('labels stand one level too high in the pod template', () => {
    const job = (beside: string) => `---
apiVersion: batch/v1
kind: Job
metadata: {name: j, namespace: x}
spec: {template: {${beside}metadata: {labels: {app: j}}, spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
`
    const asked = (beside: string) =>
      missesOf(
        POD('a') + job(beside) + POLICY('[{from: [{podSelector: {matchLabels: {role: job}}}]}]'),
        'x/j',
        'x/a:80',
      )
    expect(asked('labels: {role: job}, ').join()).toMatch(
      /has no label `role` \(it stands one level too high, in `template.labels` instead of `template.metadata.labels`\)$/,
    )
    for (const other of ['', 'labels: {role: other}, ', 'labels: [role], ', 'labels: {role: 1}, ']) {
      expect(asked(other).join()).toMatch(/has no label `role`$/)
    }
  })

  test('the rule that lacks least comes first, and a name that nobody declares stands beside those that are', () => {
    const rules = POLICY(
      '[{from: [{podSelector: {matchLabels: {app: c}}}], ports: [{port: 81}]}, {from: [{podSelector: {matchLabels: {app: b}}}], ports: [{port: web}]}]',
    )
    const deny = POLICY('[]').replace('name: np', 'name: deny')
    expect(missesOf(BOTH + deny + rules, 'x/b', 'x/a:80')).toEqual([
      'port -: allows web (which the pod does not declare; it declares http), you asked for 80/TCP',
      'peer and port from[0]: from[0] wants app=c, x/b has app=b; allows 81/TCP, you asked for 80/TCP',
      'rules -: has no ingress rules',
    ])
  })

  test('every entry, where that is asked for', () => {
    const from =
      '{podSelector: {matchLabels: {app: z}}}, {namespaceSelector: {}, podSelector: {matchLabels: {app: c, tier: web}}}'
    const { flows } = check(parseCluster(text('team: web', from)), { from: 'z/b', to: 'x/a:80' }, { verbose: true })
    const [miss] = flows.flatMap(({ ingress }) => ingress.nearMisses)
    expect(miss?.peer).toBe('from[0]')
    expect(miss?.others).toEqual([
      { peer: 'from[1]', message: 'wants app=c and tier=web, z/b has app=b and no label `tier`' },
    ])
    const brief = check(parseCluster(text('team: web', from)), { from: 'z/b', to: 'x/a:80' })
    expect(brief.flows[0]?.ingress.nearMisses[0]?.others).toBeUndefined()
  })

  test('a label that the policy asks of its own pods as well, in a peer of another namespace', () => {
    const added = '{namespaceSelector: {}, podSelector: {matchLabels: {part: shop}}}'
    const built = text('team: web', added).replaceAll('{app: a}', '{app: a, part: shop}')
    expect(missesOf(built, 'z/b', 'x/a:80')).toEqual([
      'peer from[0]: from[0] wants part=shop, z/b has no label `part` (the policy asks its own pods for `part` as well; kustomize adds its labels to peers, too)',
    ])
  })

  test('A-45: of two entries the except that may cut off an unknown address is the near one', () => {
    const from = '{podSelector: {}}, {ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}'
    expect(missesOf(text('team: web', from), 'z/b', 'x/a:80')).toEqual([
      'peer from[1]: from[1] (nearest of 2) wants 0.0.0.0/0 except 10.0.0.0/8, and the address of z/b is not in the input; an except may cut it off',
    ])
  })
})
