import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import type { Change } from '../../src/analyze/diff/change.js'
import type { EndpointPair } from '../../src/analyze/diff/endpoint-pairs.js'
import type { DiffAnswer } from '../../src/analyze/diff/diff.js'
import { portAtoms, type PortAtom } from '../../src/matrix/port-atoms.js'
import { FAMILIES, type Family } from '../../src/net/address.js'
import { everyPair, type RandomPair } from '../support/diff-pairs.js'
import { diffTexts } from '../support/diff.js'
import { diffOf } from '../support/told-diff.js'

const RUNS = Number(process.env['DIFF_RUNS'] ?? 12)
/** Of the pairs, and of the ranges of ports that policies tell apart, so many are asked about. */
const [MOST_PAIRS, MOST_ATOMS] = [24, 12]

/** What one flow is on a side. */
type State = 'open' | 'certainly closed' | 'closed' | 'absent'

/** Evaluates single flows of both sides, one at a time. */
function flows({ base, head }: RandomPair) {
  const compiled = { base: compile(base.cluster, base.engine), head: compile(head.cluster, head.engine) }
  return (
    name: 'base' | 'head',
    from: EndpointPair,
    to: EndpointPair,
    port: PortAtom,
    family: Family | null,
  ): State => {
    const [source] = from[name]?.party.pods ?? []
    const destination = to[name]?.party.pods.find((pod) => pod !== source) ?? to[name]?.party.pods[0]
    if (source === undefined || destination === undefined) return 'absent'
    const { verdict, certainty } = evaluate(compiled[name], {
      source: { kind: 'pod', pod: source, replica: 0 },
      destination: { kind: 'pod', pod: destination, replica: destination === source ? 1 : 0 },
      protocol: port.protocol,
      port: port.first,
      family,
    })
    return verdict === 'allow' ? 'open' : certainty === 'certain' ? 'certainly closed' : 'closed'
  }
}

/** The pairs that a law about single flows can be asked about: nodes have no say. */
function* pairsOf({ pairs }: DiffAnswer): Iterable<readonly [EndpointPair, EndpointPair]> {
  const plain = pairs.filter(({ base, head }) =>
    [base, head].every((end) => end !== null && !end.party.pods.some(({ hostNetwork }) => hostNetwork)),
  )
  for (const from of plain) for (const to of plain) if (from !== to) yield [from, to]
}

function opens(
  changes: readonly Change[],
  from: EndpointPair,
  to: EndpointPair,
  port: PortAtom,
  family: Family | null,
): boolean {
  return changes.some(
    (change) =>
      change.from === from &&
      change.to === to &&
      (change.family === null || change.family === family) &&
      change.opened.some(
        ({ protocol, first, last }) => protocol === port.protocol && first <= port.first && port.first <= last,
      ),
  )
}

/** Every range of ports that some policy of either side tells from the next. */
function atomsOf({ base, head }: RandomPair): readonly PortAtom[] {
  const compiled = [base, head].map(({ cluster, engine }) => compile(cluster, engine))
  const policies = compiled.flatMap((one) => one.policies)
  const workloads = compiled.flatMap(({ cluster }) => cluster.workloads)
  return portAtoms({ policies, cluster: { ...head.cluster, workloads } })
}

/** The families over which both ends meet on both sides; null where the input does not say. */
function familiesOf(ends: readonly EndpointPair[]): readonly (Family | null)[] {
  const pods = ends.flatMap(({ base, head }) => [base, head].flatMap((end) => end?.party.pods.slice(0, 1) ?? []))
  const met = FAMILIES.filter((family) => pods.every(({ addresses }) => addresses.some((one) => one.family === family)))
  return pods.every(({ addresses }) => addresses.length === 0) ? [null] : met
}

describe('what may be open on the head and was certainly closed on the base', () => {
  test('is told as opened or as perhaps opened, flow by flow, and nothing else is told', () => {
    everyPair(RUNS, 3, (pair, random) => {
      const answer = diffOf(pair.base, pair.head, {}, random.pick(['what may differ', 'everything'] as const))
      const stateOf = flows(pair)
      const atoms = random.shuffled(atomsOf(pair)).slice(0, MOST_ATOMS)
      for (const [from, to] of random.shuffled([...pairsOf(answer)]).slice(0, MOST_PAIRS)) {
        const families = familiesOf([from, to])
        for (const port of families.length === 0 ? [] : atoms) {
          const newly = families.map((family) => {
            const [before, after] = [stateOf('base', from, to, port, family), stateOf('head', from, to, port, family)]
            const isNew = before === 'certainly closed' && after !== 'certainly closed'
            const isTold = opens([...answer.changes, ...answer.possible], from, to, port, family)
            if (isNew && !isTold) expect([pair.edits, from.id, to.id, port, family]).toBe('told')
            return isNew && after === 'closed'
          })
          const isTold = families.some((family) => opens(answer.possible, from, to, port, family))
          if (isTold && !newly.includes(true)) expect([pair.edits, from.id, to.id, port]).toBe('not told')
        }
      }
    })
  })
})

