/** Section F.3 and F.4. */
import type { Row } from './rows.js'
import { from, is, named, namespace, notNamed, np, pod, to, where, world } from './world-w.js'

const A = is({ pod: 'a' })
const B = is({ pod: 'b' })
const onA = (...peers: unknown[]): object => np('x', A, 'I', from(peers))
const tier = (selector: object, labels: object): object[] =>
  world([onA({ podSelector: selector })], [pod('x', 'b', { labels, status: { podIP: '10.0.1.2' } })])
const MN = 'kubernetes.io/metadata.name'

export const peerRows: Row[] = [
  {
    id: 'F-050',
    objects: world([onA({ podSelector: B })]),
    flows: ['y/b > x/a : open deny', 'x/b > x/a : open allow'],
  },
  {
    id: 'F-051',
    objects: world([np('x', {}, 'I', from([{ podSelector: {} }]))]),
    flows: ['y/a > x/a : open deny', 'x/b > x/a : open allow', 'e > x/a : n/a deny'],
  },
  {
    id: 'F-052',
    objects: world([onA({ namespaceSelector: {} })]),
    flows: ['z/a > x/a : open allow', 'x/b > x/a : open allow', 'e > x/a : n/a deny'],
  },
  {
    id: 'F-053',
    objects: world([onA({ namespaceSelector: named('y') })]),
    flows: ['x/b > x/a : open deny', 'y/b > x/a : open allow', 'z/a > x/a : open deny'],
  },
  {
    id: 'F-054',
    objects: world([onA({ namespaceSelector: notNamed('x'), podSelector: B })]),
    flows: ['y/b > x/a : open allow', 'z/b > x/a : open allow', 'x/b > x/a : open deny', 'y/a > x/a : open deny'],
  },
  {
    id: 'F-055',
    objects: world([onA({ namespaceSelector: notNamed('x') }, { podSelector: B })]),
    flows: ['y/a > x/a : open allow', 'x/b > x/a : open allow', 'x/c > x/a : open deny'],
  },
  {
    id: 'F-056',
    objects: world([onA({ namespaceSelector: named('y'), podSelector: where(['pod', 'In', ['b', 'c']]) })]),
    flows: ['x/b > x/a : open deny', 'y/a > x/a : open deny', 'y/c > x/a : open allow'],
  },
  {
    id: 'F-057',
    objects: world([onA({ podSelector: B }, { podSelector: is({ pod: 'c' }) })]),
    flows: ['x/b > x/a : open allow', 'x/c > x/a : open allow', 'y/b > x/a : open deny'],
  },
  { id: 'F-058 empty', objects: world([onA()]), flows: ['e > x/a : n/a allow', 'y/a > x/a : open allow'] },
  { id: 'F-058 null', objects: world([np('x', A, 'I', from(null))]), flows: ['e > x/a : n/a allow'] },
  {
    id: 'F-062',
    objects: world([onA({ podSelector: { matchLabels: null } })]),
    flows: ['x/b > x/a : open allow', 'y/b > x/a : open deny'],
  },
  {
    id: 'F-063',
    objects: world([onA({ namespaceSelector: null, podSelector: B })]),
    flows: ['x/b > x/a : open allow', 'y/b > x/a : open deny'],
  },
  {
    id: 'F-065',
    objects: world([onA({ namespaceSelector: named('y') })], [], ['y']),
    flows: ['y/a > x/a : open allow'],
  },
  {
    id: 'F-066',
    objects: world([onA({ namespaceSelector: is({ team: 'dev' }) })], [], ['y']),
    flows: ['y/a > x/a : open deny I', 'z/a > x/a : open deny'],
  },
  {
    id: 'F-066 NotIn',
    objects: world([onA({ namespaceSelector: where(['team', 'NotIn', ['dev']]) })], [], ['y']),
    flows: ['y/a > x/a : open allow I', 'z/a > x/a : open allow'],
  },
  {
    id: 'F-067',
    objects: world([namespace('y', { [MN]: 'wrong' }), onA({ namespaceSelector: named('y') })], [], ['y']),
    flows: ['y/a > x/a : open allow'],
  },
  {
    id: 'F-068',
    objects: world([onA({ namespaceSelector: where([MN, 'Exists']) })]),
    flows: ['z/a > x/a : open allow'],
  },
  {
    id: 'F-069',
    objects: world([np('x', A, 'E', to([{ namespaceSelector: notNamed('y') }]))]),
    flows: ['x/a > y/a : deny open', 'x/a > z/a : allow open', 'x/a > e : deny n/a'],
  },
  {
    id: 'F-070',
    objects: world([np('x', A, 'E', to([{ namespaceSelector: named('y'), podSelector: A }]))]),
    flows: ['x/a > y/a : allow open', 'x/a > y/b : deny open'],
  },
  {
    id: 'F-071',
    objects: world([np('y', {}, 'I', from([{ namespaceSelector: is({ ns: 'x' }) }]))]),
    flows: ['x/a > y/a : open allow'],
  },
  { id: 'F-080', objects: tier(where(['tier', 'NotIn', ['web']]), {}), flows: ['x/b > x/a : open allow'] },
  { id: 'F-081', objects: tier(where(['tier', 'In', ['web']]), {}), flows: ['x/b > x/a : open deny'] },
  { id: 'F-082', objects: tier(where(['tier', 'Exists']), { tier: '' }), flows: ['x/b > x/a : open allow'] },
  { id: 'F-083', objects: tier(where(['tier', 'DoesNotExist']), {}), flows: ['x/b > x/a : open allow'] },
  { id: 'F-084', objects: tier(where(['tier', 'DoesNotExist']), { tier: '' }), flows: ['x/b > x/a : open deny'] },
  { id: 'F-085', objects: tier(is({ tier: '' }), {}), flows: ['x/b > x/a : open deny'] },
  {
    id: 'F-086',
    objects: world([onA({ podSelector: { ...B, ...where(['pod', 'NotIn', ['b']]) } })]),
    flows: ['x/b > x/a : open deny'],
  },
  { id: 'F-087', objects: tier(is({ App: 'web' }), { app: 'web' }), flows: ['x/b > x/a : open deny'] },
  { id: 'F-087 value', objects: tier(is({ app: 'Web' }), { app: 'web' }), flows: ['x/b > x/a : open deny'] },
  {
    id: 'F-088',
    objects: world([onA({ podSelector: { matchExpressions: [], matchLabels: {} } })]),
    flows: ['x/c > x/a : open allow'],
  },
  {
    id: 'F-089',
    objects: world([np('x', where(['pod', 'NotIn', ['a']]), 'I')]),
    flows: ['y/a > x/a : open open', 'y/a > x/b : open deny'],
  },
  {
    id: 'F-090',
    objects: world([onA({ podSelector: where(['pod', 'In', ['b', 'b']]) })]),
    flows: ['x/b > x/a : open allow'],
  },
  {
    id: 'own properties only',
    objects: tier(where(['constructor', 'Exists']), { app: 'web' }),
    flows: ['x/b > x/a : open deny'],
  },
]
