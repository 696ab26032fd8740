import { expect, test } from 'vitest'
import { app, policyOf } from '../support/assertion-cluster.js'
import { namespace } from '../support/cli-cluster.js'
import { diffTexts } from '../support/diff.js'
import { partOfWeb } from '../support/live.js'

const CLUSTER = [namespace('shop'), ...['a', 'b', 'c'].map((name) => app({ namespace: 'shop', name }))]
const changesOf = (head: readonly string[]) => diffTexts(CLUSTER.join('---\n'), head.join('---\n')).summary

test('workloads that nothing tells apart count one by one, also towards the outside', () => {
  // Six pairs, and each of three with the outside both ways
  expect(changesOf(CLUSTER)).toEqual({ opened: 0, closed: 0, changed: 0, possiblyOpened: 0, unchanged: 12 })
})

test('what a policy closes is not unchanged, and the rest is', () => {
  const closed = policyOf({ namespace: 'shop', name: 'a', select: { app: 'a' }, rules: 'ingress: []' })
  expect(changesOf([...CLUSTER, closed])).toEqual({ opened: 0, closed: 3, changed: 0, possiblyOpened: 0, unchanged: 9 })
})

test('where more than policies differ all is counted as well', () => {
  const two = app({ namespace: 'shop', name: 'c', replicas: 2 })
  // Another replica is a destination of its own
  expect(changesOf([...CLUSTER.slice(0, -1), two])).toEqual({
    opened: 1,
    closed: 0,
    changed: 0,
    possiblyOpened: 0,
    unchanged: 12,
  })
})

test('D-6: parts of a workload are the same by what tells them apart, and not by their place', () => {
  const closed = ['a', 'b'].map((role) =>
    policyOf({
      namespace: 'shop',
      name: role,
      select: { role },
      rules: role === 'a' ? 'ingress: []' : 'ingress: [{}]',
    }),
  )
  const [base, head] = [
    ['a', 'b', 'c'],
    ['b', 'c'],
  ].map((roles) => [namespace('shop'), ...roles.map(partOfWeb), ...closed].join('---\n'))
  expect(diffTexts(base ?? '', head ?? '').changes).toEqual([])
})

test('changes of one danger come by the ids of their ends, whichever endpoints are alike', () => {
  const other = policyOf({
    namespace: 'shop',
    name: 'b',
    select: { app: 'b' },
    rules: 'ingress: [{ports: [{port: 80}]}]',
  })
  const closed = policyOf({ namespace: 'shop', name: 'closed', rules: 'ingress: []' })
  const { changes } = diffTexts([...CLUSTER, other].join('---\n'), [...CLUSTER, other, closed].join('---\n'))
  const ends = (changes ?? []).map(({ from, to }) => `${from} ${to}`)
  expect(ends.length).toBeGreaterThan(4)
  expect(ends).toEqual([...ends].sort())
})

test('what takes too long to count is null, and all changes are there', () => {
  const many = Array.from({ length: 1_500 }, (_, number) => `h${number}`)
  const hosts = many.map((name) => app({ namespace: 'shop', name, hostNetwork: true }))
  const rules = many.map((name, number) => {
    const from = `from: [{podSelector: {matchLabels: {app: ${name}}}}]`
    return `{${from}, ports: [{port: ${number + 1}}]}`
  })
  const apart = policyOf({
    namespace: 'shop',
    name: 'apart',
    select: { app: 'a' },
    rules: `ingress: [${rules.join()}]`,
  })
  const closed = policyOf({ namespace: 'shop', name: 'closed', select: { app: 'b' }, rules: 'ingress: []' })
  const base = [...CLUSTER, apart, ...hosts]
  const { summary, changes } = diffTexts(base.join('---\n'), [...base, closed].join('---\n'))
  expect(summary).toMatchObject({ opened: 0, changed: 0, possiblyOpened: 0, unchanged: null })
  const into = (changes ?? []).filter(({ to }) => to === 'shop/Deployment/b').map(({ from }) => from)
  expect(into).toEqual(expect.arrayContaining(['external', 'shop/Deployment/a', 'shop/Deployment/c']))
  expect(summary.closed).toBe(into.length)
})

test('what many pairs have changed in the same way is compared once, and is one list of ports', () => {
  const names = Array.from({ length: 30 }, (_, number) => `w${number}`)
  const base = [namespace('shop'), ...names.map((name) => app({ namespace: 'shop', name }))]
  const own = names.map((name) => policyOf({ namespace: 'shop', name, select: { app: name }, rules: 'ingress: []' }))
  const changes = diffTexts(base.join('---\n'), [...base, ...own].join('---\n')).changes ?? []
  const within = changes.filter(({ cidrs }) => cidrs === undefined)
  expect(within).toHaveLength(30 * 29)
  expect(new Set(within.map(({ before }) => before)).size).toBe(1)
})

test('more changes than can be told are refused while they are counted', () => {
  const names = Array.from({ length: 1_010 }, (_, number) => `w${number}`)
  const base = [namespace('shop'), ...names.map((name) => app({ namespace: 'shop', name }))]
  const own = names.map((name) => policyOf({ namespace: 'shop', name, select: { app: name }, rules: 'ingress: []' }))
  const { changes, diagnostics } = diffTexts(base.join('---\n'), [...base, ...own].join('---\n'))
  expect(changes).toBeNull()
  const refused = diagnostics.filter(({ code }) => code === 'NP030').map(({ message }) => message)
  expect(refused).toEqual(['more than 1000000 pairs are opened or closed'])
})