test('between a cluster and itself nothing may be opened, on networks of hosts as well', () => {
  everyPair(RUNS, 3, ({ base, head }) => {
    for (const side of [base, head]) expect(diffOf(side, { ...side }, {}, 'everything').possible).toEqual([])
  })
})

const NAMESPACE = (name: string, labels = '') =>
  `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}`
const POD = (namespace: string, name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}\nspec: {containers: [{name: a, image: a}]}`
const POLICY = (name: string, rules: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: shop}\nspec: {podSelector: {matchLabels: {app: db}}, ingress: [${rules}]}`
const FROM_TEAM = '{from: [{namespaceSelector: {matchLabels: {team: a}}}]}'
const text = (...objects: readonly string[]) => objects.join('\n---\n')
const SHOP = [NAMESPACE('shop'), POD('shop', 'db'), POLICY('db', '')]

describe('A-28: a peer for a label of a namespace that is not in the input', () => {
  test('may open what was closed, is not without effect, and counts as widening', () => {
    const base = text(...SHOP, NAMESPACE('ops', 'team: a'), POD('ops', 'job'))
    const head = text(...SHOP, POD('ops', 'job'), POLICY('more', FROM_TEAM))
    const result = diffTexts(base, head, {
      failOn: ['widened', 'across-namespaces', 'from-internet', 'narrowed', 'any'],
    })
    expect(result.changes).toEqual([])
    expect(result.policiesWithoutEffect).toEqual([])
    expect(result.summary).toMatchObject({ opened: 0, changed: 0, possiblyOpened: 1 })
    expect(result.possiblyOpened).toMatchObject([
      {
        ...{ kind: 'possible', from: 'ops/Pod/job', to: 'shop/Pod/db', danger: 'across-namespaces' },
        ...{ certainty: 'indeterminate', before: [], after: [], closed: [] },
        because: [{ change: 'added', policy: { name: 'more' } }],
      },
    ])
    expect(result.failing).toEqual(['widened', 'across-namespaces', 'any'])
    expect(result.notes).toMatchObject([{ code: 'possibly-opened', message: expect.stringContaining('ops') as string }])
  })

  test('is no change where it could be open before, or what was added cannot match', () => {
    const base = text(...SHOP, POD('ops', 'job'), POLICY('more', FROM_TEAM))
    const other = POLICY('other', '{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: dev}}}]}')
    const harmless = [POD('shop', 'new'), POLICY('again', FROM_TEAM), other]
    const { summary, failing, notes } = diffTexts(base, text(base, ...harmless), { failOn: ['any'] })
    expect(summary).toMatchObject({ opened: 0, closed: 0, changed: 0, possiblyOpened: 0 })
    expect([failing, notes]).toEqual([[], []])
  })

  test('which was in the input, and is no longer: the Namespace is what may open it', () => {
    const base = text(...SHOP, NAMESPACE('ops', 'team: b'), POD('ops', 'job'), POLICY('more', FROM_TEAM))
    const head = text(...SHOP, POD('ops', 'job'), POLICY('more', FROM_TEAM))
    const [found] = diffTexts(base, head).possiblyOpened
    expect(found?.because).toMatchObject([{ change: 'removed', object: { kind: 'Namespace', name: 'ops' } }])
  })

  test('is an uncertain answer, which --strict refuses', () => {
    const base = text(...SHOP, POD('ops', 'job'))
    const { changes, diagnostics } = diffTexts(base, text(base, POLICY('more', FROM_TEAM)), { strict: true })
    expect([changes, diagnostics.at(-1)?.code]).toEqual([null, 'NP032'])
  })
})

test('C-8: a policy of the priority of one that denies may open what that closes', () => {
  const tied = (name: string, action: string) =>
    `apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: ${name}}\nspec: {priority: 5, subject: {namespaces: {}}, ingress: [{name: all, action: ${action}, from: [{namespaces: {}}]}]}`
  const base = text(...SHOP, POD('shop', 'web'), tied('a-denies', 'Deny'))
  const result = diffTexts(base, text(base, tied('b-allows', 'Allow')), { failOn: ['widened'] })
  expect(result.summary).toMatchObject({ opened: 0, changed: 0, closed: 0, possiblyOpened: 2 })
  expect(result.possiblyOpened[0]).toMatchObject({
    certainty: 'undefined',
    because: [{ policy: { name: 'b-allows' } }],
  })
  expect(result.failing).toEqual(['widened'])
})
